using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
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

/// <summary>What a re-inspection finds of each order is said of its duty: mended, or not.</summary>
public static class JudgeDutyWhenItsOrderIsChecked
{
    public static readonly Policy Policy = new("judge-duty-when-its-order-is-checked", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact is InspectionEvent.OrderChecked f
        ? [Reaction.Knowing(Duty.Decider, RaiseDutyWhenActNamesFinding.DutyOf(Finding.IdOf(f.ActId, f.RuleId)), recorded, Judge)] : [];

    static Reaction? Judge(Duty duty, Recorded recorded) => (duty, EventCatalog.Decode(recorded)) switch
    {
        (Duty.Owed { Card.DutyId: var id }, InspectionEvent.OrderChecked { Mended: true } f) => Reaction.Send(Duty.Decider, id, new DutyCommand.Verify(f.Remark, recorded.RecordedAt)),
        (Duty.Owed { Card.DutyId: var id, Clock.Fixed: not null }, InspectionEvent.OrderChecked f) => Reaction.Send(Duty.Decider, id, new DutyCommand.Reopen(f.Remark, recorded.RecordedAt)),
        _ => null,
    };
}

/// <summary>A visit that verifies the orders of an act.</summary>
public static class ReInspections
{
    /// <summary>Null where the act ordered nothing. What it only found unmended of an earlier act stays an order of that one.</summary>
    public static InspectionCommand.ReInspect? Of(Inspection.Done act, Guid id, DateOnly day, IReadOnlyList<Guid> walkers)
    {
        var (card, earlier) = (act.Walk.Card, act.Walk.Orders?.Rules ?? []);
        string[] rules = [.. act.Findings.Where(f => f.Wording != Wording.Recommended && !earlier.Contains(f.RuleId)).Select(f => f.RuleId)];
        return rules.Length == 0 ? null
            : new(id, card.VenueId, day, card.Rulebook, card.Body, $"№ {act.Walk.Number}", card.InspectionId, rules, walkers);
    }

    /// <summary>What the walk says of each order; of one that nobody checked nothing is said.</summary>
    internal static IEnumerable<InspectionEvent.OrderChecked> Checked(Inspection.Running walk, Checklist list)
    {
        foreach (var rule in walk.Orders?.Rules ?? [])
        {
            if (list.Items.FirstOrDefault(i => i.Rule.RuleId == rule) is not { } item) continue;
            var (failed, said) = (walk.Failed(item), walk.Item(rule));
            if (failed || said?.Verdict == Found.Met || (item.Rule.Outcome is Outcome.Pass or Outcome.NotApplicable && said?.Verdict != Found.NotChecked))
                yield return new(walk.Card.InspectionId, walk.Card.VenueId, walk.Orders!.ActId, rule, !failed, failed ? said?.Remark ?? item.Values : $"№ {walk.Number}");
        }
    }
}
