using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;

namespace Compliance.Probe.Tests.Judge;

public sealed class MinuteCountTests
{
    static readonly DateTimeOffset Begin = new(2026, 11, 29, 20, 0, 0, TimeSpan.Zero);

    readonly MinuteCount _count = new(Guid.Empty);

    [Fact]
    public void Each_second_of_a_minute_is_up_down_or_unknown()
    {
        Assert.Empty(Look(0, 40, Availability.Up));
        Assert.Empty(Look(40, 50, Availability.Unknown));
        Assert.Empty(Look(50, 60, Availability.Down));
        var minute = Assert.Single(Look(60, 61, Availability.Up));
        Assert.Equal((Begin, 40, 10, 10), (minute.Minute, minute.UpSeconds, minute.DownSeconds, minute.UnknownSeconds));
        Assert.Equal((25, 2000, 7, 2, -120), (minute.Fps, minute.Kbps, minute.Lost, minute.KeyframeSeconds, minute.ClockOffsetMs));
        Assert.True(minute.IsSound);
    }

    [Fact]
    public void A_second_that_was_skipped_counts_as_the_next_and_a_long_pause_is_unknown()
    {
        Look(0, 10, Availability.Up);
        Look(12, 20, Availability.Up);
        Look(50, 60, Availability.Up);
        Assert.Equal(20 + 10, Assert.Single(Look(60, 61, Availability.Up)).UpSeconds);
    }

    [Fact]
    public void Nothing_is_said_of_a_minute_nobody_knows_anything_of()
    {
        Look(0, 60, Availability.Unknown);
        Assert.Empty(Look(60, 62, Availability.Up));
    }

    [Fact]
    public void What_the_media_said_is_asked_at_the_end_of_the_minute_and_not_long_after_it()
    {
        Look(0, 58, Availability.Up);
        var late = Assert.Single(Look(70, 71, Availability.Up));
        Assert.Equal((58, null), (late.UpSeconds, late.Fps));
    }

    [Fact]
    public void A_clock_set_back_begins_a_minute_anew_and_never_one_of_more_than_sixty_seconds()
    {
        Look(0, 59, Availability.Up);
        Look(20, 60, Availability.Down);
        Assert.All(Look(60, 62, Availability.Up), minute => Assert.True(minute.IsSound));
    }

    List<MinuteMeasured> Look(int from, int to, Availability held) =>
        [.. Enumerable.Range(from, to - from).Select(s => _count.Look(Begin.AddSeconds(s + 0.4), held, Measure)).OfType<MinuteMeasured>()];

    static Measurement Measure(DateTimeOffset end) => new(60, 25, 2000, 2, null, null, null, null, null, -120, 7, end);
}
