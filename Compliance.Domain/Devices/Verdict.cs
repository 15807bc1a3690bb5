namespace Compliance.Domain.Devices;

/// <summary>
/// What Judge holds true of a device. The first group is said of cameras, the second of fire alarms, the third of exits;
/// the last five say nothing against the device: nobody knows, or nobody is owed
/// anything (no legal basis holds, the venue closed for good, or it is shut until its next opening).
/// </summary>
public enum Verdict
{
    Online, Unreachable, AuthFailed, SessionLimit, NoStream, Stalled, FrozenPicture, Black, Covered, Defocused, Moved, Glare,
    ParameterViolation, ClockSkew, ArchiveShort, LoopedOrReplayed,
    Ready, Fault, CommFault,
    Clear, Blocked, Locked,
    Unknown, ProbeBlind, NoLegalBasis, VenueClosed, OutOfHours,
}

/// <summary>Availability is three-valued: no data is never "up", and never held against the owner.</summary>
public enum Availability { Up, Down, Unknown }

public static class Verdicts
{
    public static Availability Availability(this Verdict verdict) => verdict switch
    {
        Verdict.Online or Verdict.Ready or Verdict.Clear => Devices.Availability.Up,
        Verdict.Unknown or Verdict.ProbeBlind or Verdict.NoLegalBasis or Verdict.VenueClosed or Verdict.OutOfHours => Devices.Availability.Unknown,
        _ => Devices.Availability.Down,
    };

    /// <summary>Whether there is a duty to speak of. The API alone says that there is none; time without one is no availability of any kind.</summary>
    public static bool IsOwed(this Verdict verdict) => verdict is not (Verdict.NoLegalBasis or Verdict.VenueClosed or Verdict.OutOfHours);

    /// <summary>The duty is met, or there is none any more: either ends an outage. Closing time does neither: it is owed again at the next opening.</summary>
    public static bool EndsOutage(this Verdict verdict) => verdict.Availability() == Devices.Availability.Up || verdict is Verdict.NoLegalBasis or Verdict.VenueClosed;

    /// <summary>
    /// Nothing came from the device, which may lie in it or in whatever is on the way to it. Every other bad verdict was
    /// answered or seen: the device could be reached, and was not as it must be.
    /// </summary>
    public static bool IsSilence(this Verdict verdict) => verdict is Verdict.Unreachable or Verdict.Stalled or Verdict.CommFault;

    /// <summary>
    /// The camera was asked for pictures and brought none, answered or not: a second place may see another thing, so it is looked at
    /// from there before anybody is called to account.
    /// </summary>
    public static bool BringsNoPicture(this Verdict verdict) =>
        verdict is Verdict.Unreachable or Verdict.Stalled or Verdict.NoStream or Verdict.SessionLimit or Verdict.AuthFailed;

    /// <summary>Found in the picture itself: the media came as it should.</summary>
    public static bool IsSeen(this Verdict verdict) =>
        verdict is Verdict.FrozenPicture or Verdict.Black or Verdict.Covered or Verdict.Defocused or Verdict.Moved or Verdict.Glare or Verdict.LoopedOrReplayed;

    public static bool SuitsA(this Verdict verdict, DeviceKind kind) => verdict switch
    {
        Verdict.Unknown or Verdict.VenueClosed => true,
        Verdict.Ready or Verdict.Fault or Verdict.CommFault => kind == DeviceKind.FireAlarm,
        Verdict.Clear or Verdict.Blocked or Verdict.Locked or Verdict.OutOfHours => kind == DeviceKind.Exit,
        _ => kind == DeviceKind.Camera,
    };
}
