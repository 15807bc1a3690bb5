using Compliance.Domain.Cases;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Duties;

/// <summary>
/// A prescription orders what the duty of its case still asks: it has a term of its own, and an order that is not executed falls under
/// article 462(3). It is of the same device or rule, so its term stands still with it.
/// </summary>
public static class OrderWhenCaseEndsInPrescription
{
    public static readonly Policy Policy = new("order-when-case-ends-in-prescription", React);

    /// <summary>One order a duty: it arises again with each prescription or warning. Of an order that was not executed there may be another.</summary>
    public static Guid OrderOf(Guid dutyId) => EventIds.From(dutyId, "order");

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact is CaseEvent.Decided { Outcome: CaseOutcome.Prescription } f
        ? [Reaction.Knowing(Case.Decider, f.CaseId, recorded, OfCase)] : [];

    static Reaction? OfCase(Case of, Recorded recorded) => Anew(of, recorded, matter => matter with { Sanction = Sanctions.OrderNotExecuted });

    internal static Reaction? Anew(Case of, Recorded recorded, Func<DutyMatter, DutyMatter> under) => of is Case.Decided { Card: var offence }
        ? Reaction.Knowing(Duty.Decider, offence.DutyId, recorded, (duty, because) => Anew(duty, offence.OffenceAt, because, under)) : null;

    /// <summary>
    /// What a ruling leaves to be done, with a term of its own. What has been mended meanwhile is asked no more, though it failed again since:
    /// that is for the case it comes to.
    /// </summary>
    static Reaction? Anew(Duty duty, DateTimeOffset offenceAt, Recorded recorded, Func<DutyMatter, DutyMatter> under)
    {
        if (duty is not Duty.Owed { Clock.Fixed: null, Card: var card } || card.DetectedAt > offenceAt || EventCatalog.Decode(recorded) is not CaseEvent.Decided f) return null;
        var (id, term) = (OrderOf(card.DutyId), DutyTerms.Of(card.Matter.Severity));
        return Reaction.Send(Duty.Decider, id, new DutyCommand.Arise(
            id, card.VenueId, card.Source, under(card.Matter), f.At, recorded.RecordedAt, term.EndOf(recorded.RecordedAt, []), term, f.CaseId));
    }
}
