namespace Compliance.Domain.Probes;

/// <summary>How a box itself is, as it says with each heartbeat: telemetry, only the newest counts. Null where the machine does not tell.</summary>
/// <param name="CpuShare">Of all its cores, since the last heartbeat: 0 to 1.</param>
/// <param name="MemoryShare">In use, of what there is: 0 to 1.</param>
/// <param name="DiskFreeMb">Free where the spool lies.</param>
/// <param name="DiskShare">In use there: 0 to 1.</param>
/// <param name="TemperatureC">Of its hottest part.</param>
/// <param name="Canaries">Whether one of its canaries answers; null where it has none.</param>
/// <param name="OwnKey">It signs in with a key it made itself.</param>
/// <param name="Refusals">Observations that were refused and are set aside, by code: those that are still there.</param>
public sealed record BoxHealth(
    double? CpuShare, double? MemoryShare, long? DiskFreeMb, double? DiskShare, double? TemperatureC, TimeSpan RunsFor, ClockState Clock,
    bool? Canaries, bool OwnKey, IReadOnlyDictionary<string, int> Refusals)
{
    /// <summary>How its detectors are doing; null where none may run.</summary>
    public EyesHealth? Eyes { get; init; }
}

/// <summary>The detectors of a box: cameras they watch, cameras left out for a while because the machine cannot keep up, and frames looked at and missed in the last second, by those that compare faces too.</summary>
public sealed record EyesHealth(int Watched, int LeftOut, long Analysed, long Skipped)
{
    public EyesHealth With((long Analysed, long Skipped) frames) => this with { Analysed = Analysed + frames.Analysed, Skipped = Skipped + frames.Skipped };
}

/// <summary>What somebody has to see to at a box.</summary>
public enum BoxWarning { Silent, Blind, CanaryDead, ClockOff, DiskFull, MemoryFull, CpuBusy, Hot, Late, SpoolGrows, Refused, BeganAnew, FramesShed }

/// <summary>From when on a figure of a box is a warning.</summary>
public static class BoxWarnings
{
    const double Full = 0.9, Busy = 0.95, HotC = 80, LateMs = 2_000;
    const long DiskLowMb = 500;
    const int Waiting = 1_000;

    /// <summary>The worst first.</summary>
    /// <param name="beat">The newest; null when this box was not heard since the API began.</param>
    public static IReadOnlyList<BoxWarning> Of(ProbeCard card, Heartbeat? beat) =>
    [
        .. Enumerable.Empty<BoxWarning>()
            .With(BoxWarning.Silent, card.Silent)
            .With(BoxWarning.Blind, !card.Silent && card.Blind)
            .With(BoxWarning.DiskFull, beat?.Health is { DiskFreeMb: < DiskLowMb } or { DiskShare: > Full })
            .With(BoxWarning.ClockOff, beat?.Health is { Clock.Synchronised: false })
            .With(BoxWarning.CanaryDead, beat?.Health is { Canaries: false })
            .With(BoxWarning.Hot, beat?.Health is { TemperatureC: > HotC })
            .With(BoxWarning.MemoryFull, beat?.Health is { MemoryShare: > Full })
            .With(BoxWarning.CpuBusy, beat?.Health is { CpuShare: > Busy })
            .With(BoxWarning.Late, beat is { LoopLateMs: > LateMs })
            .With(BoxWarning.SpoolGrows, beat is { SpoolDepth: > Waiting })
            .With(BoxWarning.Refused, beat?.Health?.Refusals.Keys.Any(code => code != "probe.lease-lost") == true)
            .With(BoxWarning.FramesShed, beat?.Health?.Eyes is { LeftOut: > 0 })
            .With(BoxWarning.BeganAnew, beat is { BeganAnew: true }),
    ];

    static IEnumerable<BoxWarning> With(this IEnumerable<BoxWarning> warnings, BoxWarning warning, bool isSo) => isSo ? warnings.Append(warning) : warnings;
}

/// <summary>One probe as its page shows it: its card, what it last said of itself, and what it holds.</summary>
/// <param name="LastHeard">Null when it was never heard.</param>
public sealed record ProbeStatus(ProbeCard Card, DateTimeOffset? LastHeard, Heartbeat? Beat, IReadOnlyList<BoxWarning> Warnings, IReadOnlyList<HeldVenue> Venues)
{
    /// <summary>What it said of its last days, the newest first.</summary>
    public IReadOnlyList<DayStatement> Days { get; init; } = [];
}

/// <summary>One venue that a probe may watch, and who does.</summary>
/// <param name="Until">Until when the holder's lease runs without another heartbeat; null where nobody holds it.</param>
public sealed record HeldVenue(Guid VenueId, string NameKk, string NameRu, Guid? HolderId, string? HolderName, DateTimeOffset? Since, DateTimeOffset? Until, int? EverySeconds, int Cameras, int Down);

/// <summary>What somebody has to see to at one probe; only probes with warnings are listed.</summary>
public sealed record ProbeWarnings(Guid ProbeId, IReadOnlyList<BoxWarning> Warnings);
