using Compliance.Domain.Devices;
using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Venues;

/// <summary>Which devices ever stood at a venue, which inspections it had and which maintenance windows were asked for; null when there was none of them.</summary>
delegate Task<VenueRoll?> RollOf(Guid venueId, CancellationToken ct);

/// <summary>All facts of one venue straight from the log: its own stream, its devices' (retired ones too), the outages these speak of, its inspections, its maintenance windows, the orders of its acts, what its panels and contacts said and what it keeps of its guards.</summary>
sealed class VenueStreams(IEventLog log, RollOf rollOf, TimeProvider clock)
{
    /// <param name="at">Facts stored later are left out; null: all there are.</param>
    /// <param name="also">Further streams the caller asks for; one that is read anyway is read once.</param>
    public async Task<IReadOnlyList<Recorded>> Of(Guid venueId, CancellationToken ct, DateTimeOffset? at = null, IEnumerable<StreamId>? also = null)
    {
        var roll = await rollOf(venueId, ct);
        var today = VenueZone.Day(at ?? clock.GetUtcNow());
        var facts = await Read([new("venue", venueId), new("guarding", venueId), .. Streams("device", roll?.Devices), .. Streams("inspection", roll?.Inspections),
            .. Streams("maintenance", roll?.Maintenance), .. Streams("duty", roll?.Orders), .. Streams("panel", roll?.Panels), .. Streams("contact", roll?.Contacts), .. Streams("shift", roll?.Nights.Where(IsAsked).Select(night => ShiftSheet.IdOf(venueId, night))),
            .. Streams("incident", roll?.Book.Where(e => IsAsked(e.Day)).Select(e => e.EntryId)), .. also ?? []]);
        return [.. facts, .. await Read([.. Streams("outage", facts.Select(OutageIn).OfType<Guid>())])];

        // No rule looks further back: a venue's thousandth night costs what its hundredth did.
        bool IsAsked(DateOnly day) => day.DayNumber > today.DayNumber - ShiftSheet.AskedDays - 7;

        ValueTask<List<Recorded>> Read(IReadOnlyCollection<StreamId> streams) => log.ReadMany([.. streams.Distinct()], ct).Where(fact => at is null || fact.RecordedAt <= at).ToListAsync(ct);
    }

    static IEnumerable<StreamId> Streams(string category, IEnumerable<Guid>? ids) => (ids ?? []).Distinct().Select(id => new StreamId(category, id));

    static Guid? OutageIn(Recorded recorded) => (recorded.Stream.Category == "device" ? EventCatalog.Decode(recorded) as DeviceEvent.VerdictChanged : null)?.OutageId;
}
