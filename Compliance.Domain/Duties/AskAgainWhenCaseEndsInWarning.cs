using Compliance.Domain.Cases;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Duties;

/// <summary>
/// A warning leaves the duty as it is: what it still asks has a new term, told anew, and what is unmet then is an offence of its own, a repeat within
/// the year. It follows its duty as an order does, and there is one of both at a time.
/// </summary>
public static class AskAgainWhenCaseEndsInWarning
{
    public static readonly Policy Policy = new("ask-again-when-case-ends-in-warning", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact is CaseEvent.Decided { Outcome: CaseOutcome.Warning } f
        ? [Reaction.Knowing(Case.Decider, f.CaseId, recorded, OfCase)] : [];

    static Reaction? OfCase(Case of, Recorded recorded) => OrderWhenCaseEndsInPrescription.Anew(of, recorded, matter => matter);
}
