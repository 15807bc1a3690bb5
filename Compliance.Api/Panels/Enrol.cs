using Compliance.Api.Entrance;
using Compliance.Api.Vault;
using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Panels;

namespace Compliance.Api.Panels;

/// <summary>
/// Connects the panel of a fire alarm: under which account it reports, and the key, which goes to the vault. Two panels with one account
/// could not be told apart.
/// </summary>
static class Enrol
{
    public static async Task<Answer> Handle(Guid deviceId, PanelEnrolment body, Knock knock, IViewStore views, SecretVault vault)
    {
        var (device, _, _) = await knock.Log.Load(Device.Decider, new("device", deviceId), knock.Ct);
        if (device is not Device.Live { Card: { Spec: FireAlarmSpec, VenueId: var venue } }) return new Refusal("panel.not-a-fire-alarm", "Only a fire alarm has a panel.");
        if (body.Key is { Length: > 0 } given && !PanelKeys.IsKey(given)) return new Refusal("panel.key-malformed", "A key has 32, 48 or 64 hexadecimal digits.", "key");
        var account = body.Account.Trim().ToUpperInvariant();
        if ((await views.All(PanelCard.View, null, knock.Ct)).Any(card => card.PanelId != deviceId && card.State.Card.Account == account))
            return new Refusal("panel.account-taken", "Another panel reports under this account.");
        var isEncrypted = body.Key is null ? vault.PanelKeyOf(deviceId) is not null : body.Key.Length > 0;
        var command = new PanelCommand.Enrol(deviceId, venue, account, isEncrypted, string.IsNullOrWhiteSpace(body.Source) ? null : body.Source.Trim(), body.PollSeconds);
        var (panel, _, _) = await knock.Log.Load(Panel.Decider, new("panel", deviceId), knock.Ct);
        if (Panel.Decider.Decide(panel, command).Refusal is { } refusal) return refusal;
        if (body.Key is { Length: > 0 } key) vault.KeepPanelKey(deviceId, key);
        else if (body.Key is not null) vault.ErasePanelKey(deviceId);
        return await knock.Send(Panel.Decider, deviceId, command);
    }
}
