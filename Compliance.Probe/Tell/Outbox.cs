using System.Collections.Concurrent;
using Compliance.Domain.Probes;

namespace Compliance.Probe.Tell;

/// <summary>Where the rounds put what has to be told: what turned on disk, of measurements only the newest, in memory.</summary>
internal sealed class Outbox(Spool spool) : IDisposable
{
    readonly ConcurrentDictionary<Guid, Observation> _newest = [];
    readonly SemaphoreSlim _nudge = new(0);

    public Spool Spool { get; } = spool;

    public void Tell(IReadOnlyCollection<Observation> turned)
    {
        if (turned.Count == 0) return;
        Spool.Keep(turned);
        _nudge.Release();
    }

    public void Show(Observation measurement) => _newest[measurement.DeviceId] = measurement;

    public IReadOnlyList<Observation> TakeMeasurements(int most) =>
        [.. _newest.Keys.Take(most).Select(device => _newest.TryRemove(device, out var m) ? m : null).OfType<Observation>()];

    /// <summary>Until there is something new to tell, or a while has passed.</summary>
    public Task<bool> Wait(TimeSpan longest, CancellationToken ct) => _nudge.WaitAsync(longest, ct);

    public void Dispose() => _nudge.Dispose();
}
