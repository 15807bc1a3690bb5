using Compliance.Domain.Kernel;

namespace Compliance.Domain.Rulebooks;

/// <summary>Where a version of a rulebook stands.</summary>
public enum VersionState { Draft, Published, Retired }

/// <summary>One version as a list shows it; its text is asked for by itself.</summary>
/// <param name="KnownAt">When it was published; null for a draft, and for the one the house was first delivered with.</param>
public sealed record VersionLine(
    string Version, string Hash, VersionState State, DateOnly? From, DateOnly? Until, DateTimeOffset? KnownAt, string? RetiredBecause = null);

/// <summary>The versions of one rulebook that the authority wrote, newest first.</summary>
public sealed record RulebookRow(Guid RulebookId, string Rulebook, IReadOnlyList<VersionLine> Versions)
{
    public static readonly View<RulebookRow> View = new(
        "rulebook-list", 1, fact => (fact as RulebookEvent)?.RulebookId, Apply, _ => null, row => row.Rulebook);

    static RulebookRow? Apply(RulebookRow? row, object fact, Recorded recorded) => fact switch
    {
        RulebookEvent.Drafted f => With(row, f, new(f.Version, f.Hash, VersionState.Draft, null, null, null)),
        RulebookEvent.Amended f => With(row, f, new(f.Version, f.Hash, VersionState.Draft, null, null, null)),
        RulebookEvent.Published f => With(row, f, new(f.Version, f.Hash, VersionState.Published, f.From, f.Until, f.At)),
        RulebookEvent.Retired f => row! with
        {
            Versions = [.. row.Versions.Select(v => v.Version == f.Version ? v with { State = VersionState.Retired, Until = f.Until, RetiredBecause = f.Reason } : v)],
        },
        _ => row,
    };

    /// <summary>There is one draft at most: a draft written anew, or published, takes its place.</summary>
    static RulebookRow With(RulebookRow? row, RulebookEvent fact, VersionLine line) => new(
        fact.RulebookId, fact.Rulebook, [line, .. (row?.Versions ?? []).Where(v => v.State != VersionState.Draft)]);
}
