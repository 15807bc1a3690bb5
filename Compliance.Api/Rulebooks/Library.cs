using System.Collections.Concurrent;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;

namespace Compliance.Api.Rulebooks;

/// <summary>A version as it is asked: the rulebook, and the hash of the very text.</summary>
sealed record Bound(Rulebook Book, string Hash, string Text);

/// <summary>Every version of every rulebook, straight from the log; what was read once is kept, for a text never changes.</summary>
sealed class Library(IEventLog log)
{
    readonly ConcurrentDictionary<string, Bound> _read = [];

    public async Task<RulebookVersions> Versions(string rulebook, CancellationToken ct) =>
        (await log.Load(RulebookVersions.Decider, new("rulebook", RulebookVersions.IdOf(rulebook)), ct)).State;

    /// <summary>The version in force as of an instant, as was known then; null when there is none.</summary>
    public async Task<Bound?> InForce(string rulebook, DateTimeOffset at, CancellationToken ct) =>
        RulebookVersions.InForce(RulebookVersions.All(rulebook, (await Versions(rulebook, ct)).Published), at) is { } version ? Read(rulebook, version) : null;

    /// <summary>A published version by its name.</summary>
    public async Task<Bound?> Find(string rulebook, string version, CancellationToken ct) =>
        RulebookVersions.All(rulebook, (await Versions(rulebook, ct)).Published).FirstOrDefault(v => v.Version == version) is { } found ? Read(rulebook, found) : null;

    public async Task<Bound?> Draft(string rulebook, CancellationToken ct) =>
        (await Versions(rulebook, ct)).Draft is { } draft ? Read(rulebook, draft.Hash, draft.Text) : null;

    /// <summary>A published version, or the draft under the word <c>draft</c>.</summary>
    public Task<Bound?> FindOrDraft(string rulebook, string version, CancellationToken ct) =>
        version == "draft" ? Draft(rulebook, ct) : Find(rulebook, version, ct);

    Bound Read(string rulebook, PublishedVersion version) => Read(rulebook, version.Hash, version.Text ?? RulebookShelf.Text(rulebook));

    Bound Read(string rulebook, string hash, string text) =>
        _read.GetOrAdd(hash, _ => new(RulebookFile.Read($"{rulebook}.json", text).Rulebook!, hash, text));
}
