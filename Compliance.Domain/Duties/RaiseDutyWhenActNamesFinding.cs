using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Duties;

/// <summary>
/// What the act of an inspection names is an order: its owner owes the repair until the end of the day the act gives. What is only
/// recommended is no order. What a re-inspection finds unmended is the order of before, and gets no fresh term.
/// </summary>
public static class RaiseDutyWhenActNamesFinding
{
    public static readonly Policy Policy = new("raise-duty-when-act-names-finding", React);

    public static Guid DutyOf(Guid findingId) => EventIds.From(findingId, "duty");

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) =>
        fact is InspectionEvent.ActIssued act ? [Reaction.Knowing(Inspection.Decider, act.InspectionId, recorded, Orders)] : [];

    static Reaction? Orders(Inspection inspection, Recorded recorded) => EventCatalog.Decode(recorded) is not InspectionEvent.ActIssued act ? null
        : Reaction.All([.. Named(act).Select(finding => inspection.Orders is { } before && before.Rules.Contains(finding.RuleId)
            ? Reaction.Knowing(Duty.Decider, DutyOf(Finding.IdOf(before.ActId, finding.RuleId)), recorded, OrderAnew) : Order(act, finding, recorded.RecordedAt))]);

    /// <summary>The earlier order is over (it was verified once, or lapsed): this is another failure.</summary>
    static Reaction? OrderAnew(Duty before, Recorded recorded) =>
        before is Duty.Over { Card: var card } && EventCatalog.Decode(recorded) is InspectionEvent.ActIssued act && Named(act).FirstOrDefault(f => f.RuleId == card.Matter.RuleId) is { } finding
            ? Order(act, finding, recorded.RecordedAt) : null;

    static IEnumerable<Finding> Named(InspectionEvent.ActIssued act) => act.Findings.Where(finding => finding.Wording != Wording.Recommended);

    static Reaction Order(InspectionEvent.ActIssued act, Finding finding, DateTimeOffset at)
    {
        var id = DutyOf(finding.FindingId);
        return Reaction.Send(Duty.Decider, id, new DutyCommand.Arise(
            id, act.VenueId, new DutySource.OfFinding(act.InspectionId, finding.FindingId),
            new(finding.RuleId, finding.Severity, finding.Wording, finding.HardStop, finding.Sanction), at, at,
            VenueZone.Midnight(finding.Due.AddDays(1)), new(null, "act", Confidence.Read)));
    }
}
