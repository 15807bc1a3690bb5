using System.Collections.Concurrent;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Api.Probes;

/// <summary>
/// Each venue is watched by one probe, under a lease that its heartbeat prolongs. Who asks for a venue that nobody holds, or whose
/// holder has been silent past the lease or may not watch it any more, gets it. Only the holder's word on its cameras counts: while
/// one speaks the venue goes to nobody else. When a probe was heard is kept by <see cref="Presence"/>; only a change of holder is a fact.
/// </summary>
sealed class Leases(IEventLog log, IViewStore views, Presence presence, TimeProvider clock, ProbeRules rules) : IDisposable
{
    const int Most = 50_000;

    readonly ConcurrentDictionary<Guid, VenueWatch> _known = [];

    /// <summary>Venues share gates; each waits for one write at most.</summary>
    readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    public void Dispose()
    {
        foreach (var gate in _gates) gate.Dispose();
    }

    /// <summary>How the venue is held, as its stream tells; asked once and then kept, for nobody else writes it.</summary>
    public async ValueTask<VenueWatch> Of(Guid venue, CancellationToken ct)
    {
        if (_known.TryGetValue(venue, out var known)) return known;
        var (state, _, _) = await log.Load(VenueWatch.Decider, new("watch", venue), ct);
        if (_known.Count >= Most) _known.Clear();
        return state.ProbeId is null ? state : _known[venue] = state;
    }

    /// <summary>The lease of a holder runs so long, unless it is heard again.</summary>
    public DateTimeOffset Until(Guid probe, DateTimeOffset since) => Later(presence.LastSign(probe), since) + rules.Lease;

    /// <summary>The venue is the probe's, now or already. It has to be assigned to it.</summary>
    public async Task<bool> Ask(Guid probe, Guid venue, CancellationToken ct)
    {
        var held = await Of(venue, ct);
        if (held.ProbeId == probe) return true;
        if (await Standing(held, venue, ct) is { MayWatch: true } holder && clock.GetUtcNow() <= Until(holder.ProbeId, held.Since)) return false;
        using (await Enter(venue, ct)) return await Take(probe, venue, ct);
    }

    /// <summary>Lets the probe speak of the venue, if it is the holder, and lets the venue go to nobody meanwhile.</summary>
    public async Task<T> Speak<T>(Guid probe, Guid venue, Func<VenueWatch, Task<T>> say, T unheard, CancellationToken ct)
    {
        if (!await Ask(probe, venue, ct)) return unheard;
        using (await Enter(venue, ct)) return await Of(venue, ct) is var held && held.ProbeId == probe ? await say(held) : unheard;
    }

    async Task<bool> Take(Guid probe, Guid venue, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var take = new VenueWatchCommand.Take(venue, probe, await Standing(await Of(venue, ct), venue, ct), now, rules.Lease);
        await log.Execute(VenueWatch.Decider, venue, take, new(Guid.CreateVersion7(now), $"probe:{probe}"), ct);
        _known.TryRemove(venue, out _);
        return (await Of(venue, ct)).ProbeId == probe;
    }

    async Task<HolderSeen?> Standing(VenueWatch held, Guid venue, CancellationToken ct) =>
        held.ProbeId is { } holder ? new(holder, presence.LastSign(holder), await MayWatch(holder, venue, ct)) : null;

    /// <summary>The row is asked first, and where it says no the log, for the row may be behind.</summary>
    async Task<bool> MayWatch(Guid probe, Guid venue, CancellationToken ct) =>
        (await views.Find(ProbeCard.View, probe, ct))?.Venues.Contains(venue) == true
        || (await log.Load(Probe.Decider, new("probe", probe), ct)).State is Probe.Enrolled enrolled && enrolled.Venues.Contains(venue);

    async Task<Gate> Enter(Guid venue, CancellationToken ct)
    {
        var gate = _gates[(uint)venue.GetHashCode() % _gates.Length];
        await gate.WaitAsync(ct);
        return new(gate);
    }

    static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    readonly struct Gate(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
