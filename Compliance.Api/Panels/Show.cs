using Compliance.Api.Entrance;
using Compliance.Api.Feeds;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Contacts;
using Compliance.Domain.Panels;

namespace Compliance.Api.Panels;

/// <summary>The panel of a fire alarm, and the contact of an exit. How they are reached is for those who read addresses.</summary>
static class Show
{
    public static async Task<Shown<PanelShown>> Panel(Guid deviceId, Caller caller, IViewStore views, Addresses addresses, Telemetry telemetry, CancellationToken ct)
    {
        if (await views.Find(PanelCard.View, deviceId, ct) is not { } card) return new(null);
        if (!await addresses.MayRead(caller, card.VenueId, deviceId, ct)) card = Addresses.Without(card);
        return new(new(card, telemetry.HeardOf(deviceId)), card.Revision);
    }

    public static async Task<Shown<ContactCard>> Contact(Guid deviceId, Caller caller, IViewStore views, Addresses addresses, CancellationToken ct)
    {
        if (await views.Find(ContactCard.View, deviceId, ct) is not { } card) return new(null);
        if (!await addresses.MayRead(caller, card.VenueId, deviceId, ct)) card = Addresses.Without(card);
        return new(card, card.Revision);
    }
}
