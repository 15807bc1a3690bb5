using System.Numerics;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;

namespace Compliance.Probe.Judge;

/// <summary>The minute of one camera that runs now: in which of its seconds it was well and in which it was not. What nobody looked at is unknown.</summary>
internal sealed class MinuteCount(Guid deviceId)
{
    /// <summary>So many seconds may pass between two looks and count as the later one found them.</summary>
    const int Gap = 3;

    long? _last;
    long _minute;
    ulong _up, _down;

    /// <param name="measure">What the media said in the sixty seconds before an instant; null where none is held open.</param>
    /// <returns>The minute that has just ended; null while it runs.</returns>
    public MinuteMeasured? Look(DateTimeOffset now, Availability held, Func<DateTimeOffset, Measurement>? measure)
    {
        var second = now.ToUnixTimeSeconds();
        MinuteMeasured? ended = null;
        var from = _last is { } last && second > last && second - last <= Gap ? last + 1 : second;
        for (var s = from; s <= second; s++)
        {
            if (_last is not null && s / 60 != _minute) ended = End(second, measure) ?? ended;
            (_minute, _last) = (s / 60, s);
            var bit = 1UL << (int)(s % 60);
            if (held == Availability.Up) _up |= bit;
            if (held == Availability.Down) _down |= bit;
        }

        return ended;
    }

    /// <summary>Of a minute that nothing is known of nothing is said.</summary>
    MinuteMeasured? End(long now, Func<DateTimeOffset, Measurement>? measure)
    {
        var end = DateTimeOffset.FromUnixTimeSeconds((_minute + 1) * 60);
        var (up, down) = (BitOperations.PopCount(_up), BitOperations.PopCount(_down & ~_up));
        (_up, _down) = (0, 0);
        if (up + down == 0) return null;
        var minute = new MinuteMeasured(deviceId, end.AddMinutes(-1), up, down);
        if (measure is null || now - end.ToUnixTimeSeconds() is < 0 or > Gap || measure(end) is not { WindowSeconds: >= 1 } m) return minute;
        return minute with { Fps = m.Fps, Kbps = m.BitrateKbps, Lost = (int)Math.Min(m.PacketsLost, int.MaxValue), KeyframeSeconds = m.KeyframeIntervalSeconds, ClockOffsetMs = m.ClockOffsetMs };
    }
}
