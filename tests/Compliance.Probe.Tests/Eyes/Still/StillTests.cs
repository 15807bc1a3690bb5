using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Still;
using Alert = Compliance.Probe.Eyes.Alert;

namespace Compliance.Probe.Tests.Eyes.Still;

/// <summary>Things that stay, and all that looks like it: filmed twice a second.</summary>
public sealed class StillTests
{
    static readonly DetectorModel Told = new("still", new('a', 64), 0.5, new('b', 64));

    /// <summary>The floor before a door, at the right.</summary>
    static readonly ViewCalibration Door = Stage.View(zones: [new(null, [new(0.78, 0.55), new(0.98, 0.55), new(0.98, 0.8), new(0.78, 0.8)])]);

    static readonly Thing Chair = new(204, 84, 26, 30, 3);

    static IReadOnlyList<Alert> Exit(double seconds, Func<double, (IEnumerable<Figure>, IEnumerable<Thing>)> scene, Func<double, double, double, double>? light = null) =>
        Stage.Film(seconds, scene, 2, light).Alerts(new BlockedExitSense(Door, Told));

    [Theory, InlineData(false), InlineData(true)]
    public void A_chair_before_a_door_is_told_a_minute_after_it_was_put_there(bool lit)
    {
        var alerts = Exit(110, t => ([], t < 15 ? [] : [Chair]), lit ? Stage.ShowLight : null);
        var began = Assert.Single(alerts, one => !one.Over);
        Assert.Equal(AlertKind.BlockedExit, began.Kind);
        Assert.InRange(began.Start.TotalSeconds, 73, 90);
    }

    [Fact]
    public void A_chair_is_no_part_of_the_view_because_the_pictures_broke_off_for_a_while()
    {
        var alerts = Stage.Film(95, t => ([], t < 15 ? [] : [Chair]), 2).Where(frame => frame.At.TotalSeconds is < 40 or > 45).Alerts(new BlockedExitSense(Door, Told), rests: TimeSpan.FromSeconds(40));
        Assert.InRange(Assert.Single(alerts, one => !one.Over).Start.TotalSeconds, 73, 92);
    }

    /// <summary>Behind a patterned sheet that is held up before the lens for longer than another view is waited for.</summary>
    [Fact]
    public void A_chair_that_was_put_there_behind_a_sheet_is_no_part_of_the_view()
    {
        static IReadOnlyList<Thing> Pattern(int x, int y) => [.. Enumerable.Range(0, 17 * 13).Select(n => new Thing(n % 17 * 16 - x, n / 17 * 12 - y, 12, 9, n))];
        var (furniture, sheet) = (Pattern(0, 0), Pattern(8, 6));
        var began = Assert.Single(Exit(125, t => ([], t < 15 ? furniture : t < 35 ? [.. furniture, Chair, .. sheet] : [.. furniture, Chair])), one => !one.Over);
        Assert.InRange(began.Start.TotalSeconds, 90, 120);
    }

    [Fact]
    public void It_has_ended_when_the_chair_is_taken_away()
    {
        var ended = Assert.Single(Exit(130, t => ([], t is < 10 or > 100 ? [] : [Chair])), one => one.Over);
        Assert.InRange(ended.End.TotalSeconds, 98, 112);
    }

    [Fact]
    public void Who_passes_a_queue_that_shifts_and_light_before_a_door_are_not_told()
    {
        static IEnumerable<Figure> Passing(double t) => Enumerable.Range(0, 3).Select(n => Stage.At((t * 22 + n * 90) % 300 - 20, 100 + 8 * n, n + 1, Math.Sin(6 * t + n)));
        static IEnumerable<Figure> Queue(double t) => t < 10 ? [] : Enumerable.Range(0, 3).Select(n => Stage.At(206 + n * 14 + 2 * Math.Sin(0.9 * t + n), 108 + 2 * n, n + 1, Math.Sin(t + n)));
        Assert.Empty(Exit(120, t => (Passing(t), [])));
        Assert.Empty(Exit(120, t => (Queue(t), [])));
        Assert.Empty(Exit(120, _ => ([], []), Stage.ShowLight));
        Assert.Empty(Exit(120, _ => ([], []), (_, _, t) => t < 30 ? 1 : t < 70 ? 0.4 : 1.6)); // the lamps go down, then cleaning light
    }

