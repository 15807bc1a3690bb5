using Compliance.Domain.Devices;
using Compliance.Domain.Tests.Kernel;
using CsCheck;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Devices;

public sealed class DeviceTimelineTests
{
    static readonly Guid Camera = new("00000000-0000-0000-0000-00000000000c");
    static readonly Guid Venue = new("00000000-0000-0000-0000-00000000000a");
    static readonly DeviceEvent Registered = new DeviceEvent.Registered(
        Camera, Venue, new ExitSpec("С", "С", 1200, 2000, OpeningDirection.Outward, LockType.None));

    static DeviceTimeline Line(params (Verdict To, double Since)[] verdicts) => DeviceTimeline.View.Build(Of([
        (Camera, Registered),
        .. verdicts.Select(v => (Camera, (object)new DeviceEvent.VerdictChanged(
            Camera, Venue, DeviceKind.Exit, Verdict.Unknown, v.To, Noon.AddMinutes(v.Since), Noon.AddMinutes(v.Since), null, "", null)))]))[Camera];

    [Fact]
    public void An_outage_that_began_earlier_shortens_what_was_thought_good()
    {
        var sum = Line((Verdict.Clear, 0), (Verdict.Blocked, 10)).Sum(Noon, Noon.AddMinutes(20));
        Assert.Equal((10, 10, 0), (sum.Up.TotalMinutes, sum.Down.TotalMinutes, sum.Unknown.TotalMinutes));
        Assert.Equal(0.5, sum.Share);
    }

    [Fact]
    public void Unknown_time_counts_for_nobody()
    {
        var sum = Line((Verdict.Clear, 0), (Verdict.Unknown, 10)).Sum(Noon, Noon.AddMinutes(20));
        Assert.Equal(1, sum.Share);
        Assert.Equal(10, sum.Unknown.TotalMinutes);
    }

    [Theory]
    [InlineData(Verdict.VenueClosed)]
    [InlineData(Verdict.NoLegalBasis)]
    public void Time_that_is_not_owed_is_neither_down_nor_unknown(Verdict verdict)
    {
        var sum = Line((Verdict.Clear, 0), (Verdict.Blocked, 5), (verdict, 10)).Sum(Noon, Noon.AddMinutes(30));
        Assert.Equal((5, 5, 0, 20), (sum.Up.TotalMinutes, sum.Down.TotalMinutes, sum.Unknown.TotalMinutes, sum.NotOwed.TotalMinutes));
        Assert.Equal(0.5, sum.Share);
    }

    [Fact]
    public void Where_nothing_is_known_there_is_no_share() => Assert.Null(Line().Sum(Noon, Noon.AddMinutes(5)).Share);

    [Fact]
    public void Stretches_have_no_gap_and_no_overlap_and_their_sum_is_the_whole() =>
        Gen.Select(Gen.Int[0, 2].Select(i => new[] { Verdict.Clear, Verdict.Blocked, Verdict.Unknown }[i]), Gen.Double[0, 500]).Array[0, 30].Sample(verdicts =>
        {
            var line = Line(verdicts);
            for (var i = 1; i < line.Stretches.Count; i++) Assert.Equal(line.Stretches[i - 1].Until, line.Stretches[i].From);
            Assert.Null(line.Stretches[^1].Until);
            var sum = line.Sum(Noon.AddHours(-1), Noon.AddHours(9));
            Assert.Equal(TimeSpan.FromHours(10), sum.Up + sum.Down + sum.Unknown);
        });

    [Fact]
    public void What_is_older_than_ninety_days_is_dropped()
    {
        var line = Line((Verdict.Clear, -TimeSpan.FromDays(200).TotalMinutes), (Verdict.Blocked, -TimeSpan.FromDays(100).TotalMinutes), (Verdict.Clear, 5));
        Assert.Equal([Verdict.Blocked, Verdict.Clear], line.Stretches.Select(s => s.Verdict));
    }
}
