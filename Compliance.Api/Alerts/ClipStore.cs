using Compliance.Api.Vault;
using Compliance.Api.Views;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.AspNetCore.DataProtection;

namespace Compliance.Api.Alerts;

/// <summary>Which of the two copies of a clip.</summary>
enum ClipCopy { Original, Blurred }

/// <summary>Clips of alerts, as they were recorded and blurred, sealed like the vault's secrets, in a file of their own; the log holds their hashes. Each goes when its term is over.</summary>
sealed class ClipStore(DataFolder data, IDataProtectionProvider protection, IEventLog log, IViewStore views, OwnWrites writes, TimeProvider clock)
{
    const string Actor = "reaction:erase-old-clips";

    const int AtOnce = 100;

    readonly SealedFile _file = new(data.File("clips.db"));

    public void Keep(Guid alertId, ClipCopy copy, byte[] mp4)
    {
        var name = Name(alertId, copy);
        _file.Put(name, Seal(name).Protect(mp4));
    }

    public byte[]? Get(Guid alertId, ClipCopy copy) => Name(alertId, copy) is var name && _file.Get(name) is { } bytes ? Seal(name).Unprotect(bytes) : null;

    public void Erase(Guid alertId, ClipCopy copy) => _file.Erase(Name(alertId, copy));

    /// <summary>What the metronome asks: whose term is over? The clip goes first, so the fact never claims what has not happened.</summary>
    public async Task EraseOld(CancellationToken ct)
    {
        // A view that is being built anew, or is behind, may not know of a hold yet.
        if (!await writes.AreShown(ct)) return;
        var now = clock.GetUtcNow();
        foreach (var clip in (await views.List(KeptClip.View, null, AtOnce, null, ct)).Items.TakeWhile(clip => clip.Until <= now))
        {
            if (await IsHeld(clip.AlertId, now, ct)) continue;
            Erase(clip.AlertId);
            await log.Execute(Alert.Decider, clip.AlertId, new AlertCommand.EraseClip(), new(EventIds.From(clip.AlertId, "erase-clip"), Actor), ct);
            Erase(clip.AlertId); // a box may have sent it again in between
        }
    }

    /// <summary>Asked of the incidents themselves right before: while the others of this round were erased somebody may have had it kept. An incident that was merged has its holds where it went, too.</summary>
    async Task<bool> IsHeld(Guid alertId, DateTimeOffset now, CancellationToken ct)
    {
        var at = (await log.Load(Alert.Decider, new(Alert.Decider.Category, alertId), ct)).State is Alert.Known { Placed.IncidentId: var first } ? first : (Guid?)null;
        for (var seen = new HashSet<Guid>(); at is { } incident && seen.Add(incident);)
        {
            var (state, _, _) = await log.Load(Incident.Decider, new(Incident.Decider.Category, incident), ct);
            if (state is Incident.Known known && known.Matter.Preserved.Any(hold => hold.AlertId == alertId && VenueZone.Midnight(hold.Until.AddDays(1)) > now)) return true;
            at = (state as Incident.Merged)?.Into;
        }

        return false;
    }

    void Erase(Guid alertId)
    {
        foreach (var copy in Enum.GetValues<ClipCopy>()) Erase(alertId, copy);
    }

    /// <summary>The name is part of the seal: a row copied under another one does not open.</summary>
    IDataProtector Seal(string name) => protection.CreateProtector("alert-clip", name);

    static string Name(Guid alertId, ClipCopy copy) => copy == ClipCopy.Blurred ? $"{alertId:N}.blurred" : $"{alertId:N}";
}
