using Compliance.Api.Entrance;
using Compliance.Api.Feeds;
using Compliance.Api.Identity;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Devices;

/// <summary>
/// PUT, because the caller chose the id. The venue stands in the body, so the slice asks whether the caller holds a post there.
/// An installer is named to what he registers, or he could not give it its password.
/// </summary>
static class Register
{
    public static async Task<Answer> Handle(Guid deviceId, DeviceCommand.Register body, Knock knock, Posts posts, FeedRules rules)
    {
        if (body.DeviceId != deviceId) return Problems.OtherId("deviceId");
        if (body.Spec is CameraSpec camera && (rules.Faults(camera.Feed, "spec.feed") ?? rules.Faults(body.Onvif, camera.Feed)) is { } fault) return fault;
        var (venue, _, _) = await knock.Log.Load(Venue.Decider, new("venue", body.VenueId), knock.Ct);
        if (venue is Venue.Unknown) return new Refusal("venue.unknown", "No such venue.");
        if (venue is Venue.Gone) return new Refusal("venue.closed", "The venue has been closed.");
        if (knock.Caller.Is(Who.Authority) || await posts.Hold(knock.Caller, Who.Owner, new(body.VenueId), knock.Ct))
            return await knock.Send(Device.Decider, deviceId, body);
        if (!await posts.Hold(knock.Caller, Who.Installer, new(body.VenueId), knock.Ct)) return Answer.Forbidden;
        var answer = await knock.Send(Device.Decider, deviceId, body);
        if (!answer.IsDone) return answer;
        var named = await knock.Then(Venue.Decider, body.VenueId, new VenueCommand.NameDevice(knock.Caller.Id, deviceId, posts.Today), $"installs/{deviceId}");
        return named.Executed?.Position < answer.Executed?.Position ? answer : named; // was named already
    }
}
