using System.Collections.Concurrent;
using Compliance.Domain.Probes;

namespace Compliance.Probe.Tell;

/// <summary>Where the rounds put what has to be told: verdicts on disk, of measurements only the newest, in memory.</summary>
internal sealed class Outbox(Spool spool) : IDisposable
{
    readonly ConcurrentDictionary<Guid, MeasurementObserved> _newest = [];
    readonly SemaphoreSlim _nudge = new(0);

    public Spool Spool { get; } = spool;

    public void Tell(IReadOnlyCollection<VerdictObserved> verdicts)
    {
        if (verdicts.Count == 0) return;
        Spool.Keep(verdicts);
        _nudge.Release();
    }

    public void Show(MeasurementObserved measurement) => _newest[measurement.DeviceId] = measurement;

    public IReadOnlyList<MeasurementObserved> TakeMeasurements(int most) =>
        [.. _newest.Keys.Take(most).Select(device => _newest.TryRemove(device, out var m) ? m : null).OfType<MeasurementObserved>()];

    /// <summary>Until there is something new to tell, or a while has passed.</summary>
    public Task<bool> Wait(TimeSpan longest, CancellationToken ct) => _nudge.WaitAsync(longest, ct);

    public void Dispose() => _nudge.Dispose();
}
