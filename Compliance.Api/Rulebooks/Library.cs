using System.Collections.Concurrent;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;

namespace Compliance.Api.Rulebooks;

/// <summary>A version as it is asked: the rulebook, and the hash of the very text.</summary>
sealed record Bound(Rulebook Book, string Hash, string Text)
{
    public Sentence? RequirementOf(string? ruleId) => Book.Rules.FirstOrDefault(rule => rule.Id == ruleId)?.Requirement;
}

/// <summary>
/// Every version of every rulebook, from the log. Texts are kept for good, for they never change; which versions were published is
/// kept until the views tell of a change.
/// </summary>
sealed class Library(IEventLog log, ViewChanges changes)
{
    readonly ConcurrentDictionary<string, Bound> _read = [];
    readonly Lock _gate = new();
    readonly Dictionary<string, IReadOnlyList<PublishedVersion>> _published = [];
    long? _heard;
    int _changed;

    /// <summary>The version in force as of an instant, as was known then; null when there is none.</summary>
    public async Task<Bound?> InForce(string rulebook, DateTimeOffset at, CancellationToken ct) =>
        RulebookVersions.InForce(await Published(rulebook, ct), at) is { } version ? Read(rulebook, version) : null;

    /// <summary>A published version by its name.</summary>
    public async Task<Bound?> Find(string rulebook, string version, CancellationToken ct) =>
        (await Published(rulebook, ct)).FirstOrDefault(v => v.Version == version) is { } found ? Read(rulebook, found) : null;

    public async Task<Bound?> Draft(string rulebook, CancellationToken ct) =>
        (await Versions(rulebook, ct)).Draft is { } draft ? Read(rulebook, draft.Hash, draft.Text) : null;

    /// <summary>A published version, or the draft under the word <c>draft</c>.</summary>
    public Task<Bound?> FindOrDraft(string rulebook, string version, CancellationToken ct) =>
        version == "draft" ? Draft(rulebook, ct) : Find(rulebook, version, ct);

    async Task<RulebookVersions> Versions(string rulebook, CancellationToken ct) =>
        (await log.Load(RulebookVersions.Decider, new("rulebook", RulebookVersions.IdOf(rulebook)), ct)).State;

    async Task<IReadOnlyList<PublishedVersion>> Published(string rulebook, CancellationToken ct)
    {
        int began;
        lock (_gate)
        {
            if (changes.Take(ref _heard).Any(change => change.IsReset || change.View == RulebookRow.View.Name))
            {
                _published.Clear();
                _changed++;
            }

            if (_published.TryGetValue(rulebook, out var kept)) return kept;
            began = _changed;
        }

        var read = RulebookVersions.All(rulebook, (await Versions(rulebook, ct)).Published);
        // Names that anybody may make up are not kept; nor is what may have changed while it was read.
        lock (_gate)
            if (read.Count > 0 && began == _changed) _published[rulebook] = read;
        return read;
    }

    Bound Read(string rulebook, PublishedVersion version) => Read(rulebook, version.Hash, version.Text);

    Bound Read(string rulebook, string hash, string text) =>
        _read.GetOrAdd(hash, _ => new(RulebookFile.Read($"{rulebook}.json", text).Rulebook!, hash, text));
}
