using Compliance.Domain.Detectors;
using Compliance.Domain.Probes;

namespace Compliance.Domain.Alerts;

// What a box tells of what its detectors see, and what the API answers: JSON written with EventCatalog.Json, times UTC.
//
//   POST /probe/alerts                AlertTold[] -> ObservationAnswer[], in the same order; the id is AlertId. An alert is told when it
//                                     begins, again when its clip is cut, again when that was blurred, again when it has ended: each time with all that is known then.
//                                     What was told before is never taken back. probe.lease-lost: another probe has taken the venue
//   PUT  /probe/alerts/{id}/clip      video/mp4, at most AlertClip.Largest bytes, after the alert was told with the clip's hash -> 200
//                                     CommandAnswer; 400 alert.clip-changed: what arrived is not what was told
//   PUT  /probe/alerts/{id}/blurred-clip   the same for the blurred copy

/// <summary>A detector's claim that somebody should look, as the box tells it. <paramref name="AlertId"/> is made by the box: told twice, it is one alert.</summary>
/// <param name="Kind">Only what a detector sees: <see cref="AlertKinds.SeenBy"/>.</param>
/// <param name="SeenFrom">When what was seen began, by the box's clock.</param>
/// <param name="SeenUntil">When it was over; null while it goes on.</param>
/// <param name="ObservedAt">When the box tells this, by its clock, whose state is <paramref name="Clock"/>.</param>
/// <param name="Score">Of the windows it stands on, 0 to 1; at the end, of all of them.</param>
/// <param name="FramesAnalysed">Since it began.</param>
/// <param name="FramesSkipped">Since it began: frames that came and nobody looked at, because the machine could not keep up.</param>
/// <param name="Clip">Null until it is cut.</param>
/// <param name="Blurred">Null until it is made, which takes a while, and from a box that makes none.</param>
public sealed record AlertTold(
    Guid AlertId, Guid DeviceId, AlertKind Kind, DateTimeOffset SeenFrom, DateTimeOffset? SeenUntil, DateTimeOffset ObservedAt, ClockState Clock,
    double Score, DetectorModel Model, int FramesAnalysed, int FramesSkipped, AlertClip? Clip, BlurredClip? Blurred = null);

/// <summary>A piece of video around the beginning of an alert: ten seconds before, twenty after.</summary>
/// <param name="Sha256">Of the file, hexadecimal in small letters.</param>
public sealed record AlertClip(string Sha256, int Seconds)
{
    public const long Largest = 8 << 20;
}

/// <summary>The same piece of video, in which nobody is to be recognised: what a desk is shown unless somebody says why he needs more.</summary>
/// <param name="DetectorSha256">The network that found the faces, or looked for them in vain; null where none is installed.</param>
public sealed record BlurredClip(string Sha256, int Seconds, ClipBlur Blur, string? DetectorSha256);

/// <summary>How a copy was blurred: face by face, or the whole picture, where no face was found or nothing looks for faces.</summary>
public enum ClipBlur { Faces, WholePicture }
