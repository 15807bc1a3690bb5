using Compliance.Api.Vault;
using Compliance.Api.Views;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Microsoft.AspNetCore.DataProtection;

namespace Compliance.Api.Alerts;

/// <summary>Clips of alerts, sealed like the vault's secrets, in a file of their own; the log holds their hashes. Each goes when its term is over.</summary>
sealed class ClipStore(DataFolder data, IDataProtectionProvider protection, IEventLog log, IViewStore views, OwnWrites writes, TimeProvider clock)
{
    const string Actor = "reaction:erase-old-clips";

    const int AtOnce = 100;

    readonly SealedFile _file = new(data.File("clips.db"));

    public void Keep(Guid alertId, byte[] mp4) => _file.Put(Name(alertId), Seal(alertId).Protect(mp4));

    public byte[]? Get(Guid alertId) => _file.Get(Name(alertId)) is { } bytes ? Seal(alertId).Unprotect(bytes) : null;

    public void Erase(Guid alertId) => _file.Erase(Name(alertId));

    /// <summary>What the metronome asks: whose term is over? The clip goes first, so the fact never claims what has not happened.</summary>
    public async Task EraseOld(CancellationToken ct)
    {
        // A view that is being built anew, or is behind, may not know of a hold yet.
        if (!await writes.AreShown(ct)) return;
        var now = clock.GetUtcNow();
        foreach (var clip in (await views.List(KeptClip.View, null, AtOnce, null, ct)).Items.TakeWhile(clip => clip.Until <= now))
        {
            Erase(clip.AlertId);
            await log.Execute(Alert.Decider, clip.AlertId, new AlertCommand.EraseClip(), new(EventIds.From(clip.AlertId, "erase-clip"), Actor), ct);
        }
    }

    /// <summary>The name is part of the seal: a row copied under another one does not open.</summary>
    IDataProtector Seal(Guid alertId) => protection.CreateProtector("alert-clip", Name(alertId));

    static string Name(Guid alertId) => alertId.ToString("N");
}
