using System.Diagnostics;
using System.Globalization;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;

namespace Compliance.Probe.Judge;

/// <summary>
/// Turns signs into verdicts, with patience in both directions. Pure: the same signs always give the same verdicts.
/// Online, then suspect when no picture comes, then offline when reconnecting failed and time has passed; the outage begins
/// at the last good picture. Back online after healthy media for a while, a longer while each time a camera flaps.
/// </summary>
internal static class CameraJudge
{
    public static CameraState Hear(CameraState state, Sign sign, DeclaredParameters declared, JudgeSettings settings) => Tell(
        sign switch
        {
            Sign.Failed failed => Fail(state, failed),
            Sign.Glanced glance when glance.At < state.LastGood => Glance(SetBack(state, glance.At), glance, settings),
            Sign.Glanced glance => Darken(Glance(state, glance, settings), glance, settings),
            Sign.Windowed window => Compare(state, window, declared, settings),
            Sign.Looked look => Look(Show(state, settings), look, settings),
            Sign.LookedInVain look => LookInVain(state, look, settings),
            Sign.Proved proved => state with { Disproven = state.Disproven.Hear(proved) },
            _ => throw new UnreachableException(),
        },
        sign.At,
        settings);

    static CameraState Glance(CameraState state, Sign.Glanced glance, JudgeSettings settings) =>
        IsFresh(state, glance, settings) ? See(state, glance, settings) : Miss(state, glance, settings);

    /// <summary>Only of a camera that counts as being there: an outage is told as such.</summary>
    static CameraState Darken(CameraState state, Sign.Glanced glance, JudgeSettings settings) => state with
    {
        Darkness = state.Phase is Phase.Online or Phase.Suspect ? state.Darkness.Hear(glance.At, state.LastGood, glance.Blind, settings) : Darkness.None,
    };

    /// <summary>A picture from far ahead came before the clock was set back, and says nothing of now.</summary>
    static bool IsFresh(CameraState state, Sign.Glanced glance, JudgeSettings settings) =>
        glance.LastAccessUnitAt is { } last && last >= state.LastGood && (glance.At - last).Duration() < settings.SuspectAfter;

    /// <summary>The wall clock was set back: all that is being counted goes back with it, or silence would not count until it has caught up.</summary>
    static CameraState SetBack(CameraState state, DateTimeOffset at)
    {
        var step = state.LastGood - at;
        return state with { LastGood = at, StaleFrom = state.StaleFrom - step, HealthySince = state.HealthySince - step, WellSince = state.WellSince - step, Darkness = Darkness.None with { Fault = state.Darkness.Fault } };
    }

    /// <summary>What is doubted convicts nobody: the camera stays suspect, and its time goes on.</summary>
    static CameraState Fail(CameraState state, Sign.Failed failed) => failed.Doubted ? state : state with
    {
        Failures = state.Failures + 1,
        Cause = state.Cause.Add(failed.Cause, failed.At),
        CauseDetail = failed.Detail,
        CauseAnswer = failed.Answer,
    };

    static CameraState See(CameraState state, Sign.Glanced glance, JudgeSettings settings)
    {
        var last = glance.LastAccessUnitAt!.Value;
        var seen = state with { LastGood = last, StaleFrom = last, Blind = false, Failures = 0, HealthySince = state.HealthySince ?? last };
        return state.Phase switch
        {
            Phase.Suspect => seen with { Phase = Phase.Online },
            Phase.Unseen when glance.At - seen.HealthySince >= settings.FirstHold => seen with { Phase = Phase.Online },

            // A fault of the picture outlives an outage until three looks disprove it, or pulling the plug would end it.
            Phase.Offline when glance.At - seen.HealthySince >= HoldOf(seen, glance.At, settings) =>
                seen with { Phase = Phase.Online, PictureFault = seen.PictureFault is { } fault ? fault with { Since = seen.HealthySince!.Value } : null },
            _ => seen,
        };
    }

    static CameraState Miss(CameraState state, Sign.Glanced glance, JudgeSettings settings)
    {
        var waiting = state with
        {
            HealthySince = null,
            Phase = state.Phase == Phase.Online && glance.At - state.StaleFrom >= settings.SuspectAfter ? Phase.Suspect : state.Phase,
        };
        if (waiting.Phase is Phase.Online or Phase.Offline) return waiting;
        if (glance.Blind) return Doubt(waiting, glance, settings);
        if (waiting.Blind) return waiting with { Blind = false, StaleFrom = glance.At, Failures = 0 };
        var isGone = waiting.Failures >= settings.FailedAttempts && glance.At - waiting.StaleFrom >= settings.OfflineAfter;
        return isGone ? Forget(waiting with { Phase = Phase.Offline, WindowFault = null }) : waiting;
    }

    /// <summary>What was being counted ends with an outage, and with nothing less: short gaps would keep a camera from ever being judged.</summary>
    static CameraState Forget(CameraState state) => state with
    {
        Frames = Streak.None,
        Bits = Streak.None,
        Format = Streak.None,
        Picture = Streak.None,
        BadLooks = Streak.None,
        Vain = Streak.None,
    };

