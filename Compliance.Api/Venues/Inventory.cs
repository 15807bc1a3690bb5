using Compliance.Api.Entrance;
using Compliance.Api.Feeds;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Venues;

/// <summary>Everything that stands in one venue, or what was held true of it over ninety days: few enough rows for one answer.</summary>
static class Inventory
{
    const int MostDevices = 1_000;

    public static async Task<Shown<IReadOnlyList<DeviceCard>>> Devices(
        Guid venueId, Caller caller, IViewStore views, Addresses addresses, CancellationToken ct)
    {
        var (devices, readable) = (await Of(DeviceCard.View, venueId, views, ct), await addresses.ReadableBy(caller, venueId, ct));
        return new(devices.Row?.Select(card => readable(card.DeviceId) ? card : Addresses.Without(card)).ToList());
    }

    public static Task<Shown<IReadOnlyList<DeviceTimeline>>> Timeline(Guid venueId, IViewStore views, CancellationToken ct) => Of(DeviceTimeline.View, venueId, views, ct);

    static async Task<Shown<IReadOnlyList<TRow>>> Of<TRow>(View<TRow> view, Guid venueId, IViewStore views, CancellationToken ct) where TRow : class =>
        new(await views.Find(VenueCard.View, venueId, ct) is null ? null : (await views.List(view, [venueId], MostDevices, null, ct)).Items);
}
