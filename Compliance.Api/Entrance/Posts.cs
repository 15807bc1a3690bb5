using Compliance.Api.Identity;
using Compliance.Domain.Cases;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Footage;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Notices;
using Compliance.Domain.Outages;
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
        if (Id(path, "deviceId") is { } device) return await PlaceOf(device, ct);
        if (Id(path, "noticeId") is { } notice)
            return await First(new("notice", notice), ct) is NoticeEvent f ? new(f.VenueId) : null;
        if (Id(path, "inspectionId") is { } visit && !path.ContainsKey("venueId"))
            return await First(new("inspection", visit), ct) is InspectionEvent.Scheduled card ? new(card.VenueId) : null;
        if (Id(path, "outageId") is { } outage)
            return await First(new("outage", outage), ct) is OutageEvent.Opened f ? new(f.VenueId) : null;
        if (Id(path, "maintenanceId") is { } window)
            return await First(new("maintenance", window), ct) is MaintenanceEvent.Requested f ? new(f.VenueId) : null;
        if (Id(path, "dutyId") is { } duty) return await First(new("duty", duty), ct) is DutyEvent owed ? new(owed.VenueId) : null;
        if (Id(path, "caseId") is { } of) return await First(new("case", of), ct) is CaseEvent opened ? new(opened.VenueId) : null;
        if (Id(path, "requestId") is { } footage) return await First(new("footage", footage), ct) is FootageEvent asked ? new(asked.VenueId) : null;
        return Id(path, "venueId") is { } venue && await First(new("venue", venue), ct) is not null ? new(venue) : null;
    }

    /// <summary>Where a device stands.</summary>
    public async Task<Place?> PlaceOf(Guid deviceId, CancellationToken ct) =>
        await First(new("device", deviceId), ct) is DeviceEvent.Registered f ? new(f.VenueId, deviceId) : null;

    /// <summary>Whether the caller holds one of these posts there today, in that role.</summary>
    public async Task<bool> Hold(Caller caller, Who posts, Place place, CancellationToken ct) =>
        (await HeldBy(caller, posts, place.VenueId, ct)).Any(a =>
            a.Post != Post.Installer || place.DeviceId is not { } device || a.Devices.Contains(device));

    /// <summary>Whether the caller speaks as one of the venue's own people: also an officer does who owns it.</summary>
    public async Task<bool> IsOwn(Caller caller, Guid venueId, CancellationToken ct) => !caller.Is(Role.Authority) || await Hold(caller, Who.Owner | Who.Manager, new(venueId), ct);

    /// <summary>The caller's own appointments there that hold today, of these posts and in that role.</summary>
    public async Task<IReadOnlyList<Appointment>> HeldBy(Caller caller, Who posts, Guid venueId, CancellationToken ct)
    {
        var (state, _, _) = await log.Load(Venue.Decider, new("venue", venueId), ct);
        var roles = caller.Who() & posts;
        return state is Venue.Open { People: var people }
            ? [.. people.Where(a => a.SubjectId == caller.Id && a.HoldsOn(Today) && roles.Has(RoleOf(a.Post)))] : [];
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
