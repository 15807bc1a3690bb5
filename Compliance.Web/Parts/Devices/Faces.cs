using Compliance.Domain.Devices;
using static MudBlazor.Icons.Material;

namespace Compliance.Web.Parts.Devices;

/// <summary>The icon beside every word about a device: what is said is never said by colour alone.</summary>
public static class Faces
{
    public static string Icon(this Verdict verdict) => verdict switch
    {
        Verdict.Online or Verdict.Ready or Verdict.Clear => Rounded.CheckCircle,
        Verdict.Unreachable => Rounded.CloudOff,
        Verdict.AuthFailed => Rounded.Key,
        Verdict.SessionLimit => Rounded.Groups,
        Verdict.NoStream => Rounded.VideocamOff,
        Verdict.Stalled => Rounded.PauseCircle,
        Verdict.FrozenPicture => Rounded.AcUnit,
        Verdict.Black => Rounded.Brightness2,
        Verdict.Covered => Rounded.VisibilityOff,
        Verdict.Defocused => Rounded.BlurOn,
        Verdict.Moved => Rounded.OpenWith,
        Verdict.Glare => Rounded.WbSunny,
        Verdict.ParameterViolation => Rounded.Speed,
        Verdict.ClockSkew => Rounded.MoreTime,
        Verdict.ArchiveShort => Rounded.Inventory2,
        Verdict.LoopedOrReplayed => Rounded.Loop,
        Verdict.Fault => Rounded.Error,
        Verdict.CommFault => Rounded.LinkOff,
        Verdict.Blocked => Rounded.Block,
        Verdict.Locked => Rounded.Lock,
        Verdict.ProbeBlind => Rounded.SensorsOff,
        Verdict.OutOfHours => Rounded.Bedtime,
        Verdict.NoLegalBasis or Verdict.VenueClosed => Rounded.DoNotDisturbOn,
        _ => Rounded.HelpOutline,
    };

    public static string Icon(this DeviceKind kind) => kind switch
    {
        DeviceKind.Camera => Rounded.Videocam,
        DeviceKind.FireAlarm => Rounded.LocalFireDepartment,
        _ => Rounded.MeetingRoom,
    };

    /// <summary>The class that gives a state its tone; the word and the icon say the same.</summary>
    public static string Tone(this Availability availability) => availability switch
    {
        Availability.Up => "good",
        Availability.Down => "bad",
        _ => "unclear",
    };

    public static string Tone(this Verdict verdict) => verdict.Availability().Tone();
}
