using System.Text.Json;
using System.Text.Json.Serialization;
using Compliance.Domain.Contacts;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.KnownClips;
using Compliance.Domain.Models;
using Compliance.Domain.Panels;

namespace Compliance.Domain.Probes;

// What a probe and the API say to each other: JSON written with EventCatalog.Json. Times are UTC. A field called Detail is
// the text of a Detail: a reason with its figures, never a secret; persons read it worded in their language.
//
//   GET  /probe/assignments              -> Assignments; ETag is its Revision, If-None-Match answers 304, signed too. Asking takes what is free:
//                                        each venue is held by one probe, under a lease that its heartbeat prolongs
//   POST /probe/observations             Observation[] -> ObservationAnswer[], in the same order; probe.lease-lost: another probe has
//                                        taken the venue, ask for the assignments anew
//   POST /probe/heartbeat                Heartbeat -> 204, or 205: tell anew every verdict you hold (they went out of force while
//                                        you were silent or blind)
//   GET  /probe/feed-tests?wait=20       -> FeedTest, or 204 after that many seconds without one
//   POST /probe/feed-tests/{id}/result   FeedTestResult -> 204
//   GET  /probe/models/{sha256}          -> the file of a model that is rolled out, application/json; its hash is the one asked for
//   GET  /probe/known-clips/{id}         -> the file of a clip that is assigned to this box; it has the hash that the list names
//   GET  /probe/network-searches?wait=20 -> NetworkSearch, or 204; asked by a box in a venue's own network only
//   POST /probe/network-searches/{id}/result   NetworkSearchResult -> 204

/// <summary>What one probe has to watch, all of it, under a revision that changes with any of it.</summary>
public sealed record Assignments(Guid ProbeId, string Revision, IReadOnlyList<AssignedCamera> Cameras)
{
    /// <summary>Fire alarm panels that report to this probe.</summary>
    public IReadOnlyList<AssignedPanel> Panels { get; init; } = [];

    /// <summary>Contacts of exits that this probe reads.</summary>
    public IReadOnlyList<AssignedContact> Contacts { get; init; } = [];

    /// <summary>Detectors that may run, by camera: none without a line here.</summary>
    public IReadOnlyList<AssignedDetector> Detectors { get; init; } = [];

    /// <summary>Models that this box is to judge by; a detector without a line here judges by the one that came with the program.</summary>
    public IReadOnlyList<AssignedModel> Models { get; init; } = [];

    /// <summary>Clips that this box is to show its detectors now and then; what they show it is not told.</summary>
    public IReadOnlyList<AssignedKnownClip> KnownClips { get; init; } = [];
}

/// <summary>A panel to listen for, and the key that opens what it says. Its text never holds the key.</summary>
/// <param name="Account">The number it reports under: 3 to 16 hexadecimal digits, in capitals.</param>
/// <param name="Key">16, 24 or 32 bytes in hexadecimal; null for a panel that cannot encrypt.</param>
/// <param name="Source">Where it reports from, as an address or a network (<c>203.0.113.7/32</c>); null: from anywhere.</param>
/// <param name="PollSeconds">How often it is set to poll.</param>
public sealed record AssignedPanel(Guid DeviceId, Guid VenueId, string Account, string? Key, string? Source, int PollSeconds)
{
    public override string ToString() => $"panel {DeviceId:N}";
}

/// <summary>A contact of an exit, and where it is read.</summary>
/// <param name="DeviceId">The exit.</param>
/// <param name="Address">By MQTT its topic; of a camera's input <c>camera id/token of the input</c>.</param>
public sealed record AssignedContact(Guid DeviceId, Guid VenueId, ContactSource Source, string Address);

/// <summary>One camera to watch and the secret to open it with. Its text never holds the password.</summary>
/// <param name="MainStream">RTSP address without credentials.</param>
/// <param name="ViewId">The approved view: a new id means that what the camera shows now is approved. Null: no view, and nobody holds the camera to have moved.</param>
/// <param name="Onvif">Where its ONVIF service answers; null: at the usual place on the stream's host.</param>
/// <param name="Transport">How to ask for the packets first; the other way is tried when the camera insists (461).</param>
public sealed record AssignedCamera(
    Guid DeviceId, Guid VenueId, Uri MainStream, string? UserName, string? Password,
    DeclaredParameters Declared, FeedTransport Transport = FeedTransport.Tcp, Guid? ViewId = null, Uri? Onvif = null)
{
    /// <summary>It is looked at once in so many seconds instead of being held open; null: it is held open.</summary>
    public int? CheckSeconds { get; init; }

    /// <summary>A smaller stream of the same camera, on the same machine and opened with the same secret, for its detectors; null: it has none.</summary>
    public Uri? SubStream { get; init; }

    /// <summary>Where people stand in its picture and how tall they look there, for its detectors; null: nobody drew it.</summary>
    public ViewCalibration? Calibration { get; init; }

    /// <summary>Nothing differs but what detectors go by: the connection and all that was learned of the camera stay.</summary>
    public bool IsWatchedAs(AssignedCamera other) => this with { Calibration = null } == other with { Calibration = null };

    public override string ToString() => $"camera {DeviceId:N}";
}

