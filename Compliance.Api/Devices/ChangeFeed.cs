using Compliance.Api.Entrance;
using Compliance.Api.Feeds;
using Compliance.Api.Vault;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Devices;

/// <summary>
/// A new address for a camera; it has to be admitted anew. A password is bound to the machine it was given for: the camera keeps it
/// until the fact stands, another machine has to be given its own, and whoever takes the change back finds it still there.
/// </summary>
static class ChangeFeed
{
    public static async Task<Answer> Handle(Guid deviceId, DeviceCommand.ChangeFeed body, Knock knock, FeedRules rules, SecretVault vault)
    {
        if ((rules.Faults(body.Feed, "feed") ?? rules.Faults(body.Onvif, body.Feed)) is { } fault) return fault;
        var (state, _, _) = await knock.Log.Load(Device.Decider, new("device", deviceId), knock.Ct);
        if (state is Device.Live { Card.Spec: CameraSpec camera }) vault.BindFeedSecret(deviceId, camera.Feed.Main);
        return await knock.Send(Device.Decider, deviceId, body);
    }
}
