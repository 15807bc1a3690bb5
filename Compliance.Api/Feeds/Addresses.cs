using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Feeds;

/// <summary>
/// Who reads the address of a camera: those who answer for its venue, an installer named to it, inspector and authority. Police,
/// oversight and administrator know that the camera is there and how it is doing; where it stands in the owner's network is
/// nothing they need.
/// </summary>
sealed class Addresses(Posts posts)
{
    static readonly Uri Withheld = new("rtsp://withheld.invalid");

    public async Task<bool> MayRead(Caller caller, Guid venueId, Guid deviceId, CancellationToken ct) =>
        (await ReadableBy(caller, venueId, ct))(deviceId);

    /// <summary>Of which devices of one venue the caller reads the address.</summary>
    public async Task<Func<Guid, bool>> ReadableBy(Caller caller, Guid venueId, CancellationToken ct)
    {
        if (caller.Is(Who.Inspector | Who.Authority)) return _ => true;
        var held = await posts.HeldBy(caller, Who.Owner | Who.Manager | Who.Installer, venueId, ct);
        return device => held.Any(a => a.Post != Post.Installer || a.Devices.Contains(device));
    }

    public static DeviceCard Without(DeviceCard card) => card.Spec is CameraSpec camera ? card with { Spec = Without(camera) } : card;

    /// <summary>As the log holds it, to the byte, where it says no address.</summary>
    public static Recorded Without(Recorded recorded) =>
        EventCatalog.Decode(recorded) is { } fact && Without(fact) is var told && !ReferenceEquals(told, fact) ? recorded with { Data = EventCatalog.Encode(told) } : recorded;

    static object Without(object fact) => fact switch
    {
        DeviceEvent.Registered { Spec: CameraSpec camera } f => f with { Spec = Without(camera) },
        DeviceEvent.FeedChanged f => f with { Feed = Without(f.Feed) },
        _ => fact,
    };

    static CameraSpec Without(CameraSpec camera) => camera with { Feed = Without(camera.Feed) };

    static Feed Without(Feed feed) => feed with { Main = Withheld, Sub = null };
}
