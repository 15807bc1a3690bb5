using Compliance.Domain.Detectors;
using Compliance.Domain.Models;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Bodies;
using Compliance.Probe.Eyes.Crowds;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Eyes.Still;
using AlertKind = Compliance.Domain.Alerts.AlertKind;

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
        Assert.Equal((60, 0), (began.Analysed, began.Skipped)); // five windows of two seconds, one begun each second
        var rest = Assert.Single(_sight.Rest());
        Assert.True(rest.Alert.Over);
        Assert.Equal(60, rest.Analysed);
    }

    [Fact]
    public void What_is_quick_for_a_small_body_is_slow_for_a_tall_one()
    {
        // One question: whether the quick tenth of what moves is quicker than half a body height a frame's time, as it is for the small ones.
        var speed = WindowFeatures.Names.ToList().IndexOf("speed90-mean");
        var fields = Pictures.Moving(48, 4).Fields();
        var cut = (WindowFeatures.Of(fields, view: Tall)[speed] + WindowFeatures.Of(fields, view: Small)[speed]) / 2;
        var quick = Always with { Start = 0, Trees = [new Tree([new(speed, cut, 1, 2, 0), new(-1, 0, 0, 0, -4), new(-1, 0, 0, 0, 4)])] };
        foreach (var (view, alerts) in new[] { (Tall, 0), (Small, 1) })
        {
            var kind = SenseKind.Fights(quick, (_, _, _) => new());
            var sight = new Sight([kind.Make(Guid.Empty, view, kind.Model!.On(view))]);
            _news.Clear();
            for (var n = 0; n < 60; n++) _news.AddRange(sight.See(new(n, Moving[n % 40] with { At = TimeSpan.FromSeconds(n / (double)Frame.Rate) })));
            Assert.Equal(alerts, _news.Count);
        }
    }

    [Fact]
    public void Each_alert_says_by_which_calibration_it_was_judged()
    {
        var kind = SenseKind.Fights(Always, (_, _, _) => new());
        string[] told = [kind.Model!.On(null).ConfigurationSha256, kind.Model.On(Tall).ConfigurationSha256, kind.Model.On(Small).ConfigurationSha256, kind.Model.On(Small with { MostPersons = 9, Floor = [new(0, 0), new(1, 0), new(1, 1)] }).ConfigurationSha256];
        Assert.Equal(4, told.Distinct().Count());
        Assert.Equal(told[1], kind.Model.On(Marked(.8)).ConfigurationSha256);
    }

    static readonly ViewCalibration Tall = Marked(.8), Small = Marked(.2);

    static ViewCalibration Marked(double height) => new([new(new(.4, .9), new(.4, .9 - height)), new(new(.6, .95), new(.6, .95 - height))], [], null, []);

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

    [Theory]
    [InlineData(5, nameof(Gap.Away), 0, 0)]
    [InlineData(100, nameof(Gap.Away), 0, 0)]
    [InlineData(5, nameof(Gap.Broken), 5, 0)]
    [InlineData(100, nameof(Gap.Broken), 100, 0)]
    [InlineData(100, nameof(Gap.Late), 100, 100)]
    public void What_a_camera_did_not_send_is_a_hole_and_nothing_that_was_skipped_and_what_a_decoder_broke_over_is_none_that_came_too_fast(int missing, string why, int skipped, int late)
    {
        var gaps = new Gaps();
        for (var n = 0; n < 3; n++) Come(n, Gap.Late);
        gaps.Of(At(3 + missing), Enum.Parse<Gap>(why)); // the very frame after the hole is dropped
        for (var n = 4; n < 6; n++) Come(n + missing, Gap.Late);
        Assert.Equal((5L, skipped + 1L, late + 1L), (_sight.Analysed, _sight.Skipped, _sight.Late));
        Come(9 + missing, Gap.Late);
        Assert.Equal((skipped + 4L, late + 4L), (_sight.Skipped, _sight.Late)); // what is missing later counts

        void Come(int n, Gap before) => _sight.See(gaps.Of(At(n), before));
        static LiveFrame At(int n) => new(n, Moving[n % 40] with { At = TimeSpan.FromSeconds(n / (double)Frame.Rate) });
    }

    /// <summary>Numbers follow the camera's ticks and go on; the times of frames are the box's.</summary>
    [Fact]
    public void A_clock_that_is_set_back_blinds_no_detector_and_mutes_no_alert()
    {
        var drawn = Stage.View(zones: [new(null, [new(0, 0), new(1, 0), new(1, 1)])]);
        ISense[] senses = [.. ((SenseKind[])[SenseKind.Fights(Always, (_, _, _) => new()), CrowdSense.Kind(), AggressionSense.Kind(), BlockedExitSense.Kind(), LeftObjectSense.Kind()]).Select(kind => kind.Make(Guid.Empty, drawn, kind.Model!.On(drawn)))];
        var sight = new Sight(senses);
        Run(0, 200, TimeSpan.Zero);
        Assert.Contains(_news, one => one.Alert is { Kind: AlertKind.Fight, Over: false });
        long[] before = [.. senses.Select(sense => sense.Judged)];
        _news.Clear();
        Run(200, 400, TimeSpan.FromHours(1));
        Assert.All(senses.Zip(before), one => Assert.InRange(one.First.Judged, one.Second + 14, long.MaxValue));
        Assert.Equal([true, false], _news.Where(one => one.Alert.Kind == AlertKind.Fight).Select(one => one.Alert.Over)); // ended, and told anew
        Assert.InRange(_news.Last(one => one.Alert.Kind == AlertKind.Fight).Analysed, 40, 70); // of its own time

        void Run(int from, int until, TimeSpan back)
        {
            for (var n = from; n < until; n++) _news.AddRange(sight.See(new(n, Moving[n % 40] with { At = TimeSpan.FromHours(3) + TimeSpan.FromSeconds(n / (double)Frame.Rate) - back })));
        }
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
