using Compliance.Api.Entrance;
using Compliance.Api.Feeds;
using Compliance.Api.Identity;
using Compliance.Api.Measures;
using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Compliance.Api.Probes;

/// <summary>The minutes of cameras, from the probe that holds their venue, and of no time before it did. What does not count is left out: it is telemetry, and nobody sends it again.</summary>
static class TellMinutes
{
    const int Most = 1_000;

    public static async Task<Ok<MinutesKept>> Handle(MinuteMeasured[] body, Caller probe, IEventLog log, Leases leases, IViewStore views, MinuteStore store, CancellationToken ct)
    {
        if (body.Length > Most) throw new Malformed("body", $"At most {Most} minutes at a time.");
        var venues = await log.VenuesOf(probe.Id, ct);
        var kept = new List<MinuteMeasured>();
        foreach (var of in body.Where(minute => minute.IsSound && store.Takes(minute.Minute)).GroupBy(minute => minute.DeviceId))
        {
            if (await views.Find(DeviceCard.View, of.Key, ct) is not { Spec: CameraSpec } device || !venues.TryGetValue(device.VenueId, out var assigned)) continue;
            var from = await leases.Speak<DateTimeOffset?>(probe.Id, device.VenueId, held => Task.FromResult<DateTimeOffset?>(held.CountsFrom(assigned)), null, ct);
            kept.AddRange(of.Where(minute => minute.Minute.AddMinutes(1) > from));
        }

        store.Keep(kept);
        ApiMeasures.Minutes.Add(kept.Count);
        return TypedResults.Ok(new MinutesKept(kept.Count));
    }
}