/// <summary>What the owner declared the stream to be; the probe measures against it.</summary>
/// <param name="MinFps">Frames per second; 0 when nothing is demanded.</param>
/// <param name="Width">Pixels; 0 when nothing is demanded.</param>
/// <param name="Height">Pixels; 0 when nothing is demanded.</param>
/// <param name="Codec">Null when any codec will do.</param>
/// <param name="MinKbps">Kilobits (1000 bits) of video a second; 0 when nothing is demanded.</param>
public sealed record DeclaredParameters(double MinFps, int Width, int Height, VideoCodec? Codec, double MinKbps = 0);

public enum VideoCodec { H264, H265 }

/// <summary>One thing a probe saw. <paramref name="Id"/> is made by the probe and serves as the command id: sent twice, it counts once.</summary>
/// <param name="ObservedAt">
/// By the probe's clock, whose state is <paramref name="Clock"/>. From a clock that is not synchronised, or is ahead of the API's by more
/// than two minutes, it is taken all the same and marked: the verdict counts from when it came in (<c>device.clock-doubted.v1</c>).
/// </param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(VerdictObserved), "verdict")]
[JsonDerivedType(typeof(MeasurementObserved), "measurement")]
[JsonDerivedType(typeof(PanelSignalObserved), "panel-signal")]
[JsonDerivedType(typeof(PanelLinkObserved), "panel-link")]
[JsonDerivedType(typeof(PanelHeard), "panel-heard")]
[JsonDerivedType(typeof(ContactObserved), "contact")]
[JsonDerivedType(typeof(RecordingObserved), "recording")]
[JsonDerivedType(typeof(DetectorObserved), "detector")]
[JsonDerivedType(typeof(ShowingObserved), "showing")]
public abstract record Observation(Guid Id, Guid DeviceId, DateTimeOffset ObservedAt, ClockState Clock)
{
    /// <summary>The trace it was seen in (W3C traceparent), for engineers; null where nobody traces.</summary>
    public string? Trace { get; init; }
}

/// <summary>What the probe holds true of a device from now on. It is sent when it changes, and becomes a fact.</summary>
/// <param name="Since">Where the state began: an outage begins at the last good access unit, not at the decision.</param>
/// <param name="Measured">The window the verdict rests on, where there was media at all.</param>
public sealed record VerdictObserved(
    Guid Id, Guid DeviceId, DateTimeOffset ObservedAt, ClockState Clock,
    Verdict Verdict, DateTimeOffset Since, Measured? Measured, string Detail) : Observation(Id, DeviceId, ObservedAt, Clock)
{
    /// <summary>The picture it rests on, as a small blurred JPEG of at most 64 kB; null for a verdict that rests on none.</summary>
    public byte[]? Still { get; init; }

    /// <summary>What the camera itself answered, where the verdict rests on that: at most <see cref="RawAnswer.Longest"/> characters, no secret.</summary>
    public string? Answer { get; init; }
}

/// <summary>How the stream is doing now: telemetry, only the newest counts, never an event.</summary>
public sealed record MeasurementObserved(
    Guid Id, Guid DeviceId, DateTimeOffset ObservedAt, ClockState Clock,
    Measurement Measurement) : Observation(Id, DeviceId, ObservedAt, Clock);

/// <summary>A panel said something. Its id follows from account, number, time stamp and content, so what is sent twice counts once.</summary>
/// <param name="On">It began; else it is over.</param>
/// <param name="Zone">0: the panel itself.</param>
/// <param name="SentAt">By the panel's own clock, whole seconds; null when it said none.</param>
public sealed record PanelSignalObserved(
    Guid Id, Guid DeviceId, DateTimeOffset ObservedAt, ClockState Clock,
    PanelSignal Signal, bool On, int Zone, DateTimeOffset? SentAt) : Observation(Id, DeviceId, ObservedAt, Clock);

/// <summary>Whether a panel is heard has changed.</summary>
/// <param name="Since">For a panel that fell silent: when it was heard last.</param>
public sealed record PanelLinkObserved(
    Guid Id, Guid DeviceId, DateTimeOffset ObservedAt, ClockState Clock,
    PanelLink Link, DateTimeOffset Since) : Observation(Id, DeviceId, ObservedAt, Clock);

