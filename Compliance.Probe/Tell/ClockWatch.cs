using Compliance.Domain.Probes;

namespace Compliance.Probe.Tell;

/// <summary>
/// How the probe's clock stands to the API's: compared with the Date of every answer, and in between watched against the
/// monotonic clock, so that a step of the wall clock is noticed while the API is away too.
/// </summary>
internal sealed class ClockWatch(TimeProvider clock)
{
    /// <summary>The header Date has whole seconds, so a clock within this is as good as synchronised.</summary>
    static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    volatile Compared? _last;

    /// <summary>As it is at this moment; not synchronised until it was once compared.</summary>
    public ClockState State
    {
        get
        {
            if (_last is not { } last) return new(false, 0);
            var stepped = clock.GetUtcNow() - last.At - clock.GetElapsedTime(last.Timestamp);
            var offset = last.Offset + stepped;
            return new(offset.Duration() <= Tolerance, Math.Round(offset.TotalMilliseconds), last.At);
        }
    }

    /// <param name="theirs">A Date in whole seconds: half a second later, on average.</param>
    public void Compare(DateTimeOffset theirs)
    {
        var now = clock.GetUtcNow();
        _last = new(now - theirs.AddMilliseconds(500), now, clock.GetTimestamp());
    }

    sealed record Compared(TimeSpan Offset, DateTimeOffset At, long Timestamp);
}
