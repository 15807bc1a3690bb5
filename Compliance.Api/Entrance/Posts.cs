using Compliance.Api.Identity;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Venues;

namespace Compliance.Api.Entrance;

/// <summary>What a path leads to: a venue, and the device in it where one is named.</summary>
readonly record struct Place(Guid VenueId, Guid? DeviceId = null);

/// <summary>Who holds which post where, read from the log.</summary>
sealed class Posts(IEventLog log, Beginnings beginnings, TimeProvider clock)
{
    public DateOnly Today => VenueZone.Day(clock.GetUtcNow());

    /// <summary>Null when the id in the path names nothing.</summary>
    public async Task<Place?> PlaceOf(RouteValueDictionary path, CancellationToken ct)
    {
        if (Id(path, "deviceId") is { } device)
            return await First(new("device", device), ct) is DeviceEvent.Registered f ? new(f.VenueId, device) : null;
        if (Id(path, "noticeId") is { } notice)
            return await First(new("notice", notice), ct) is NoticeEvent.Issued f ? new(f.VenueId) : null;
        return Id(path, "venueId") is { } venue && await First(new("venue", venue), ct) is not null ? new(venue) : null;
    }

    /// <summary>Whether the caller holds one of these posts there today, in that role.</summary>
    public async Task<bool> Hold(Caller caller, Who posts, Place place, CancellationToken ct)
    {
        var (state, _, _) = await log.Load(Venue.Decider, new("venue", place.VenueId), ct);
        var roles = caller.Who() & posts;
        return state is Venue.Open { People: var people } && people.Any(a =>
            a.SubjectId == caller.Id && a.HoldsOn(Today) && roles.Has(RoleOf(a.Post))
            && (a.Post != Post.Installer || place.DeviceId is not { } device || a.Devices.Contains(device)));
    }

    public static Who RoleOf(Post post) => post switch
    {
        Post.Owner => Who.Owner,
        Post.Manager => Who.Manager,
        _ => Who.Installer,
    };

    async Task<object?> First(StreamId stream, CancellationToken ct) => (await beginnings.Of(stream, ct))?.Fact;

    static Guid? Id(RouteValueDictionary path, string name) => Guid.TryParse(path[name] as string, out var id) ? id : null;
}
