using System.Globalization;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Rulebooks;

/// <summary>What the rules say of a venue, as lists and desks show it without asking them anew; the worst venue stands on top.</summary>
/// <param name="At">When it was last found that something turned.</param>
public sealed record ComplianceCard(
    Guid VenueId, string Rulebook, string Version, string RulebookHash, DateTimeOffset At, IReadOnlyList<RuleStands> Rules)
{
    public static readonly View<ComplianceCard> View = new(
        "compliance-card", 1, fact => (fact as ComplianceEvent)?.VenueId, Apply, _ => null, card => card.Sort());

    public IEnumerable<RuleStands> Failing => Rules.Where(rule => rule.Outcome == Outcome.Fail);

    /// <summary>What may close the venue; a named officer decides.</summary>
    public int HardStops() => Failing.Count(rule => rule.HardStop && rule.Wording == Wording.Violation);

    public int Count(Outcome outcome) => Rules.Count(rule => rule.Outcome == outcome);

    public int Count(Wording wording) => Failing.Count(rule => rule.Wording == wording);

    /// <summary>Most hard stops first, then most violations, failures and unknown rules.</summary>
    string Sort() => string.Concat(((int[])[HardStops(), Count(Wording.Violation), Count(Outcome.Fail), Count(Outcome.Unknown)])
        .Select(count => (999 - Math.Min(count, 999)).ToString("D3", CultureInfo.InvariantCulture)));

    static ComplianceCard? Apply(ComplianceCard? card, object fact, Recorded recorded) => (card, fact) switch
    {
        (_, ComplianceEvent.RulebookTaken f) => new(f.VenueId, f.Rulebook, f.Version, f.Hash, f.At,
            [.. f.Rules.Select(id => card?.Rules.FirstOrDefault(rule => rule.RuleId == id) ?? new RuleStands(id, Outcome.Unknown))]),
        ({ }, ComplianceEvent.RuleTurned f) => card with
        {
            At = f.At,
            Rules =
            [
                .. card.Rules.Select(rule => rule.RuleId == f.RuleId
                    ? new(f.RuleId, f.To, f.Wording, f.HardStop, f.Severity, f.Answerable, f.At, recorded.EventId) : rule),
            ],
        },
        _ => card,
    };
}

/// <summary>How one rule stands at a venue. What is null was never said: nobody knew enough to ask.</summary>
/// <param name="Since">Since when it is so.</param>
/// <param name="By">The fact that says so.</param>
public sealed record RuleStands(
    string RuleId, Outcome Outcome, Wording? Wording = null, bool HardStop = false, Severity? Severity = null, Answerable? Answerable = null,
    DateTimeOffset? Since = null, Guid? By = null);
