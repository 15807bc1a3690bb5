using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Duties;

/// <summary>What the act of an inspection names is an order: its owner owes the repair until the end of the day the act gives. What is only recommended is no order.</summary>
public static class RaiseDutyWhenActNamesFinding
{
    public static readonly Policy Policy = new("raise-duty-when-act-names-finding", React);

    public static Guid DutyOf(Guid findingId) => EventIds.From(findingId, "duty");

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact is InspectionEvent.ActIssued act
        ? [.. act.Findings.Where(finding => finding.Wording != Wording.Recommended).Select(finding => Order(act, finding, recorded.RecordedAt))] : [];

    static Reaction Order(InspectionEvent.ActIssued act, Finding finding, DateTimeOffset at)
    {
        var id = DutyOf(finding.FindingId);
        return Reaction.Send(Duty.Decider, id, new DutyCommand.Arise(
            id, act.VenueId, new DutySource.OfFinding(act.InspectionId, finding.FindingId),
            new(finding.RuleId, finding.Severity, finding.Wording, finding.HardStop, finding.Sanction), at, at,
            VenueZone.Midnight(finding.Due.AddDays(1)), new(null, "act", Confidence.Read)));
    }
}
