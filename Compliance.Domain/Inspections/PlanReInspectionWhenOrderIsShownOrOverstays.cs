using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Inspections;

/// <summary>
/// What an act ordered is looked at again: once a repair is shown, or its term has passed, a visit of that act is planned and stands on
/// the inspectors' queue. Whoever takes it walks it.
/// </summary>
public static class PlanReInspectionWhenOrderIsShownOrOverstays
{
    public static readonly Policy Policy = new("plan-re-inspection-when-order-is-shown-or-overstays", React);

    /// <summary>The first round of an act. While a round has not begun it looks at whatever is shown meanwhile; after it, or after it was cancelled, what is shown calls for the next one.</summary>
    public static Guid VisitOf(Guid actId) => EventIds.From(actId, "re-inspection");

    /// <summary>The round after one that ended.</summary>
    public static Guid NextOf(Guid visitId) => EventIds.From(visitId, "next");

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact is DutyEvent.RepairShown or DutyEvent.Overstayed { Source: DutySource.OfFinding }
        ? [Reaction.Knowing(Duty.Decider, ((DutyEvent)fact).DutyId, recorded, OfOrder)] : [];

    static Reaction? OfOrder(Duty duty, Recorded recorded) => duty is Duty.Owed { Card.Source: DutySource.OfFinding { InspectionId: var act } }
        ? Reaction.Knowing(Inspection.Decider, act, recorded, Plan) : null;

    static Reaction? Plan(Inspection act, Recorded recorded) => act is Inspection.Done done ? InRound(done, VisitOf(done.Walk.Card.InspectionId), recorded) : null;

    static Reaction InRound(Inspection.Done act, Guid visit, Recorded because) => Reaction.Knowing(Inspection.Decider, visit, because, (round, recorded) => round switch
    {
        Inspection.Unknown => ReInspections.Of(act, visit, VenueZone.Day(OfficialTerms.Due(DutyWait.Repair, recorded.RecordedAt)), []) is { } plan
            ? Reaction.Send(Inspection.Decider, visit, plan with { Because = recorded.EventId }) : null,
        Inspection.Running { Start.At: var began } when began < recorded.RecordedAt => InRound(act, NextOf(visit), recorded),
        Inspection.Done { Walk.Start.At: var began } when began < recorded.RecordedAt => InRound(act, NextOf(visit), recorded),
        Inspection.Dropped when round.Orders?.Because != recorded.EventId => InRound(act, NextOf(visit), recorded),
        _ => null,
    });
}