    /// <summary>Where an outage would be declared the probe doubts itself instead; the camera's time starts over when sight returns.</summary>
    static CameraState Doubt(CameraState state, Sign.Glanced glance, JudgeSettings settings)
    {
        var blind = state with { Blind = true, Failures = 0 };
        if (glance.At - state.LastGood < settings.OfflineAfter || state.Told.Verdict == Verdict.ProbeBlind) return blind;
        return blind with { Flaps = false, Told = new(Verdict.ProbeBlind, state.LastGood, Detail.Of(Reason.TooManySilent)) };
    }

    static CameraState Compare(CameraState state, Sign.Windowed window, DeclaredParameters declared, JudgeSettings settings)
    {
        var m = window.Measurement;
        var start = window.From ?? window.At - TimeSpan.FromSeconds(m.WindowSeconds);
        var unreadable = m.Width is null && (window.Unreadable || declared.Width > 0 || declared.Height > 0 || declared.Codec is not null);
        var frames = Next(state.Frames, m.Fps < declared.MinFps * settings.Tolerance, start);
        var bits = Next(state.Bits, m.BitrateKbps < declared.MinKbps * settings.Tolerance, start);
        var format = Next(state.Format, unreadable || HasOtherFormat(m, declared), start);
        var clock = Next(state.Clock, Math.Abs(m.ClockOffsetMs ?? 0) > settings.ClockTolerance.TotalMilliseconds, start);
        var fault =
            format.Count >= settings.FormatWindows ? new Held(Verdict.ParameterViolation, format.Since, unreadable ? Detail.Of(Reason.FormatUnreadable) : FormatDiffers(m, declared))
            : frames.Count >= settings.BreachWindows ? new(Verdict.ParameterViolation, frames.Since, Detail.Of(Reason.FramesLow, Math.Round(m.Fps, 1), declared.MinFps))
            : bits.Count >= settings.BreachWindows ? new(Verdict.ParameterViolation, bits.Since, Detail.Of(Reason.BitrateLow, Math.Round(m.BitrateKbps), declared.MinKbps))
            : clock.Count >= settings.BreachWindows ? new Held(Verdict.ClockSkew, clock.Since, Detail.Of(Reason.ClockOff, Math.Round((m.ClockOffsetMs ?? 0) / 1000, 1)))
            : null;
        return state with { Frames = frames, Bits = bits, Format = format, Clock = clock, WindowFault = fault };
    }

    static Streak Next(Streak streak, bool isBad, DateTimeOffset start) => isBad ? streak.Add(null, start) : Streak.None;

    internal static bool HasOtherFormat(Measurement m, DeclaredParameters declared) =>
        (declared.Width > 0 && m.Width is { } width && width < declared.Width)
        || (declared.Height > 0 && m.Height is { } height && height < declared.Height)
        || (declared.Codec is { } codec && m.Codec is { } seen && seen != codec);

    /// <summary>What came and what was demanded; where nothing was demanded nothing is said.</summary>
    internal static string FormatDiffers(Measurement m, DeclaredParameters declared) => Detail.Of(
        Reason.FormatDiffers, $"{m.Codec}/{m.Width}×{m.Height}", declared.Width > 0 ? $"{declared.Codec}/{declared.Width}×{declared.Height}" : $"{declared.Codec}");

    static CameraState Look(CameraState state, Sign.Looked look, JudgeSettings settings)
    {
        var streak = state.Picture.Add(look.Fault, look.At);
        var bad = look.Fault is null ? Streak.None : state.BadLooks.Add(null, look.At);
        var looked = state with { Picture = streak, BadLooks = bad };
        if (streak.Count >= settings.Looks)
            return looked with { PictureFault = look.Fault is { } fault ? new(fault, streak.Since, Detail.And(look.Evidence, Detail.Of(Reason.PicturesAgree, streak.Count))) : null };

        // Whoever shows one fault after another is told by the last of them.
        return state.PictureFault is null && bad.Count >= settings.MixedLooks ? looked with { PictureFault = new(look.Fault!.Value, bad.Since, look.Evidence) } : looked;
    }

    /// <summary>A picture was decoded. That there was none is over when enough of them were, with no long time without between them.</summary>
    static CameraState Show(CameraState state, JudgeSettings settings)
    {
        var shown = state with { Vain = Streak.None, Shown = state.Shown + 1 };
        return shown.Shown >= settings.Looks ? shown with { NoPicture = null } : shown;
    }

    static CameraState LookInVain(CameraState state, Sign.LookedInVain look, JudgeSettings settings)
    {
        var vain = state.Vain.Add(null, look.At);
        if (vain.Count < settings.Looks || look.At - vain.Since < settings.PictureWithin) return state with { Vain = vain };
        return state with { Vain = vain, Shown = 0, NoPicture = new(Verdict.NoStream, state.NoPicture?.Since ?? vain.Since, look.Evidence) };
    }

