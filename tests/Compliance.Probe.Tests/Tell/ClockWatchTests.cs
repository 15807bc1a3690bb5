using Compliance.Domain.Probes;
using Compliance.Probe.Tell;

namespace Compliance.Probe.Tests.Tell;

public sealed class ClockWatchTests
{
    static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    readonly TwoClocks _clocks = new() { Wall = Noon };

    [Fact]
    public void A_clock_never_compared_is_not_synchronised() => Assert.Equal(new ClockState(false, 0), new ClockWatch(_clocks).State);

    [Theory]
    [InlineData(1, true)]
    [InlineData(180, false)]
    [InlineData(-3, false)]
    public void It_says_how_far_it_is_ahead_and_when_that_was_found(int ahead, bool synchronised)
    {
        var watch = new ClockWatch(_clocks);
        watch.Compare(Noon.AddSeconds(-ahead));
        _clocks.Pass(TimeSpan.FromMinutes(5));
        Assert.Equal(new ClockState(synchronised, (ahead * 1000) - 500, Noon), watch.State);
    }

    [Fact]
    public void A_step_of_the_wall_clock_is_noticed_while_the_api_is_away()
    {
        var watch = new ClockWatch(_clocks);
        watch.Compare(Noon);
        _clocks.Pass(TimeSpan.FromHours(3));
        Assert.True(watch.State.Synchronised);
        _clocks.Wall += TimeSpan.FromMinutes(4);
        Assert.Equal((false, 239_500), (watch.State.Synchronised, watch.State.OffsetMs));
        _clocks.Wall -= TimeSpan.FromMinutes(4);
        Assert.True(watch.State.Synchronised);
    }

    /// <summary>The clock on the wall, which people set, and the one that only ticks.</summary>
    sealed class TwoClocks : TimeProvider
    {
        long _ticks;

        public DateTimeOffset Wall { get; set; }

        public void Pass(TimeSpan time) => (Wall, _ticks) = (Wall + time, _ticks + time.Ticks);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
        public override long GetTimestamp() => _ticks;
        public override DateTimeOffset GetUtcNow() => Wall;
    }
}
