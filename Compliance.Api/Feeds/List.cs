using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Feeds;

/// <summary>
/// Every feed as the police list shows it: state, latest measurement and the basis it runs under. No address and no picture:
/// looking at a feed is another door.
/// </summary>
static class List
{
    public static async Task<Page<FeedRow>> Handle(
        [AsParameters] Paging paging, IViewStore views, Telemetry telemetry, Posts posts, CancellationToken ct)
    {
        var venues = new Dictionary<Guid, VenueCard?>();
        return await paging.Where(
            (limit, after) => views.List(DeviceCard.View, null, limit, after, ct),
            async card => card.Spec is CameraSpec && await VenueOf(card.VenueId) is { ClosedBecause: null } venue ? new FeedRow(
                Addresses.Without(card), venue.Details.NameKk, venue.Details.NameRu, venue.Details.District,
                telemetry.Of(card.DeviceId), venue.BasesOn(posts.Today).FirstOrDefault()?.Document) : null);

        async Task<VenueCard?> VenueOf(Guid id) => venues.TryGetValue(id, out var known) ? known : venues[id] = await views.Find(VenueCard.View, id, ct);
    }
}