    [Fact]
    public void A_chair_that_was_always_there_and_is_gone_blocks_nothing() => Assert.Empty(Exit(120, t => ([], t < 20 ? [Chair] : [])));

    [Fact]
    public void A_chair_beside_the_way_out_is_not_told() => Assert.Empty(Exit(110, t => ([], t < 15 ? [] : [Chair with { Left = 60 }])));

    static IReadOnlyList<Alert> Left(double seconds, Func<double, (IEnumerable<Figure>, IEnumerable<Thing>)> scene, Func<double, double, double, double>? light = null, bool drawn = true) =>
        Stage.Film(seconds, scene, 2, light).Alerts(new LeftObjectSense(drawn ? Stage.View() : null, Told));

    static readonly Thing Bag = new(124, 104, 12, 12, 5);

    /// <summary>Somebody comes, stands beside the bag from the eleventh to the eighteenth second, and goes, or does not.</summary>
    static IEnumerable<Figure> Bringer(double t, bool goes) => t switch
    {
        < 6 => [],
        < 11 => [Stage.At(-10 + (t - 6) * 25, 116, 4, Math.Sin(6 * t))],
        _ when t < 18 || !goes => [Stage.At(115 + 1.5 * Math.Sin(1.3 * t), 116, 4, 0.3 * Math.Sin(t))],
        _ => [Stage.At(115 - (t - 18) * 25, 116, 4, Math.Sin(6 * t))],
    };

    [Theory, InlineData(false), InlineData(true)]
    public void A_bag_that_is_left_is_told_when_its_bringer_has_been_gone_for_a_minute(bool lit)
    {
        var began = Assert.Single(Left(105, t => (Bringer(t, true), t < 14 ? [] : [Bag]), lit ? Stage.ShowLight : null), one => !one.Over);
        Assert.Equal(AlertKind.LeftObject, began.Kind);
        Assert.InRange(began.Start.TotalSeconds, 76, 100);
    }

    [Fact]
    public void A_bag_was_left_though_the_pictures_broke_off_since()
    {
        var alerts = Stage.Film(108, t => (Bringer(t, true), t < 14 ? [] : [Bag]), 2).Where(frame => frame.At.TotalSeconds is < 45 or > 50).Alerts(new LeftObjectSense(Stage.View(), Told), rests: TimeSpan.FromSeconds(45));
        Assert.InRange(Assert.Single(alerts, one => !one.Over).Start.TotalSeconds, 76, 108);
    }

    [Fact]
    public void A_bag_whose_bringer_stays_is_not() => Assert.Empty(Left(120, t => (Bringer(t, false), t < 14 ? [] : [Bag])));

    [Fact]
    public void Something_that_is_taken_away_is_not() => Assert.Empty(Left(110, t => (Bringer(t, true), t > 14 ? [] : [Bag])));

    [Fact]
    public void Somebody_who_stays_and_something_too_large_are_not()
    {
        Assert.Empty(Left(110, t => (Bringer(t, false), [])));
        Assert.Empty(Left(110, t => (Bringer(t, true), t < 14 ? [] : [new(96, 70, 60, 44, 5)])));
    }

    [Fact]
    public void Light_in_an_empty_room_is_not()
    {
        Assert.Empty(Left(110, _ => ([], []), Stage.ShowLight));
        Assert.Empty(Left(110, t => (Bringer(t, true), []), (x, _, t) => t < 14 ? 1 : 1 + 0.6 * Math.Exp(-Math.Pow((x - 0.5) / 0.15, 2)))); // a lamp is turned on where somebody stood
    }

    [Fact]
    public void What_nobody_brought_is_not() => Assert.Empty(Left(110, t => ([], t < 14 ? [] : [Bag])));

    [Fact]
    public void A_bag_that_is_fetched_has_ended()
    {
        var ended = Assert.Single(Left(140, t => (t < 100 ? Bringer(t, true) : Bringer(t - 94, false), t is < 14 or > 107 ? [] : [Bag])), one => one.Over);
        Assert.InRange(ended.End.TotalSeconds, 98, 125);
    }

    [Fact]
    public void A_blocked_exit_needs_its_zone_drawn()
    {
        var kind = BlockedExitSense.Kind();
        Assert.False(kind.Suffices!(null));
        Assert.False(kind.Suffices(Stage.View()));
        Assert.True(kind.Suffices(Door));
    }
}
