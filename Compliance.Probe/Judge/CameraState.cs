using System.Collections.Immutable;
using Compliance.Domain.Devices;

namespace Compliance.Probe.Judge;

/// <summary>How the judge stands towards a camera. Only what it <see cref="CameraState.Told"/> leaves the probe.</summary>
internal enum Phase { Unseen, Online, Suspect, Offline }

/// <summary>A verdict, since when, and why.</summary>
/// <param name="Answer">What the camera itself answered, where that is what it rests on.</param>
internal sealed record Held(Verdict Verdict, DateTimeOffset Since, string Detail, string? Answer = null)
{
    /// <summary>From then until <see cref="Since"/> nobody looked, so nobody knows; null where the camera was held open.</summary>
    public DateTimeOffset? UnseenSince { get; init; }

    /// <summary>Since when it holds for this reason, where another was told before; null for the first.</summary>
    public DateTimeOffset? ReasonSince { get; init; }
}

/// <summary>Something that has to happen several times in a row before it counts.</summary>
internal sealed record Streak(int Count, Verdict? What, DateTimeOffset Since)
{
    public static readonly Streak None = new(0, null, default);

    public Streak Add(Verdict? what, DateTimeOffset at) => what == What && Count > 0 ? this with { Count = Count + 1 } : new(1, what, at);
}

/// <summary>What can be proven of a camera: that its picture is made now, that it is the camera it was, that it keeps its recordings.</summary>
internal enum ProofOf { Live, NothingRepeats, Identity, Archive, Clock }

/// <summary>What was disproven, until it is proven.</summary>
internal sealed record Disproven(Held? Live = null, Held? NothingRepeats = null, Held? Identity = null, Held? Archive = null, Held? Clock = null)
{
    public static readonly Disproven None = new();

    public Disproven Hear(Sign.Proved sign) => With(sign.Of, sign.Fault is { } fault ? new(fault, sign.At, sign.Evidence) : null);

    Disproven With(ProofOf what, Held? held) => what switch
    {
        ProofOf.Live => this with { Live = Longer(Live, held) },
        ProofOf.NothingRepeats => this with { NothingRepeats = Longer(NothingRepeats, held) },
        ProofOf.Identity => this with { Identity = Longer(Identity, held) },
        ProofOf.Clock => this with { Clock = Longer(Clock, held) },
        _ => this with { Archive = Longer(Archive, held) },
    };

    /// <summary>It stands since it was found first, with the newest figures.</summary>
    static Held? Longer(Held? before, Held? now) => now is null || before is null ? now : now with { Since = before.Since };
}

/// <summary>All the judge remembers of one camera.</summary>
/// <param name="LastGood">The last access unit; before the first, when watching began.</param>
/// <param name="StaleFrom">From when silence counts against the camera: <paramref name="LastGood"/>, or the end of our own blindness.</param>
/// <param name="Blind">The probe could not see when it last looked in vain.</param>
/// <param name="Failures">Failed attempts since then, by their latest cause.</param>
/// <param name="HealthySince">Since when media has come without a break; null while it does not.</param>
/// <param name="Recoveries">When outages ended, as far back as flapping is counted.</param>
/// <param name="Flaps">The outage told is one of too many: it stands until all has been well for long.</param>
/// <param name="WellSince">Since when a flapping camera has been well; null while it is not.</param>
internal sealed record CameraState(
    Phase Phase, DateTimeOffset LastGood, DateTimeOffset StaleFrom, bool Blind, int Failures, Streak Cause, string CauseDetail,
    DateTimeOffset? HealthySince, ImmutableArray<DateTimeOffset> Recoveries, bool Flaps, DateTimeOffset? WellSince,
    Streak Frames, Streak Bits, Streak Format, Streak Clock, Streak Picture, Held? PictureFault, Held? WindowFault, Held Told)
{
    public Disproven Disproven { get; init; } = Disproven.None;

    /// <summary>Looks in a row that found no picture in the media.</summary>
    public Streak Vain { get; init; } = Streak.None;

    /// <summary>Pictures seen since there was none for long.</summary>
    public int Shown { get; init; }

    /// <summary>Media comes and no picture; until enough were seen again.</summary>
    public Held? NoPicture { get; init; }

    /// <summary>Looks in a row that found some fault, whatever it was.</summary>
    public Streak BadLooks { get; init; } = Streak.None;

    public Darkness Darkness { get; init; } = Darkness.None;

    public ReasonShift Shift { get; init; } = ReasonShift.None;

    /// <summary>What the camera answered when the latest attempt failed; null where it said nothing.</summary>
    public string? CauseAnswer { get; init; }

    /// <param name="lastGood">The last access unit of the watch before this one, where it is known.</param>
    /// <param name="pictureFault">What was wrong with its pictures then: it holds until three looks disprove it.</param>
    public static CameraState Begin(DateTimeOffset at, DateTimeOffset? lastGood = null, Held? pictureFault = null) => new(
        Phase.Unseen, lastGood ?? at, at, false, 0, Streak.None, "", null, [], false, null, Streak.None, Streak.None, Streak.None, Streak.None, Streak.None, pictureFault, null,
        new(Verdict.Unknown, at, Detail.Of(Reason.WatchingBegan)));
}
