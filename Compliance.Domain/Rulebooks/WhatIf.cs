namespace Compliance.Domain.Rulebooks;

/// <summary>A version asked of venues before anybody is bound by it, beside what is in force: who would turn, rule by rule.</summary>
public static class WhatIf
{
    /// <summary>Its rules bind at once, so that what begins later is seen too; of one that changes with time the latest.</summary>
    public static Rulebook AtOnce(Rulebook book) => book with
    {
        Rules = [.. book.Rules.GroupBy(rule => rule.Id).Select(same => same.MaxBy(rule => rule.From)! with { From = null, Until = null })],
    };

    /// <summary>What would turn at one venue. A rule that was not asked before did not apply.</summary>
    public static IEnumerable<Turn> Turns(VenueCompliance now, VenueCompliance then)
    {
        var was = now.Rules.GroupBy(rule => rule.RuleId).ToDictionary(rule => rule.Key, rule => rule.Last().Outcome);
        return from rule in then.Rules
               where was.GetValueOrDefault(rule.RuleId, Outcome.NotApplicable) != rule.Outcome
               select new Turn(rule.RuleId, now.VenueId, rule.Outcome);
    }

    /// <summary>Only rules that would turn somewhere, the most failures first.</summary>
    public static IReadOnlyList<RuleShift> Sum(Rulebook book, IEnumerable<Turn> turns)
    {
        var byRule = turns.ToLookup(turn => turn.RuleId);
        return
        [
            .. from rule in AtOnce(book).Rules
               let turned = byRule[rule.Id].ToLookup(turn => turn.To, turn => turn.VenueId)
               where turned.Any(to => to.Key != Outcome.NotApplicable)
               orderby turned[Outcome.Fail].Count() descending, rule.Id
               select new RuleShift(rule.Id, rule.Requirement, rule.HardStop, [.. turned[Outcome.Fail]], [.. turned[Outcome.Pass]], [.. turned[Outcome.Unknown]]),
        ];
    }
}

/// <summary>A rule that would say something else at a venue.</summary>
public sealed record Turn(string RuleId, Guid VenueId, Outcome To);

/// <summary>What a version would do to one rule over many venues.</summary>
public sealed record RuleShift(
    string RuleId, Sentence Requirement, bool HardStop, IReadOnlyList<Guid> NewlyFail, IReadOnlyList<Guid> NewlyPass, IReadOnlyList<Guid> NewlyUnknown);

/// <summary>How far a run over the fleet has come, and what it found so far.</summary>
/// <param name="Hash">Of the text that is tried; <paramref name="Against"/> is the version in force.</param>
/// <param name="Failed">Venues that could not be asked.</param>
public sealed record WhatIfState(
    string Rulebook, string Version, string Hash, string Against, DateTimeOffset StartedAt, int Done, int Venues, int Failed, bool Running, bool Stopped,
    IReadOnlyList<RuleShift> Rules);
