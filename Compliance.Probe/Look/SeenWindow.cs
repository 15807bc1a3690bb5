using Compliance.Domain.Probes;

namespace Compliance.Probe.Look;

/// <summary>A window as it was seen.</summary>
/// <param name="Unreadable">The description of the format made no sense.</param>
internal sealed record SeenMedia(Measurement Measurement, DateTimeOffset From, bool Unreadable);

/// <summary>
/// Adds up what one camera's media said, second by second, until a window of them was seen, over as many connections as that takes:
/// hanging up before a window is full keeps nobody from being measured.
/// </summary>
internal sealed class SeenWindow
{
    /// <summary>Seconds without a picture that count as slow; in a longer gap the camera was away, and slow in nothing.</summary>
    const int Slow = 5;

    Measurement? _format;
    bool _unreadable;
    double _seconds, _frames, _kilobits, _empty;
    double? _clockMs;
    long? _until;
    long _lost;
    DateTimeOffset _from;

    /// <returns>The window that has become full.</returns>
    public SeenMedia? Add(StreamMeter meter, int length, DateTimeOffset now)
    {
        var end = now.ToUnixTimeSeconds();
        if (_until is not { } until || end < until || end - until > length) Clear(until = end - 1);
        if (end == until) return null;
        _until = end;
        var second = meter.Measure((int)(end - until), now);
        if (second.WindowSeconds <= 0) return null;
        if (second.Fps <= 0)
        {
            _empty += second.WindowSeconds;
            return null;
        }

        if (_empty < Slow) _seconds += _empty;
        _empty = 0;
        if (_frames <= 0) _from = now.AddSeconds(-second.WindowSeconds);
        _seconds += second.WindowSeconds;
        _frames += second.Fps * second.WindowSeconds;
        _kilobits += second.BitrateKbps * second.WindowSeconds;
        _lost += second.PacketsLost;
        if (second.ClockOffsetMs is { } ms) _clockMs = Math.Max(_clockMs ?? ms, ms);
        if (second.Width is not null) (_format, _unreadable) = (second, false);
        else if (meter.IsUnreadable) (_format, _unreadable) = (null, true);
        if (_seconds < length) return null;
        var full = new SeenMedia(
            (_format ?? second) with
            {
                WindowSeconds = _seconds, Fps = Math.Round(_frames / _seconds, 2), BitrateKbps = Math.Round(_kilobits / _seconds, 1), ClockOffsetMs = _clockMs,
                PacketsLost = _lost, KeyframeIntervalSeconds = second.KeyframeIntervalSeconds, LastAccessUnitAt = second.LastAccessUnitAt,
            },
            _from, _unreadable);
        Clear(end);
        return full;
    }

    /// <summary>What was counted is forgotten: an outage lies between it and what comes.</summary>
    public void Clear() => Clear(null);

    void Clear(long? until) => (_until, _seconds, _frames, _kilobits, _empty, _clockMs, _lost, _format, _unreadable) = (until, 0, 0, 0, 0, null, 0, null, false);
}
