using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Devices;

namespace Compliance.Api.Devices;

static class Show
{
    public static async Task<Shown<DeviceCard>> Handle(Guid deviceId, IViewStore views, CancellationToken ct)
    {
        var card = await views.Find(DeviceCard.View, deviceId, ct);
        return new(card, card?.Revision);
    }
}
