using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Inspections;

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
