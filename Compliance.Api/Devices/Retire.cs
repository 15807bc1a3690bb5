using Compliance.Api.Entrance;
using Compliance.Api.Feeds;
using Compliance.Api.Panels;
using Compliance.Api.Vault;
using Compliance.Domain.Devices;

namespace Compliance.Api.Devices;

/// <summary>
/// A device is retired now: nobody retires it backwards, out of an outage. Nor does the venue take away what is not as it must be: that
/// would end the term. Its password or key goes with it.
/// </summary>
static class Retire
{
    public static async Task<Answer> Handle(Guid deviceId, DeviceCommand.Retire body, Knock knock, Posts posts, SecretVault vault, TimeProvider clock)
    {
        var isOwn = await posts.PlaceOf(deviceId, knock.Ct) is not { VenueId: var venue } || await posts.IsOwn(knock.Caller, venue, knock.Ct);
        var retired = await knock.Send(Device.Decider, deviceId, body with { At = clock.GetUtcNow(), ByOwner = isOwn });
        if (retired.IsDone) vault.EraseFeedSecret(deviceId);
        if (retired.IsDone) vault.ErasePanelKey(deviceId);
        return retired;
    }
}
