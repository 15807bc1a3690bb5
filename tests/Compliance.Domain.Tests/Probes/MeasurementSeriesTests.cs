using Compliance.Domain.Probes;

namespace Compliance.Domain.Tests.Probes;

public sealed class MeasurementSeriesTests
{
    static readonly DateTimeOffset Begin = new(2026, 11, 29, 20, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Steps_join_their_minutes_and_what_no_minute_covers_is_unknown()
    {
        var series = MeasurementSeries.Of(Guid.Empty, Begin, Begin.AddMinutes(30), 10,
        [
            Minute(0) with { Fps = 20, Lost = 2, ClockOffsetMs = 40 }, Minute(1) with { Fps = 30, Lost = 1, ClockOffsetMs = -90, UpSeconds = 30, DownSeconds = 20 },
            Minute(2) with { Fps = null, Kbps = null, UpSeconds = 0, DownSeconds = 60 }, Minute(25), Minute(30), Minute(-1),
        ]);
        Assert.Equal([Begin, Begin.AddMinutes(20)], series.Points.Select(p => p.At));
        var first = series.Points[0];
        Assert.Equal((25.0, 2000.0, 3, -90.0), (first.Fps, first.Kbps, first.Lost, first.ClockOffsetMs));
        Assert.Equal((90, 80, 600 - 170), (first.UpSeconds, first.DownSeconds, first.UnknownSeconds));
    }

    [Fact]
    public void A_step_that_is_cut_off_by_the_end_has_no_more_seconds_than_there_are()
    {
        var series = MeasurementSeries.Of(Guid.Empty, Begin, Begin.AddMinutes(12), 10, [Minute(10), Minute(11)]);
        Assert.Equal((120, 0), (series.Points[0].UpSeconds, series.Points[0].UnknownSeconds));
    }

    [Fact]
    public void Nothing_measured_is_nothing_and_not_zero()
    {
        var point = MeasurementSeries.Of(Guid.Empty, Begin, Begin.AddMinutes(1), 1, [new(Guid.Empty, Begin, 0, 60)]).Points.Single();
        Assert.Equal((null, null, null, null), (point.Fps, point.Kbps, point.KeyframeSeconds, point.ClockOffsetMs));
    }

    [Theory]
    [InlineData(61, 0, 0)]
    [InlineData(-1, 0, 0)]
    [InlineData(40, 30, 0)]
    [InlineData(40, 20, 7)]
    public void What_cannot_be_is_not_sound(int up, int down, int seconds) => Assert.False((Minute(0) with { Minute = Begin.AddSeconds(seconds), UpSeconds = up, DownSeconds = down }).IsSound);

    static MinuteMeasured Minute(int n) => new(Guid.Empty, Begin.AddMinutes(n), 60, 0, 25, 2000, 0, 2, 10);
}
