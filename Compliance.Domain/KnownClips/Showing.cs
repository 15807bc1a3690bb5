using System.Diagnostics;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Domain.KnownClips;

/// <summary>
/// Why a clip that was due was not shown to the end: it could not be fetched, or is another than was named; no frame came out of it; no camera's detector ran; it stopped meanwhile.
/// </summary>
public enum NotShown { ClipMissing, ClipUnreadable, NothingRan, DetectorStopped }

/// <summary>What a detector made of a clip that the box played into the way of a camera's frames, as the box tells it. The box does not know what the clip shows.</summary>
/// <param name="Model">By which it judged; null where it was not shown.</param>
/// <param name="Found">An alert would have begun.</param>
/// <param name="AfterSeconds">Of the clip, until that; null where none would.</param>
/// <param name="Score">Of the windows it would stand on; null where none would.</param>
/// <param name="Because">Why it was not shown; null where it was.</param>
public sealed record ShowingObserved(
    Guid Id, Guid DeviceId, DateTimeOffset ObservedAt, ClockState Clock,
    Guid ClipId, Detector Detector, DetectorModel? Model, bool Found, double? AfterSeconds, double? Score, int FramesAnalysed, int FramesSkipped, NotShown? Because) : Observation(Id, DeviceId, ObservedAt, Clock);

/// <summary>A clip that a box is to play now and then, at an instant that it draws itself; it fetches the file by its hash.</summary>
public sealed record AssignedKnownClip(Guid ClipId, Detector Detector, string Sha256);

/// <summary>Facts about one showing of a known clip. It is no alert; what was found may be put before a desk as a drill, which is a matter of its own.</summary>
public abstract record ShowingEvent(Guid ShowingId, Guid VenueId, Guid DeviceId)
{
    /// <param name="Shows">As was known of the clip.</param>
    [EventName("showing.judged.v1")]
    public sealed record Judged(
        Guid ShowingId, Guid VenueId, Guid DeviceId, Guid ClipId, Detector Detector, bool Shows, DetectorModel Model, bool Found, double? AfterSeconds, double? Score, int FramesAnalysed, int FramesSkipped, DateTimeOffset At)
        : ShowingEvent(ShowingId, VenueId, DeviceId);

    [EventName("showing.failed.v1")]
    public sealed record Failed(Guid ShowingId, Guid VenueId, Guid DeviceId, Guid ClipId, Detector Detector, NotShown Because, DateTimeOffset At) : ShowingEvent(ShowingId, VenueId, DeviceId);
}

/// <param name="Shows">As the clip's own record has it.</param>
public sealed record TellShowing(ShowingObserved Told, Guid VenueId, bool Shows, DateTimeOffset At);

/// <summary>Told once; what is told again adds nothing.</summary>
public abstract record Showing
{
    public sealed record Unheard : Showing;
    public sealed record Over : Showing;

    public static readonly Decider<Showing, TellShowing, ShowingEvent> Decider = new("showing", new Unheard(), Decide, (_, _) => new Over());

    static Decision<ShowingEvent> Decide(Showing state, TellShowing tell) => (state, tell.Told) switch
    {
        (Over, _) => [],
        (_, { Because: { } because } t) => [new ShowingEvent.Failed(t.Id, tell.VenueId, t.DeviceId, t.ClipId, t.Detector, because, tell.At)],
        (_, { Model: { } model } t) when IsSound(t) => [new ShowingEvent.Judged(
            t.Id, tell.VenueId, t.DeviceId, t.ClipId, t.Detector, tell.Shows, model, t.Found, t.AfterSeconds, t.Score, t.FramesAnalysed, t.FramesSkipped, tell.At)],
        (Unheard, _) => new Refusal("showing.unsound", "Found after no time, or not found after some, or no frame was looked at."),
        _ => throw new UnreachableException(),
    };

    static bool IsSound(ShowingObserved t) =>
        t.Found == t.AfterSeconds is not null && t.Found == t.Score is not null && t.FramesAnalysed > 0 && t.FramesSkipped >= 0 && t.AfterSeconds is null or (>= 0 and <= KnownClip.Longest + 1) && t.Score is null or (>= 0 and <= 1);
}
