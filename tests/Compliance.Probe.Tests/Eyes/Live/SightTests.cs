using Compliance.Domain.Detectors;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Live;

namespace Compliance.Probe.Tests.Eyes.Live;

public sealed class SightTests
{
    /// <summary>Finds a fight in everything that moves.</summary>
    static readonly FightModel Always = new(new('a', 64), 0.6, 4, [], []);

    /// <summary>Any two seconds of a moving patch, for ever.</summary>
    static readonly IReadOnlyList<Frame> Moving = Pictures.Moving(48, 4, 40);

    static readonly DetectorModel Told = new("fights", Always.Hash, Always.Threshold, new('b', 64));

    readonly Sight _sight = new([new FightSense(Always, Told, new())]);
    readonly List<Sighting> _news = [];

    void See(long from, long until)
    {
        for (var n = from; n < until; n++) _news.AddRange(_sight.See(new(n, Moving[(int)(n % 40)] with { At = TimeSpan.FromSeconds(n / (double)Frame.Rate) })));
    }

    [Fact]
    public void An_alert_is_told_when_it_begins_within_six_seconds_of_what_it_begins_with()
    {
        See(0, 60);
        var began = Assert.Single(_news);
        Assert.False(began.Alert.Over);
        Assert.Equal(TimeSpan.Zero, began.Alert.Start);
        Assert.Equal((50, 0), (began.Analysed, began.Skipped)); // four windows of two seconds, one begun each second
        var rest = Assert.Single(_sight.Rest());
        Assert.True(rest.Alert.Over);
        Assert.Equal(60, rest.Analysed);
    }

    [Fact]
    public void Frames_that_nobody_looked_at_are_counted_and_leave_a_hole_where_they_were()
    {
        See(0, 10);
        See(13, 30);
        Assert.Equal((27L, 3L), (_sight.Analysed, _sight.Skipped));
        Assert.Equal(2, _sight.Judged); // as if they had come
    }

    [Fact]
    public void After_a_long_gap_it_begins_anew_and_what_stood_has_ended()
    {
        See(0, 60);
        See(600, 615);
        Assert.Equal([false, true], _news.Select(one => one.Alert.Over));
        Assert.Equal(540, _sight.Skipped);
        See(615, 620);
        Assert.Equal(6, _sight.Judged); // five before, one of twenty frames after
    }

    [Fact]
    public void Time_that_goes_backwards_is_a_new_beginning()
    {
        See(100, 125);
        See(50, 60);
        Assert.Equal(0, _sight.Skipped);
        Assert.Equal(1, _sight.Judged);
    }

    [Fact]
    public void A_camera_that_changes_its_shape_begins_a_window_anew()
    {
        See(0, 15);
        for (var n = 15; n < 50; n++) _news.AddRange(_sight.See(new(n, new(64, 48, TimeSpan.FromSeconds(n / 10.0), new byte[64 * 48]))));
        Assert.Equal(2, _sight.Judged); // of the new shape alone
    }

    [Fact]
    public void Motion_over_a_hole_is_counted_per_frame()
    {
        MotionSense whole = new(), holed = new();
        var (first, third) = (Moving[0], Moving[2]);
        whole.See(first);
        whole.See(Moving[1]);
        holed.See(first);
        holed.Missed();
        Assert.Equal(1, whole.See(third)!.Step);
        Assert.Equal(2, holed.See(third)!.Step);
    }
}
