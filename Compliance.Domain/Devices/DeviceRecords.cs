using System.Text.Json.Serialization;

namespace Compliance.Domain.Devices;

public enum DeviceKind { Camera, FireAlarm, Exit }

/// <summary>In which hours a device owes its duty: at all hours, or only while the venue is open.</summary>
public enum MandatedHours { AllHours, OpeningHours }

/// <summary>Where the device is, in both state languages, and what it is made to do there.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CameraSpec), "camera")]
[JsonDerivedType(typeof(FireAlarmSpec), "fire-alarm")]
[JsonDerivedType(typeof(ExitSpec), "exit")]
public abstract record DeviceSpec(string PlaceKk, string PlaceRu)
{
    [JsonIgnore]
    public DeviceKind Kind => this switch
    {
        CameraSpec => DeviceKind.Camera,
        FireAlarmSpec => DeviceKind.FireAlarm,
        _ => DeviceKind.Exit,
    };
}

public enum CameraPurpose { Entrance, Exit, DanceFloor, Bar, CashDesk, Hall, Outside }

/// <summary>RTP over the RTSP connection (interleaved), or over UDP where a camera insists.</summary>
public enum FeedTransport { Tcp, Udp }

/// <summary>A camera's streams. Addresses are <c>rtsp://</c> and never hold credentials: those stand in the vault.</summary>
public sealed record Feed(Uri Main, Uri? Sub = null, FeedTransport Transport = FeedTransport.Tcp);

/// <param name="Openings">Doors and passages the camera covers, by the venue's own labels.</param>
/// <param name="Zones">Parts of the hall the camera covers.</param>
public sealed record CameraSpec(
    string PlaceKk, string PlaceRu, CameraPurpose Purpose, IReadOnlyList<string> Openings, IReadOnlyList<string> Zones, Feed Feed)
    : DeviceSpec(PlaceKk, PlaceRu);

/// <param name="Panel">Maker and model of the control panel.</param>
public sealed record FireAlarmSpec(
    string PlaceKk, string PlaceRu, string Panel, IReadOnlyList<string> Zones, DateOnly? LastTest, DateOnly? LastService)
    : DeviceSpec(PlaceKk, PlaceRu);

public enum OpeningDirection { Outward, Inward, Sliding }

/// <summary>How the door is held. A panic bar follows EN 1125; a key on the escape side is a violation.</summary>
public enum LockType { None, PanicBar, Magnetic, Key }

/// <param name="ClearWidthMm">Free width of the open door, millimetres.</param>
/// <param name="ClearHeightMm">Free height, millimetres.</param>
public sealed record ExitSpec(
    string PlaceKk, string PlaceRu, int ClearWidthMm, int ClearHeightMm, OpeningDirection Opening, LockType Lock)
    : DeviceSpec(PlaceKk, PlaceRu);

/// <summary>What the probe read from the media itself, never from what a camera declares.</summary>
/// <param name="Codec"><c>H264</c> or <c>H265</c>.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Fps">Access units per second.</param>
/// <param name="BitrateKbps">Kilobits per second of payload.</param>
/// <param name="KeyframeIntervalSeconds">Seconds between random access points.</param>
/// <param name="ClockOffsetMs">Camera clock minus probe clock, milliseconds, from RTCP sender reports.</param>
public sealed record Measured(
    string? Codec, int? Width, int? Height, double? Fps, double? BitrateKbps, double? KeyframeIntervalSeconds, double? ClockOffsetMs);
