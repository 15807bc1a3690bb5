using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Venues;

/// <summary>Which devices ever stood at a venue, which inspections it had and which maintenance windows were asked for; null when there was none of them.</summary>
delegate Task<VenueRoll?> RollOf(Guid venueId, CancellationToken ct);

/// <summary>All facts of one venue straight from the log: its own stream, its devices' (retired ones too), the outages these speak of, its inspections and its maintenance windows.</summary>
sealed class VenueStreams(IEventLog log, RollOf rollOf)
{
    public async Task<IReadOnlyList<Recorded>> Of(Guid venueId, CancellationToken ct)
    {
        var facts = await log.Read(new("venue", venueId), ct).ToListAsync(ct);
        var roll = await rollOf(venueId, ct);
        foreach (var device in roll?.Devices ?? [])
            facts.AddRange(await log.Read(new("device", device), ct).ToListAsync(ct));
        foreach (var outage in facts.Select(OutageIn).OfType<Guid>().Distinct().ToArray())
            facts.AddRange(await log.Read(new("outage", outage), ct).ToListAsync(ct));
        foreach (var visit in roll?.Inspections ?? [])
            facts.AddRange(await log.Read(new("inspection", visit), ct).ToListAsync(ct));
        foreach (var window in roll?.Maintenance ?? [])
            facts.AddRange(await log.Read(new("maintenance", window), ct).ToListAsync(ct));
        return facts;
    }

    static Guid? OutageIn(Recorded recorded) => (EventCatalog.Decode(recorded) as DeviceEvent.VerdictChanged)?.OutageId;
}
