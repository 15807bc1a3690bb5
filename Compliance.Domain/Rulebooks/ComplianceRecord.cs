using System.Diagnostics;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Rulebooks;

/// <summary>Facts about what the rules said of one venue, each time one of them said something else than before.</summary>
public abstract record ComplianceEvent(Guid VenueId)
{
    /// <summary>From now on the venue is judged by this version, in which these rules bind; one that was never asked is unknown.</summary>
    /// <param name="Hash">SHA-256 of the rulebook's text, hexadecimal.</param>
    [EventName("compliance.rulebook-taken.v1")]
    public sealed record RulebookTaken(Guid VenueId, string Rulebook, string Version, string Hash, IReadOnlyList<string> Rules, DateTimeOffset At)
        : ComplianceEvent(VenueId);

    /// <param name="Wording">What a failure may be called; null unless it fails now.</param>
    /// <param name="At">The instant as of which it was asked.</param>
    [EventName("compliance.rule-turned.v1")]
    public sealed record RuleTurned(
        Guid VenueId, string Rulebook, string Version, string RuleId, Outcome From, Outcome To, Wording? Wording, bool HardStop,
        Severity Severity, string? Sanction, Answerable Answerable, DateTimeOffset At) : ComplianceEvent(VenueId);
}

public abstract record ComplianceCommand
{
    /// <summary>Keep what the rules say now.</summary>
    public sealed record Keep(VenueCompliance Answer) : ComplianceCommand;
}

/// <summary>What the rules said of a venue last: only what turned is written, so an evaluation that finds nothing new leaves no trace.</summary>
public abstract record ComplianceRecord
{
    public sealed record Blank : ComplianceRecord;

    /// <param name="Rules">Those that bind, and what each said last.</param>
    public sealed record Kept(
        string Rulebook, string Version, string Hash, IReadOnlyDictionary<string, RuleHeld> Rules, DateTimeOffset At) : ComplianceRecord;

    /// <param name="Grade">As it was when the rule turned last; null before.</param>
    public sealed record RuleHeld(Outcome Outcome, Wording? Wording, ComplianceEvent.RuleTurned? Grade);

    public static readonly Decider<ComplianceRecord, ComplianceCommand, ComplianceEvent> Decider = new("compliance", new Blank(), Decide, Evolve);

    static readonly RuleHeld Unasked = new(Outcome.Unknown, null, null);

    static Decision<ComplianceEvent> Decide(ComplianceRecord state, ComplianceCommand command) => (state, command) switch
    {
        (Blank, ComplianceCommand.Keep(var answer)) => [Taken(answer), .. Turned(answer, new Dictionary<string, RuleHeld>())],
        (Kept kept, ComplianceCommand.Keep(var answer)) when answer.AsOf < kept.At => [], // somebody was faster
        (Kept kept, ComplianceCommand.Keep(var answer)) when Binds(kept, answer) => [.. Turned(answer, kept.Rules)],
        (Kept kept, ComplianceCommand.Keep(var answer)) => [.. Dropped(kept, answer), Taken(answer), .. Turned(answer, kept.Rules)],
        _ => throw new UnreachableException(),
    };

    static ComplianceRecord Evolve(ComplianceRecord state, ComplianceEvent fact) => (state, fact) switch
    {
        (var before, ComplianceEvent.RulebookTaken f) => new Kept(
            f.Rulebook, f.Version, f.Hash, f.Rules.ToDictionary(id => id, id => (before as Kept)?.Rules.GetValueOrDefault(id) ?? Unasked), f.At),
        (Kept kept, ComplianceEvent.RuleTurned f) => kept with
        {
            Rules = new Dictionary<string, RuleHeld>(kept.Rules) { [f.RuleId] = new(f.To, f.Wording, f) }, At = f.At,
        },
        _ => state,
    };

    static bool Binds(Kept kept, VenueCompliance answer) =>
        (kept.Rulebook, kept.Version, kept.Hash) == (answer.Rulebook, answer.Version, answer.RulebookHash)
        && kept.Rules.Keys.ToHashSet().SetEquals(answer.Rules.Select(rule => rule.RuleId));

    static ComplianceEvent.RulebookTaken Taken(VenueCompliance answer) => new(
        answer.VenueId, answer.Rulebook, answer.Version, answer.RulebookHash, [.. answer.Rules.Select(rule => rule.RuleId)], answer.AsOf);

    static IEnumerable<ComplianceEvent> Turned(VenueCompliance answer, IReadOnlyDictionary<string, RuleHeld> held) =>
        from rule in answer.Rules
        let was = held.GetValueOrDefault(rule.RuleId) ?? Unasked
        where (was.Outcome, was.Wording) != (rule.Outcome, rule.Wording)
        select new ComplianceEvent.RuleTurned(
            answer.VenueId, answer.Rulebook, answer.Version, rule.RuleId, was.Outcome, rule.Outcome, rule.Wording, rule.HardStop,
            rule.Severity, rule.Sanction, rule.Answerable, answer.AsOf);

    /// <summary>A rule that binds no longer: whatever it said, it does not apply any more.</summary>
    static IEnumerable<ComplianceEvent> Dropped(Kept kept, VenueCompliance answer) =>
        from rule in kept.Rules
        where rule.Value is { Grade: not null, Outcome: not Outcome.NotApplicable } && answer.Rules.All(asked => asked.RuleId != rule.Key)
        select rule.Value.Grade! with { From = rule.Value.Outcome, To = Outcome.NotApplicable, Wording = null, At = answer.AsOf };
}
