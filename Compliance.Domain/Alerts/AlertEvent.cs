using Compliance.Domain.Complaints;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Domain.Alerts;

/// <summary>Facts about one alert. What was seen is told by its kind and its figures, never by free text.</summary>
public abstract record AlertEvent(Guid AlertId, Guid VenueId)
{
    /// <param name="DeviceId">What saw it, or failed; null for a complaint.</param>
    /// <param name="Seen">By which model, how surely; null where no model judged.</param>
    /// <param name="Cause">The fact it follows from; null for one that a box told.</param>
    [EventName("alert.raised.v1")]
    public sealed record Raised(
        Guid AlertId, Guid VenueId, Guid? DeviceId, AlertKind Kind, DateTimeOffset SeenFrom, Sighting? Seen, AlertCause? Cause) : AlertEvent(AlertId, VenueId);

    [EventName("alert.clip-told.v1")]
    public sealed record ClipTold(Guid AlertId, Guid VenueId, AlertClip Clip) : AlertEvent(AlertId, VenueId);

    /// <param name="Seen">As it was in the end; null where no model judged.</param>
    [EventName("alert.ended.v1")]
    public sealed record Ended(Guid AlertId, Guid VenueId, DateTimeOffset SeenUntil, Sighting? Seen) : AlertEvent(AlertId, VenueId);

    /// <summary>It stands on a desk: as an incident of its own, or within one that is open.</summary>
    /// <param name="District">Whose desk.</param>
    /// <param name="Opens">The incident begins with it.</param>
    /// <param name="By">Who took it from what was held back; null where nobody had to.</param>
    [EventName("alert.placed.v1")]
    public sealed record Placed(
        Guid AlertId, Guid VenueId, Guid? DeviceId, AlertKind Kind, DateTimeOffset SeenFrom, string District, Guid IncidentId, bool Opens, Guid? By, DateTimeOffset At)
        : AlertEvent(AlertId, VenueId);

    /// <summary>No desk was called: it is counted and listed, and can be taken from there.</summary>
    /// <param name="After">The alert of the same camera and kind that it came too soon after.</param>
    /// <param name="Shown">How many incidents the desk was given in that hour, and how many it may be given of that urgency; of a full incident, how many alerts it holds, and how many it may.</param>
    [EventName("alert.suppressed.v1")]
    public sealed record Suppressed(
        Guid AlertId, Guid VenueId, AlertKind Kind, DateTimeOffset SeenFrom, string District, Suppression Because, Guid? After, int? Shown, int? Budget, DateTimeOffset At)
        : AlertEvent(AlertId, VenueId);

    /// <summary>A person said what it was, or took that back (both null: nobody says anything).</summary>
    /// <param name="ModelSha256">The model and its threshold, so that each version's errors can be counted; null where no model judged.</param>
    [EventName("alert.judged.v1")]
    public sealed record Judged(
        Guid AlertId, Guid VenueId, AlertKind Kind, DateTimeOffset SeenFrom, string? ModelSha256, double? Threshold, AlertJudgement? Was, AlertJudgement? Now)
        : AlertEvent(AlertId, VenueId);

    /// <summary>The clip came, is the one that was told, and lies sealed.</summary>
    /// <param name="IsConfirmed">A person had confirmed the alert by then.</param>
    [EventName("alert.clip-kept.v1")]
    public sealed record ClipKept(Guid AlertId, Guid VenueId, string Sha256, long Bytes, bool IsConfirmed) : AlertEvent(AlertId, VenueId);

    [EventName("alert.clip-erased.v1")]
    public sealed record ClipErased(Guid AlertId, Guid VenueId, string Sha256) : AlertEvent(AlertId, VenueId);

    /// <summary>The box made a copy in which nobody is to be recognised.</summary>
    [EventName("alert.blurred-clip-told.v1")]
    public sealed record BlurredClipTold(Guid AlertId, Guid VenueId, BlurredClip Clip) : AlertEvent(AlertId, VenueId);

    [EventName("alert.blurred-clip-kept.v1")]
    public sealed record BlurredClipKept(Guid AlertId, Guid VenueId, string Sha256, long Bytes, bool IsConfirmed) : AlertEvent(AlertId, VenueId);

    [EventName("alert.blurred-clip-erased.v1")]
    public sealed record BlurredClipErased(Guid AlertId, Guid VenueId, string Sha256) : AlertEvent(AlertId, VenueId);
}

/// <summary>What a model saw: how surely, by which version, and how much of what came it looked at.</summary>
public sealed record Sighting(double Score, DetectorModel Model, int FramesAnalysed, int FramesSkipped, ClockState Clock);

/// <summary>The stored fact an alert follows from, and what that is about.</summary>
/// <param name="AboutId">The outage, the panel or the complaint.</param>
/// <param name="Verdict">What was held true of the device.</param>
/// <param name="Zone">Of a panel.</param>
public sealed record AlertCause(Guid EventId, Guid AboutId, Verdict? Verdict = null, int? Zone = null, ComplaintCategory? Category = null);

/// <summary>Why no desk was called: the hour's budget is used up, the same camera spoke of the same just now, it came too late to be of use, or the incident it belongs to holds as many alerts as anybody can look at.</summary>
public enum Suppression { Budget, CoolDown, Late, Full }

/// <summary>What a person said of an alert; the reason of one that was rejected.</summary>
public sealed record AlertJudgement(bool IsConfirmed, RejectReason? Reason);

/// <summary>What a rejected incident was: a closed list, so that the errors of models can be counted.</summary>
public enum RejectReason { Dance, Staff, Cleaning, LightShow, CameraFault, Duplicate, Test, Other }
