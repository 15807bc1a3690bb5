using Compliance.Api.Drills;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.KnownClips;

namespace Compliance.Api.KnownClips;

/// <summary>What a box tells of a known clip that it played becomes a fact, beside what is known of the clip. No alert comes of it; what was found just now may be put before a desk as a drill.</summary>
static class TakeShowing
{
    /// <returns>Null when it was taken, else the code of the refusal.</returns>
    public static async Task<string?> Take(ShowingObserved told, Guid venueId, Receipt receipt, IEventLog log, DrillBell bell, Origin origin, CancellationToken ct)
    {
        if (told.ObservedAt < receipt.WatchedSince) return "device.observed-before-watched";
        // A clip that was deleted since is still known for what it was.
        if ((await log.Load(KnownClip.Decider, new(KnownClip.Decider.Category, told.ClipId), ct)).State is not KnownClip.Known { Card: var clip } || clip.Detector != told.Detector) return "knownclip.unknown";
        var at = receipt.Doubts(told.ObservedAt) ? receipt.At : told.ObservedAt;
        var done = await log.Execute(Showing.Decider, told.Id, new TellShowing(told, venueId, clip.Shows, at), origin, ct);
        if (done.Refusal is null && told.Found) bell.Ring(new(told, venueId, clip.Shows, at));
        return done.Refusal?.Code;
    }
}
