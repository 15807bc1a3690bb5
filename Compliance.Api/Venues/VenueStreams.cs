using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Venues;

/// <summary>Which devices ever stood at a venue, which inspections it had and which maintenance windows were asked for; null when there was none of them.</summary>
delegate Task<VenueRoll?> RollOf(Guid venueId, CancellationToken ct);

/// <summary>All facts of one venue straight from the log: its own stream, its devices' (retired ones too), the outages these speak of, its inspections and its maintenance windows.</summary>
sealed class VenueStreams(IEventLog log, RollOf rollOf)
{
    /// <param name="at">Facts stored later are left out; null: all there are.</param>
    public async Task<IReadOnlyList<Recorded>> Of(Guid venueId, CancellationToken ct, DateTimeOffset? at = null)
    {
        var facts = await Read(new("venue", venueId));
        var roll = await rollOf(venueId, ct);
        foreach (var device in roll?.Devices ?? []) facts.AddRange(await Read(new("device", device)));
        foreach (var outage in facts.Select(OutageIn).OfType<Guid>().Distinct().ToArray()) facts.AddRange(await Read(new("outage", outage)));
        foreach (var visit in roll?.Inspections ?? []) facts.AddRange(await Read(new("inspection", visit)));
        foreach (var window in roll?.Maintenance ?? []) facts.AddRange(await Read(new("maintenance", window)));
        return facts;

        ValueTask<List<Recorded>> Read(StreamId stream) => log.Read(stream, ct).Where(fact => at is null || fact.RecordedAt <= at).ToListAsync(ct);
    }

    static Guid? OutageIn(Recorded recorded) => (EventCatalog.Decode(recorded) as DeviceEvent.VerdictChanged)?.OutageId;
}
