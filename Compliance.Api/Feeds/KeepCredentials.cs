using Compliance.Api.Entrance;
using Compliance.Api.Vault;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Feeds;

/// <summary>The only way of a camera's password: into the vault, for the machine the camera has now, and out of it to the camera's probe alone.</summary>
static class KeepCredentials
{
    public static async Task<IResult> Handle(Guid deviceId, FeedCredentials body, IEventLog log, SecretVault vault, CancellationToken ct)
    {
        var (state, _, _) = await log.Load(Device.Decider, new("device", deviceId), ct);
        if (state is not Device.Live { Card.Spec: CameraSpec camera })
            return Problems.Of(new Refusal("device.not-a-camera", "Only a camera has a feed."));
        vault.KeepFeedSecret(deviceId, camera.Feed.Main, body);
        return TypedResults.NoContent();
    }
}