/// <summary>When a panel was heard last: telemetry, only the newest counts, never an event.</summary>
public sealed record PanelHeard(
    Guid Id, Guid DeviceId, DateTimeOffset ObservedAt, ClockState Clock, DateTimeOffset LastHeard) : Observation(Id, DeviceId, ObservedAt, Clock);

/// <summary>The contact of an exit turned, or nothing comes from it any more.</summary>
/// <param name="Since">When it turned, or was heard last.</param>
public sealed record ContactObserved(
    Guid Id, Guid DeviceId, DateTimeOffset ObservedAt, ClockState Clock,
    ContactState State, DateTimeOffset Since) : Observation(Id, DeviceId, ObservedAt, Clock);

/// <summary>What was recorded of a camera in one hour, by what lies on the recorder. Its id follows from camera, hour and head, so what is told twice counts once.</summary>
/// <param name="Hour">When it began, a whole hour, UTC.</param>
/// <param name="Root">Head of the list of its files (<see cref="Recordings.RecordingList"/>); null: nothing was recorded.</param>
/// <param name="Unread">Files of it that could not be read.</param>
public sealed record RecordingObserved(
    Guid Id, Guid DeviceId, DateTimeOffset ObservedAt, ClockState Clock,
    DateTimeOffset Hour, string? Root, int Files, long Bytes, int Unread) : Observation(Id, DeviceId, ObservedAt, Clock);

/// <summary>Whether the probe's own clock could be trusted, and how far it was off (milliseconds, positive: ahead).</summary>
/// <param name="ComparedAt">When it was last held against the API's clock, by the probe's own; null when it never was since the probe began.</param>
public sealed record ClockState(bool Synchronised, double OffsetMs, DateTimeOffset? ComparedAt = null);

/// <summary>What the media itself said over a window of time. Null: not seen.</summary>
/// <param name="WindowSeconds">Length of the window measured over.</param>
/// <param name="Fps">Access units per second.</param>
/// <param name="BitrateKbps">Payload of the video, kilobits (1000 bits) per second.</param>
/// <param name="KeyframeIntervalSeconds">Mean time between keyframes.</param>
/// <param name="Profile">As the codec names it, <c>High</c> or <c>Main</c>.</param>
/// <param name="Level">As the codec names it, <c>4.1</c>.</param>
/// <param name="Width">Pixels, from the stream's parameter sets, after cropping.</param>
/// <param name="Height">Pixels, likewise.</param>
/// <param name="ClockOffsetMs">The camera's clock minus the probe's, from RTCP sender reports.</param>
/// <param name="PacketsLost">RTP packets missing in the window.</param>
/// <param name="HasClock">Whether a running clock is burnt into the picture; null before enough pictures were looked at.</param>
/// <param name="Proofs">What the camera says of itself and what was proven of it; null before it was asked.</param>
public sealed record Measurement(
    double WindowSeconds, double Fps, double BitrateKbps, double? KeyframeIntervalSeconds,
    VideoCodec? Codec, string? Profile, string? Level, int? Width, int? Height,
    double? ClockOffsetMs, long PacketsLost, DateTimeOffset? LastAccessUnitAt, bool? HasClock = null, CameraProofs? Proofs = null)
{
    /// <summary>Frames a second by the timing information of the parameter sets: what the camera claims, beside <see cref="Fps"/>; null where it claims nothing.</summary>
    public double? NominalFps { get; init; }

    /// <summary>The part of it that may stand in a fact.</summary>
    public Measured ToMeasured() =>
        new(Codec?.ToString(), Width, Height, Fps, BitrateKbps, KeyframeIntervalSeconds, ClockOffsetMs);
}

/// <summary>What a camera says of itself over ONVIF, and what was proven of it, by the newest round. Null: it does not say.</summary>
/// <param name="Device">Maker and model.</param>
/// <param name="ClockOffsetMs">The camera's clock by ONVIF minus the probe's, milliseconds; in whole seconds, as it is told.</param>
/// <param name="Archive">Whether random instants of the days that must be kept could be replayed.</param>
/// <param name="Live">Whether the picture is made now.</param>
public sealed record CameraProofs(
    DateTimeOffset At, string? Device, string? Serial, string? Firmware, DeclaredVideo? Declared, double? ClockOffsetMs, Proven Archive, Proven Live);

/// <summary>What a camera declares its stream to be; never a measurement. Null: it does not say.</summary>
/// <param name="Gop">Frames from keyframe to keyframe.</param>
public sealed record DeclaredVideo(string? Codec, int? Width, int? Height, double? Fps, double? Kbps, double? Gop);

/// <summary>How a proof stands: nobody asked yet, it was given, it was broken, or it cannot be given online and a person has to look.</summary>
public enum ProofState { Unasked, Given, Broken, Unverifiable }

