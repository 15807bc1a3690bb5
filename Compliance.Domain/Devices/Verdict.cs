namespace Compliance.Domain.Devices;

/// <summary>
/// What Judge holds true of a device. The first group is said of cameras, the second of fire alarms, the third of exits;
/// the last two say nothing against the device.
/// </summary>
public enum Verdict
{
    Online, Unreachable, AuthFailed, SessionLimit, NoStream, Stalled, FrozenPicture, Black, Covered, Defocused, Moved, Glare,
    ParameterViolation, ClockSkew, ArchiveShort, LoopedOrReplayed,
    Ready, Fault, CommFault,
    Clear, Blocked, Locked,
    Unknown, ProbeBlind,
}

/// <summary>Availability is three-valued: no data is never "up", and never held against the owner.</summary>
public enum Availability { Up, Down, Unknown }

public static class Verdicts
{
    public static Availability Availability(this Verdict verdict) => verdict switch
    {
        Verdict.Online or Verdict.Ready or Verdict.Clear => Devices.Availability.Up,
        Verdict.Unknown or Verdict.ProbeBlind => Devices.Availability.Unknown,
        _ => Devices.Availability.Down,
    };

    public static bool SuitsA(this Verdict verdict, DeviceKind kind) => verdict switch
    {
        Verdict.Unknown => true,
        Verdict.Ready or Verdict.Fault or Verdict.CommFault => kind == DeviceKind.FireAlarm,
        Verdict.Clear or Verdict.Blocked or Verdict.Locked => kind == DeviceKind.Exit,
        _ => kind == DeviceKind.Camera,
    };
}
