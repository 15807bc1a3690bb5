using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;

namespace Compliance.Api.Probes;

/// <summary>Every camera of the fleet, the worst first, page by page; and every venue on the map. No address and no picture.</summary>
static class FleetList
{
    /// <param name="verdict">Only those of which this is held.</param>
    /// <param name="state">Only those that are so.</param>
    /// <param name="district">Only those there.</param>
    /// <param name="venue">Only those of this venue.</param>
    /// <param name="probe">Only those of venues which this probe holds.</param>
    /// <param name="search">Only those whose venue, address or place has these letters.</param>
    public static async Task<Page<FleetRow>> Handle(
        [AsParameters] Paging paging, Verdict? verdict, Availability? state, string? district, Guid? venue, Guid? probe, string? search, IViewStore views, CancellationToken ct)
    {
        var (venues, watches, names) = (new Dictionary<Guid, VenueCard?>(), new Dictionary<Guid, VenueWatchRow?>(), new Dictionary<Guid, string?>());
        var word = search?.Trim();
        return await paging.Where(
            (limit, after) => views.List(DeviceCard.View, venue is { } one ? [one] : null, limit, after, ct),
            async card => card.Spec is CameraSpec && (verdict is null || card.Verdict == verdict) && (state is null || card.Verdict.Availability() == state)
                && await VenueOf(card.VenueId) is { ClosedBecause: null } its && (district is null || its.Details.District == district) && Has(card, its)
                && await WatchOf(card.VenueId) is var watch && (probe is null || watch?.ProbeId == probe)
                    ? new FleetRow(card.DeviceId, card.VenueId, its.Details.NameKk, its.Details.NameRu, its.Details.District, card.Spec.PlaceKk, card.Spec.PlaceRu,
                        card.Verdict, card.Detail, card.Since, watch?.ProbeId, await NameOf(watch?.ProbeId), watch?.EverySeconds) : null);

        bool Has(DeviceCard card, VenueCard its) => string.IsNullOrEmpty(word)
            || new[] { its.Details.NameKk, its.Details.NameRu, its.Details.Address, card.Spec.PlaceKk, card.Spec.PlaceRu }.Any(text => text.Contains(word, StringComparison.CurrentCultureIgnoreCase));

        async Task<VenueCard?> VenueOf(Guid id) => venues.TryGetValue(id, out var known) ? known : venues[id] = await views.Find(VenueCard.View, id, ct);

        async Task<VenueWatchRow?> WatchOf(Guid id) => watches.TryGetValue(id, out var known) ? known : watches[id] = await views.Find(VenueWatchRow.View, id, ct);

        async Task<string?> NameOf(Guid? id) => id is not { } one ? null : names.TryGetValue(one, out var known) ? known : names[one] = (await views.Find(ProbeCard.View, one, ct))?.Name;
    }

    public static async Task<IReadOnlyList<FleetPlace>> Map(IViewStore views, CancellationToken ct) =>
    [
        .. from venue in await views.All(VenueCard.View, null, ct)
           where venue.ClosedBecause is null
           let cameras = venue.Devices.Values.Where(d => d.Kind == DeviceKind.Camera).ToLookup(d => d.Verdict.Availability())
           select new FleetPlace(venue.VenueId, venue.Details.NameKk, venue.Details.NameRu, venue.Details.District, venue.Details.Position,
               cameras[Availability.Up].Count(), cameras[Availability.Down].Count(), cameras[Availability.Unknown].Count()),
    ];
}