/// <summary>
/// How much a proof that the picture is made now is worth: strong where nobody but the camera of this moment could give it, fair where a loop would
/// have to be made for it (its clock runs, its scene lives and nothing came again), weak where only one of these was seen.
/// </summary>
public enum ProofStrength { None, Weak, Fair, Strong }

/// <param name="Detail">The text of a <see cref="Devices.Detail"/>: by which method, with which figures.</param>
public sealed record Proven(ProofState State, string Detail, DateTimeOffset? At)
{
    /// <summary>Of a proof that the picture is made now.</summary>
    public ProofStrength Strength { get; init; }

    public static readonly Proven Unasked = new(ProofState.Unasked, "", null);
}

/// <summary>What the API did with one observation: accepted when <paramref name="Refused"/> is null, else a stable code; do not send it again.</summary>
public sealed record ObservationAnswer(Guid Id, string? Refused);

/// <summary>Sign of life of a probe, every few seconds.</summary>
/// <param name="LoopLateMs">How late its own loop ran at worst since the last heartbeat.</param>
/// <param name="Watching">Cameras it is asked to watch and tries to.</param>
/// <param name="Blind">It cannot judge now: the fault is on its own side.</param>
/// <param name="SpoolDepth">Observations waiting on its disk.</param>
/// <param name="DeadLetters">Observations the API refused, kept aside on its disk.</param>
/// <param name="BeganAnew">Its file was damaged when it started, and lies set aside: what waited in it was not told.</param>
public sealed record Heartbeat(
    Guid ProbeId, double LoopLateMs, int Watching, bool Blind, int SpoolDepth, int DeadLetters, string Version, bool BeganAnew = false)
{
    /// <summary>How the box itself is; null from one that does not tell.</summary>
    public BoxHealth? Health { get; init; }
}

/// <summary>
/// Somebody is typing a camera in and wants to know whether it works, and only a probe of that venue is asked; or a second place is to
/// look once at a camera in outage. Its text never holds the password.
/// </summary>
/// <param name="WithStill">Whether a picture is to come with the answer.</param>
/// <param name="Blurred">The picture is blurred before it leaves the box: small and grey, to draw over, with nobody in it to be known.</param>
public sealed record FeedTest(Guid Id, Guid VenueId, Uri Uri, string? UserName, string? Password, bool WithStill = true, bool Blurred = false)
{
    public override string ToString() => $"feed test {Id:N}";
}

/// <summary>What became of a feed test: <see cref="Verdict.Online"/> or the reason why not, and how far it got.</summary>
/// <param name="StillJpegBase64">One decoded picture, at most 640 pixels wide.</param>
/// <param name="Steps">In order; the first that is not ok is the last.</param>
public sealed record FeedTestResult(
    Verdict Verdict, string Detail, Measurement? Measurement,
    [property: JsonConverter(typeof(PictureText))] string? StillJpegBase64, IReadOnlyList<FeedTestStep> Steps)
{
    /// <summary>The whole picture is blurred: the box was asked to, or has no network that finds faces.</summary>
    public bool IsBlurred { get; init; }

    /// <summary>Why the probe did not even dial: the figure of <see cref="Reason.AddressRefused"/>, when it is one of these.</summary>
    static readonly string[] Codes = ["feed.target-refused", "feed.private-refused"];

    /// <summary>What a person is told: our own words and measured numbers, nothing that the machine at that address or its network said.</summary>
    public FeedTestResult Told() => this with
    {
        Detail = Devices.Detail.Read(Detail) is [{ Reason: Reason.AddressRefused, Figures: [var code] }] && Codes.Contains(code) ? code : "",
        Steps = [.. Steps.Where(step => FeedTestStep.Names.Contains(step.Name)).Select(step => step with { Detail = "" })],
    };
}

/// <summary>A small picture as base64: a JPEG of half a megabyte at most.</summary>
public sealed class PictureText() : BoundedText(700_000);

/// <summary>One step of a feed test.</summary>
/// <param name="Name">One of <see cref="Names"/>.</param>
public sealed record FeedTestStep(string Name, bool Ok, double ElapsedMs, string Detail)
{
    public static readonly IReadOnlyList<string> Names = ["resolve", "connect", "describe", "setup", "play", "keyframe", "measure", "still"];
}

/// <summary>What a probe signs in with, shown once. Its text never holds the secret.</summary>
/// <param name="ClientSecret">Null when the probe was enrolled before: it has its secret already.</param>
public sealed record ProbeSecret(Guid ProbeId, string ClientId, string? ClientSecret)
{
    public override string ToString() => $"secret of probe {ProbeId:N}";
}