    /// <summary>What is held true now; it is told anew when the verdict is another one, or has long had another reason.</summary>
    static CameraState Tell(CameraState state, DateTimeOffset at, JudgeSettings settings)
    {
        var held = state.Phase switch
        {
            Phase.Offline => Offline(state),
            Phase.Online => state.NoPicture ?? state.PictureFault ?? state.Darkness.Fault ?? state.Disproven.Live ?? state.Disproven.NothingRepeats ?? state.Disproven.Clock ?? state.WindowFault ?? state.Disproven.Identity ?? state.Disproven.Archive ?? new(Verdict.Online, Ended(state, at, settings), Recovered(state, at, settings)),
            _ => state.Told,
        };
        if (state.Flaps) return Settle(state, held, at, settings);
        if (held.Verdict == state.Told.Verdict) return Reconsider(state, held, at);
        var (was, now) = (state.Told.Verdict.Availability(), held.Verdict.Availability());
        if (was == Availability.Up && now == Availability.Down && Recent(state, at, settings).Count() is var back && back >= settings.FlappingFrom)
            return state with { Flaps = true, WellSince = null, Told = held with { Detail = Detail.And(Detail.Of(Reason.Flapping, back + 1), held.Detail) } };
        return Recover(state, held, at, settings);
    }

    /// <summary>While nobody knows, and while pictures come again that may end it, no reason counts.</summary>
    static CameraState Reconsider(CameraState state, Held held, DateTimeOffset at)
    {
        var isSure = state.Phase == Phase.Online || (state.Phase == Phase.Offline && state.HealthySince is null);
        if (!isSure || held.Verdict.Availability() != Availability.Down) return state;
        var shift = state.Shift.Hear(state.Told, held, at);
        if (shift.IsDue(at)) return state with { Shift = shift.Told, Told = shift.Apply(state.Told, held) };
        return shift == state.Shift ? state : state with { Shift = shift };
    }

    /// <summary>However often a flapping camera changes, its outage is one, and one notice: it ends when all has been well for long.</summary>
    static CameraState Settle(CameraState state, Held held, DateTimeOffset at, JudgeSettings settings)
    {
        if (state.Phase == Phase.Suspect) return state;
        if (held.Verdict != Verdict.Online) return state with { WellSince = null };
        var well = state with { WellSince = state.WellSince ?? held.Since };
        return at - well.WellSince < settings.LongestHold ? well
            : Recover(well with { Flaps = false, WellSince = null }, held with { Since = well.WellSince!.Value }, at, settings);
    }

    static CameraState Recover(CameraState state, Held held, DateTimeOffset at, JudgeSettings settings) =>
        state.Told.Verdict.Availability() == Availability.Down && held.Verdict == Verdict.Online
            ? state with { Told = held, Shift = ReasonShift.None, Recoveries = [.. Recent(state, at, settings), at] } : state with { Told = held, Shift = ReasonShift.None };

    /// <summary>The cause may change its mind while the camera is away, but only when attempts agree on the new one.</summary>
    static Held Offline(CameraState state)
    {
        const int agreeing = 3;
        var isAway = state.Told.Verdict is Verdict.Unreachable or Verdict.AuthFailed or Verdict.SessionLimit or Verdict.NoStream or Verdict.Stalled;
        if (isAway && state.Cause.Count < agreeing) return state.Told;
        return new(state.Cause.What ?? Verdict.Stalled, isAway ? state.Told.Since : BeganAt(state), state.CauseDetail, state.CauseAnswer);
    }

    /// <summary>At the last good picture; but of the time we were blind we say nothing.</summary>
    static DateTimeOffset BeganAt(CameraState state) => state.Told.Verdict == Verdict.ProbeBlind ? state.StaleFrom : state.LastGood;

    /// <summary>A breach with the window that had none, a fault of the picture when looks agree, silence with the first picture since.</summary>
    static DateTimeOffset Ended(CameraState state, DateTimeOffset at, JudgeSettings settings) =>
        Detail.Read(state.Told.Detail) is [{ Reason: Reason.OtherDevice or Reason.NoPicture or Reason.OftenDark }, ..] ? at
        : state.Told.Verdict is Verdict.ParameterViolation or Verdict.ClockSkew ? at - settings.Window
        : state.Told.Verdict == Verdict.ArchiveShort || state.Told.Verdict.IsSeen() ? at : state.HealthySince ?? at;

    static string Recovered(CameraState state, DateTimeOffset at, JudgeSettings settings) =>
        Recent(state, at, settings).Count() is > 0 and var before ? Detail.Of(Reason.CameBack, before + 1) : Detail.Of(Reason.HealthyMedia);

    static TimeSpan HoldOf(CameraState state, DateTimeOffset at, JudgeSettings settings)
    {
        var hold = settings.Hold * Math.Pow(2, Math.Min(Recent(state, at, settings).Count(), 16));
        return hold < settings.LongestHold ? hold : settings.LongestHold;
    }

    static IEnumerable<DateTimeOffset> Recent(CameraState state, DateTimeOffset at, JudgeSettings settings) =>
        state.Recoveries.Where(r => at - r < settings.FlappingWithin);
}
