using Compliance.Api.Views;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;

namespace Compliance.Api.Probes;

/// <summary>
/// Which venues a tick must look at: those whose row changed, those of a probe that changed, and those where a legal basis
/// begins or ends today. What is not marked done is looked at again. For one thread.
/// </summary>
sealed class VenueTurns
{
    readonly HashSet<Guid> _expected = [];
    readonly SortedSet<(DateOnly Day, Guid Venue)> _due = [];
    readonly Dictionary<Guid, DateOnly> _dueOf = [];
    Dictionary<Guid, ProbeCard> _probes = [];
    ILookup<Guid, ProbeCard> _probesOf = Enumerable.Empty<(Guid, ProbeCard)>().ToLookup(x => x.Item1, x => x.Item2);
    long? _heard;

    /// <summary>The changes did not tell all, as at the beginning; so until every venue has been told.</summary>
    public bool AwaitAll { get; private set; } = true;

    public void ExpectAll(IEnumerable<Guid> venues)
    {
        _expected.UnionWith(venues);
        AwaitAll = false;
    }

    public void Expect(Guid venue) => _expected.Add(venue);

    public void Done(Guid venue) => _expected.Remove(venue);

    /// <summary>The day on which the venue must be looked at even if nothing changes.</summary>
    public void Next(Guid venue, DateOnly? day)
    {
        if (_dueOf.Remove(venue, out var before)) _due.Remove((before, venue));
        if (day is { } next && _due.Add((next, venue))) _dueOf[venue] = next;
    }

    public IReadOnlyCollection<ProbeCard> ProbesOf(Guid venue) => [.. _probesOf[venue]];

    public void Hear(ViewChanges changes)
    {
        var news = changes.Take(ref _heard);
        foreach (var change in news.Where(change => change.View == VenueCard.View.Name)) Expect(change.Key);
        AwaitAll |= news.Any(change => change.IsReset);
    }

    public void Hear(IEnumerable<ProbeCard> probes)
    {
        var now = probes.ToDictionary(probe => probe.ProbeId);
        var changed = false;
        foreach (var id in _probes.Keys.Union(now.Keys))
        {
            var (before, after) = (_probes.GetValueOrDefault(id), now.GetValueOrDefault(id));
            IReadOnlyList<Guid> had = before?.Venues ?? [], has = after?.Venues ?? [];
            if (Sight(before) != Sight(after)) _expected.UnionWith(had.Union(has));
            else if (had.SequenceEqual(has)) continue;
            else _expected.UnionWith(had.Except(has).Union(has.Except(had)));
            changed = true;
        }

        if (!changed) return;
        _probes = now;
        _probesOf = now.Values.SelectMany(probe => probe.Venues.Select(venue => (venue, probe))).ToLookup(x => x.venue, x => x.probe);
    }

    public IReadOnlyList<Guid> Expected => [.. _expected];

    public IReadOnlyList<Guid> At(DateOnly today)
    {
        while (_due.Count > 0 && _due.Min is var (day, venue) && day <= today)
        {
            Expect(venue);
            Next(venue, null);
        }

        return Expected;
    }

    static (bool, bool, DateTimeOffset?)? Sight(ProbeCard? probe) => probe is null ? null : (probe.Silent, probe.Blind, probe.SilentSince);
}
