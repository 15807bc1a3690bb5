using System.Collections.Concurrent;
using Compliance.Domain.Probes;

namespace Compliance.Api.Feeds;

/// <summary>How each stream is doing now: the newest measurement of each camera, in memory. Telemetry is no event and is gone with the process.</summary>
sealed class Telemetry
{
    readonly ConcurrentDictionary<Guid, MeasurementObserved> _newest = [];

    public MeasurementObserved? Of(Guid deviceId) => _newest.GetValueOrDefault(deviceId);

    /// <summary>A clock ahead of ours counts as ours: its measurement must not outlive those that come after it.</summary>
    public void Note(MeasurementObserved observed, DateTimeOffset now)
    {
        if (observed.ObservedAt > now) observed = observed with { ObservedAt = now };
        _newest.AddOrUpdate(observed.DeviceId, observed, (_, last) => observed.ObservedAt >= last.ObservedAt ? observed : last);
    }
}
