using System.Collections.Concurrent;
using Compliance.Domain.Probes;

namespace Compliance.Api.Feeds;

/// <summary>How each stream is doing now: the newest measurement of each camera, and when each panel was heard last, in memory. Telemetry is no event and is gone with the process.</summary>
sealed class Telemetry
{
    readonly ConcurrentDictionary<Guid, MeasurementObserved> _newest = [];

    readonly ConcurrentDictionary<Guid, DateTimeOffset> _heard = [];

    public DateTimeOffset? HeardOf(Guid panelId) => _heard.TryGetValue(panelId, out var at) ? at : null;

    public void Heard(Guid panelId, DateTimeOffset at) => _heard.AddOrUpdate(panelId, at, (_, last) => at > last ? at : last);

    public MeasurementObserved? Of(Guid deviceId) => _newest.GetValueOrDefault(deviceId);

    /// <summary>A clock ahead of ours counts as ours: its measurement must not outlive those that come after it.</summary>
    public void Note(MeasurementObserved observed, DateTimeOffset now)
    {
        if (observed.ObservedAt > now) observed = observed with { ObservedAt = now };
        _newest.AddOrUpdate(observed.DeviceId, observed, (_, last) => observed.ObservedAt >= last.ObservedAt ? observed : last);
    }
}
