using System.Text.Json.Serialization;

namespace Compliance.Domain.Probes;

//   POST /probe/minutes                  MinuteMeasured[] -> MinutesKept; each camera and minute counts once, however often it is told

/// <summary>What one minute of one camera was like: telemetry, kept for some weeks beside the log and never in it. Null: not measured.</summary>
/// <param name="Minute">When it began; a whole minute.</param>
/// <param name="UpSeconds">Seconds of it in which the probe held the camera to be well.</param>
/// <param name="DownSeconds">Seconds in which it held it not to be.</param>
/// <param name="Kbps">Kilobits (1000 bits) of video a second.</param>
/// <param name="Lost">RTP packets missing.</param>
/// <param name="ClockOffsetMs">The camera's clock minus the probe's.</param>
public sealed record MinuteMeasured(
    Guid DeviceId, DateTimeOffset Minute, int UpSeconds, int DownSeconds, double? Fps = null, double? Kbps = null, int Lost = 0, double? KeyframeSeconds = null, double? ClockOffsetMs = null)
{
    /// <summary>What is neither is unknown: the camera was in doubt, the probe blind, or not there.</summary>
    [JsonIgnore]
    public int UnknownSeconds => 60 - UpSeconds - DownSeconds;

    /// <summary>It can be true at all: a whole minute, and not more of it than there is.</summary>
    [JsonIgnore]
    public bool IsSound => Minute.ToUnixTimeMilliseconds() % 60_000 == 0 && UpSeconds >= 0 && DownSeconds >= 0 && UnknownSeconds >= 0 && Lost >= 0
        && !(Fps < 0) && !(Kbps < 0) && !(KeyframeSeconds < 0);
}

/// <summary>How many of the minutes told count; the others are of cameras the probe does not hold, or held by another then.</summary>
public sealed record MinutesKept(int Kept);

/// <summary>How a camera did over a time, in equal steps. A step of which nothing is known is not listed.</summary>
public sealed record MeasurementSeries(Guid DeviceId, DateTimeOffset From, DateTimeOffset To, int StepMinutes, IReadOnlyList<MeasurementPoint> Points)
{
    /// <summary>Joins minutes to steps: rates are the mean of the minutes that were measured, losses and seconds are summed, of clocks the one that was off most is shown.</summary>
    public static MeasurementSeries Of(Guid deviceId, DateTimeOffset from, DateTimeOffset to, int stepMinutes, IEnumerable<MinuteMeasured> minutes)
    {
        var step = TimeSpan.FromMinutes(stepMinutes);
        var points = minutes.Where(m => m.Minute >= from && m.Minute < to).GroupBy(m => (m.Minute - from).Ticks / step.Ticks).OrderBy(of => of.Key)
            .Select(of => Join(from + (of.Key * step), Math.Min(step.TotalSeconds, (to - from - (of.Key * step)).TotalSeconds), [.. of]));
        return new(deviceId, from, to, stepMinutes, [.. points]);
    }

    static MeasurementPoint Join(DateTimeOffset at, double seconds, MinuteMeasured[] of)
    {
        var (up, down) = (of.Sum(m => m.UpSeconds), of.Sum(m => m.DownSeconds));
        return new(at, Mean(of.Select(m => m.Fps)), Mean(of.Select(m => m.Kbps)), of.Sum(m => m.Lost), Mean(of.Select(m => m.KeyframeSeconds)),
            of.Select(m => m.ClockOffsetMs).Where(off => off is not null).MaxBy(off => Math.Abs(off!.Value)),
            up, down, Math.Max(0, (int)seconds - up - down));
    }

    static double? Mean(IEnumerable<double?> values) => values.Average() is { } mean ? Math.Round(mean, 2) : null;
}

/// <summary>One step of a series: what was measured, and how many seconds of it were up, down and unknown.</summary>
public sealed record MeasurementPoint(
    DateTimeOffset At, double? Fps, double? Kbps, int Lost, double? KeyframeSeconds, double? ClockOffsetMs, int UpSeconds, int DownSeconds, int UnknownSeconds);
