using Compliance.Api.Entrance;
using Compliance.Api.Feeds;
using Compliance.Api.Identity;
using Compliance.Api.Probes;
using Compliance.Api.Vault;
using Compliance.Api.Views;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;

namespace Compliance.Api.Devices;

/// <summary>What a person draws over a camera's view for its detectors, and the blurred picture of now to draw over.</summary>
static class Calibrate
{
    /// <summary>Which exits are this venue's their own streams say.</summary>
    public static async Task<Answer> Handle(Guid deviceId, DeviceCommand.CalibrateView body, Knock knock, Beginnings beginnings)
    {
        HashSet<Guid> exits = [];
        if ((await beginnings.Of(new("device", deviceId), knock.Ct))?.Fact is DeviceEvent.Registered camera)
            foreach (var exit in body.Calibration.KeptClear.Take(ViewCalibration.MostZones).Select(zone => zone.ExitId).OfType<Guid>().Distinct())
                if ((await knock.Log.Load(Device.Decider, new("device", exit), knock.Ct)).State is Device.Live { Card: { Spec: ExitSpec } of } && of.VenueId == camera.VenueId) exits.Add(exit);
        return await knock.Send(Device.Decider, deviceId, body with { Exits = exits });
    }

    /// <summary>
    /// The box blurs the picture before it leaves; it goes to whoever asked and is kept nowhere. That somebody asked is a fact before anybody is sent for it, and without a legal basis nobody is.
    /// </summary>
    public static async Task<IResult> AskGlimpse(Guid deviceId, GlimpseWish body, Knock knock, Posts posts, VenueProbes probes, FeedTests tests, SecretVault vault, IViewStore views)
    {
        if (body.Id == Guid.Empty) return Problems.Of(new Refusal("request.id-missing", "The caller makes the id of a picture.", "id"));
        var (state, _, _) = await knock.Log.Load(Device.Decider, new("device", deviceId), knock.Ct);
        if (state is not Device.Live { Card: { Spec: CameraSpec { Feed.Main: var address }, VenueId: var venueId } }) return Problems.Of(new Refusal("device.not-a-camera", "Only a camera has a view."));
        if (await views.Find(VenueCard.View, venueId, knock.Ct) is not { } venue || !venue.MayBeWatchedOn(posts.Today))
            return Problems.Of(new Refusal("device.glimpse-no-basis", "No legal basis holds today: no picture is taken of this camera."));
        var those = await probes.Of(venueId, isNew: false, knock.Ct);
        if (those.Count == 0) return Problems.Of(new Refusal("feed-test.no-probe", "No probe watches this venue yet: ask the administrator to assign one, then try again."));
        var asked = await knock.Send(Device.Decider, deviceId, new DeviceCommand.AskGlimpse(body.Id));
        if (!asked.IsDone) return asked;
        var secret = vault.FeedSecretOf(deviceId, address);
        return tests.Ask(new(body.Id, venueId, address, secret?.UserName, secret?.Password, Blurred: true), knock.Caller.Id, those) switch
        {
            Asked.Accepted => TypedResults.Accepted($"/devices/{deviceId}/glimpses/{body.Id}", new FeedTestState(body.Id, "waiting", null)),
            Asked.TooManyOfYours => Problems.TooMany("Your earlier pictures are still waiting for an answer.", retryAfterSeconds: 10),
            _ => Problems.Busy(retryAfterSeconds: 10),
        };
    }

    /// <summary>How it stands, for the one who asked. <c>wait</c>: seconds to hold the answer back for news, 25 at most.</summary>
    public static async Task<Shown<FeedTestState>> ShowGlimpse(Guid deviceId, Guid glimpseId, int? wait, Caller caller, FeedTests tests, CancellationToken ct) =>
        new(await tests.Watch(glimpseId, caller.Id, TimeSpan.FromSeconds(wait ?? 0), ct));
}
