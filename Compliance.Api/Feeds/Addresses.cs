using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Contacts;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Panels;
using Compliance.Domain.Venues;

namespace Compliance.Api.Feeds;

/// <summary>
/// Who reads the address of a camera, the account of a panel, the topic of a contact: those who answer for its venue, an installer named to it, inspector and authority. Police,
/// oversight and administrator know that the camera is there and how it is doing; where it stands in the owner's network is
/// nothing they need.
/// </summary>
sealed class Addresses(Posts posts)
{
    static readonly Uri Withheld = new("rtsp://withheld.invalid");

    public static bool IsWithheld(Feed feed) => feed.Main == Withheld;

    public async Task<bool> MayRead(Caller caller, Guid venueId, Guid deviceId, CancellationToken ct) =>
        (await ReadableBy(caller, venueId, ct))(deviceId);

    /// <summary>Of which devices of one venue the caller reads the address.</summary>
    public async Task<Func<Guid, bool>> ReadableBy(Caller caller, Guid venueId, CancellationToken ct)
    {
        if (caller.Is(Who.Inspector | Who.Authority)) return _ => true;
        var held = await posts.HeldBy(caller, Who.Owner | Who.Manager | Who.Installer, venueId, ct);
        return device => held.Any(a => a.Post != Post.Installer || a.Devices.Contains(device));
    }

    public static DeviceCard Without(DeviceCard card) => card.Spec is CameraSpec camera ? card with { Spec = Without(camera), Onvif = null } : card;

    public static PanelCard Without(PanelCard card) => card with { State = card.State with { Card = (PanelEvent.Enrolled)Without(card.State.Card) } };

    public static ContactCard Without(ContactCard card) => card with { State = card.State with { Card = (ContactEvent.Fitted)Without(card.State.Card) } };

    /// <summary>Whether a stream may say how a device is reached. Its id is the device's.</summary>
    public static bool AreIn(StreamId stream) => stream.Category is "device" or "panel" or "contact";

    /// <summary>As the log holds it, to the byte, where it says no address.</summary>
    public static Recorded Without(Recorded recorded) =>
        EventCatalog.Decode(recorded) is { } fact && Without(fact) is var told && !ReferenceEquals(told, fact) ? recorded with { Data = EventCatalog.Encode(told) } : recorded;

    static object Without(object fact) => fact switch
    {
        DeviceEvent.Registered { Spec: CameraSpec camera } f => f with { Spec = Without(camera) },
        DeviceEvent.FeedChanged f => f with { Feed = Without(f.Feed) },
        PanelEvent.Enrolled f => f with { Account = "", Source = null },
        ContactEvent.Fitted f => f with { Address = "" },
        DeviceEvent.OnvifTold f => f with { Address = null },
        _ => fact,
    };

    static CameraSpec Without(CameraSpec camera) => camera with { Feed = Without(camera.Feed) };

    static Feed Without(Feed feed) => feed with { Main = Withheld, Sub = null };
}
