using Compliance.Api.Entrance;
using Compliance.Api.Feeds;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Devices;

namespace Compliance.Api.Devices;

static class Show
{
    public static async Task<Shown<DeviceCard>> Handle(Guid deviceId, Caller caller, IViewStore views, Addresses addresses, CancellationToken ct)
    {
        var card = await views.Find(DeviceCard.View, deviceId, ct);
        return new(card is null || await addresses.MayRead(caller, card.VenueId, deviceId, ct) ? card : Addresses.Without(card), card?.Revision);
    }
}
