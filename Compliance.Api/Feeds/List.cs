using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;

namespace Compliance.Api.Feeds;

/// <summary>
/// Every feed as the police list shows it: state, latest measurement and the basis it runs under. What is down stands on top.
/// No address and no picture: looking at a feed is another door.
/// </summary>
static class List
{
    /// <param name="state">Only those that are so.</param>
    /// <param name="district">Only those there.</param>
    public static async Task<Page<FeedRow>> Handle(
        [AsParameters] Paging paging, Availability? state, string? district, IViewStore views, Telemetry telemetry, Posts posts, CancellationToken ct)
    {
        var venues = new Dictionary<Guid, VenueCard?>();
        return await paging.Where(
            (limit, after) => views.List(DeviceCard.View, null, limit, after, ct),
            async card => card.Spec is CameraSpec && (state is null || card.Verdict.Availability() == state)
                && await VenueOf(card.VenueId) is { ClosedBecause: null } venue && (district is null || venue.Details.District == district)
                    ? Row(card, venue) : null);

        async Task<VenueCard?> VenueOf(Guid id) => venues.TryGetValue(id, out var known) ? known : venues[id] = await views.Find(VenueCard.View, id, ct);

        FeedRow Row(DeviceCard card, VenueCard venue)
        {
            var latest = telemetry.Of(card.DeviceId);
            return new(Addresses.Without(card), venue.Details.NameKk, venue.Details.NameRu, venue.Details.District,
                Told(latest?.Measurement), latest?.ObservedAt, venue.BasesOn(posts.Today).FirstOrDefault()?.Document);
        }
    }

    /// <summary>Maker, firmware and serial number are nothing that looking needs.</summary>
    static Measurement? Told(Measurement? latest) => latest?.Proofs is { } proofs ? latest with { Proofs = proofs with { Device = null, Serial = null, Firmware = null } } : latest;

    /// <summary>How many there are in each district, whatever page is shown.</summary>
    public static async Task<IReadOnlyList<FeedTally>> Tally(IViewStore views, CancellationToken ct)
    {
        var venues = await views.All(VenueCard.View, null, ct);
        return [.. from venue in venues where venue.ClosedBecause is null
                   group venue by venue.Details.District into district
                   let cameras = district.SelectMany(v => v.Devices.Values).Where(d => d.Kind == DeviceKind.Camera).ToLookup(d => d.Verdict.Availability())
                   orderby district.Key
                   select new FeedTally(district.Key, cameras[Availability.Up].Count(), cameras[Availability.Down].Count(), cameras[Availability.Unknown].Count())];
    }
}
