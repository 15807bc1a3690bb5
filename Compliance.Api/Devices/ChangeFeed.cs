using Compliance.Api.Entrance;
using Compliance.Api.Feeds;
using Compliance.Api.Vault;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Devices;

/// <summary>
/// A new address for a camera; it has to be admitted anew. The password was given for the old machine: another one never gets
/// to see it, and has to be given its own.
/// </summary>
static class ChangeFeed
{
    public static async Task<Answer> Handle(Guid deviceId, DeviceCommand.ChangeFeed body, Knock knock, FeedRules rules, SecretVault vault)
    {
        if (rules.Faults(body.Feed, "feed") is { } fault) return fault;
        var (state, revision, _) = await knock.Log.Load(Device.Decider, new("device", deviceId), knock.Ct);
        // Before the fact, or the new machine might meet the old password; but not for a change that is refused or comes too late.
        if (state is Device.Live { Card.Spec: CameraSpec camera } && !SameMachine(camera.Feed.Main, body.Feed.Main)
            && (knock.IfRevision ?? revision) == revision && Device.Decider.Decide(state, body).Refusal is null)
            vault.EraseFeedSecret(deviceId);
        return await knock.Send(Device.Decider, deviceId, body);
    }

    static bool SameMachine(Uri a, Uri b) =>
        Uri.Compare(a, b, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
