namespace Compliance.Domain.Rulebooks;

/// <summary>What one version of a rulebook says of one venue at one instant, rebuilt from stored facts: asked again, it says the same.</summary>
/// <param name="RulebookHash">SHA-256 of the rulebook's file, hexadecimal.</param>
public sealed record VenueCompliance(
    Guid VenueId, DateTimeOffset AsOf, string Rulebook, string Version, string RulebookHash, IReadOnlyList<RuleAnswer> Rules)
{
    public static VenueCompliance Of(VenueFacts facts, Rulebook book, string hash) =>
        new(facts.VenueId, facts.At, book.Id, book.Version, hash, [.. book.Evaluate(facts).Select(result => RuleAnswer.Of(result, book))]);

    public int Count(Outcome outcome) => Rules.Count(rule => rule.Outcome == outcome);
}

/// <summary>One rule's answer, as a person reads it: what it asks, what it found, what a failure may be called, who has to act.</summary>
/// <param name="Wording">Null unless it failed.</param>
/// <param name="Basis">On what it stands at this venue; null where it does not apply.</param>
/// <param name="BySystem">What it asks for this system does itself: nobody at the venue can mend it.</param>
public sealed record RuleAnswer(
    string RuleId, string Subject, Sentence Requirement, Severity Severity, Outcome Outcome, Wording? Wording, Basis? Basis, Confidence? Confidence,
    Answerable Answerable, string? Sanction, bool HardStop, IReadOnlyList<Source> Sources, IReadOnlyList<Ground> Grounds,
    bool BySystem = false)
{
    internal static RuleAnswer Of(RuleResult result, Rulebook book)
    {
        var (rule, standing) = (result.Rule, result.Standing);
        return new(
            rule.Id, rule.Subject, rule.Requirement, rule.Severity, result.Outcome, result.Wording, standing?.Basis, standing?.Confidence,
            rule.Answerable, rule.Sanction, rule.HardStop, [.. rule.Sources.Select(id => book.Sources[id])], result.Grounds,
            rule.Acts().Any(Vocabulary.OfTheSystem.Contains));
    }
}

/// <summary>A rulebook as a list shows it.</summary>
public sealed record RulebookCard(string Id, string Version, Sentence Title, string Jurisdiction, DateOnly ValidFrom, DateOnly? ValidUntil, int Rules, string Hash)
{
    public static RulebookCard Of(Rulebook book, string hash) =>
        new(book.Id, book.Version, book.Title, book.Jurisdiction, book.ValidFrom, book.ValidUntil, book.Rules.Count, hash);
}
