using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Bodies;
using Alert = Compliance.Probe.Eyes.Alert;

namespace Compliance.Probe.Tests.Eyes.Bodies;

/// <summary>Figures that attack, and figures that only look like it.</summary>
public sealed class AggressionSenseTests
{
    static readonly DetectorModel Told = new("aggression", new('a', 64), AggressionSense.Threshold, new('b', 64));

    static IReadOnlyList<Alert> See(double seconds, Func<double, IEnumerable<Figure>> scene, Func<double, double, double, double>? light = null, bool drawn = true) =>
        Stage.Film(seconds, t => (scene(t), []), light: light).Alerts(new AggressionSense(drawn ? Stage.View() : null, Told));

    /// <summary>Two who come and talk, two and a half body heights apart; at a moment one goes to the other with this speed, or away.</summary>
    static IEnumerable<Figure> Two(double t, double speed, double at = 8)
    {
        var (body, fro) = (Stage.TallAt(115), 1.2);
        var way = Math.Clamp((t - at) * speed * body, speed < 0 ? -200 : 0, 2 * body);
        var come = Math.Max(0, 4 - t) * 0.75 * body;
        return
        [
            Stage.At(80 - come + way + fro * Math.Sin(2 * t), 115, 1, way is 0 && come is 0 ? 0.1 * Math.Sin(3 * t) : Math.Sin(12 * t)),
            Stage.At(80 + come + 2.5 * body + fro * Math.Sin(2.3 * t + 1), 115, 2, come is 0 ? 0.1 * Math.Sin(2 * t) : Math.Sin(6 * t)),
        ];
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_lunge_at_another_is_told(bool drawn)
    {
        var began = Assert.Single(See(12, t => Two(t, 3), drawn: drawn), one => !one.Over);
        Assert.Equal(AlertKind.Aggression, began.Kind);
        Assert.InRange(began.Start.TotalSeconds, 6.9, 9.5);
    }

    [Fact]
    public void Who_walks_to_another_runs_away_or_stands_in_the_light_of_a_show_does_not()
    {
        Assert.Empty(See(12, t => Two(t, 0.75)));
        Assert.Empty(See(12, t => Two(t, -3)));
        Assert.Empty(See(12, t => Two(t, 0), Stage.ShowLight));
    }

    /// <summary>Some who come by in a row, so far behind each other.</summary>
    static IEnumerable<Figure> Row(double t, double speed, int count, double apart = 1.6) => Enumerable.Range(0, count)
        .Select(n => Stage.At(-20 + (t - 2) * speed * Stage.TallAt(110) - n * apart * Stage.TallAt(110), 110, n + 1, Math.Sin(10 * t + n)));

    [Fact]
    public void One_who_runs_after_another_is_told() => Assert.Single(See(8, t => Row(t, 1.9, 2)), one => one is { Kind: AlertKind.Aggression, Over: false });

    [Fact]
    public void Two_who_walk_one_who_runs_alone_and_many_who_run_are_no_chase()
    {
        Assert.Empty(See(8, t => Row(t, 0.75, 2)));
        Assert.Empty(See(8, t => Row(t, 1.9, 1)));
        Assert.Empty(See(8, t => Enumerable.Range(0, 8).Select(n => Stage.At(20 + n % 4 * 26 + n / 4 * 11 + Math.Sin(t + n) + Math.Max(0, t - 4) * 1.9 * Stage.TallAt(100), 100 + n / 4 * 24, n + 1, t > 4 ? Math.Sin(10 * t + n) : 0))));
    }

    /// <summary>One who stands from the seventh second on and falls at the twelfth; another, who stands at the right, comes or does not.</summary>
    static IEnumerable<Figure> Fall(double t, bool falls, bool comes, double lean = 1)
    {
        var body = Stage.TallAt(118);
        if (t > 7) yield return Stage.At(90 + Math.Sin(2 * t), 118, 3, 0.1, falls ? Math.Clamp((t - 12) / 0.7, 0, lean) : 0);
        if (t > 7 && comes) yield return Stage.At(90 + 4 * body - Math.Clamp((t - 13) * 0.7 * body, 0, 2.2 * body) + Math.Sin(1.7 * t), 118, 2, t > 13 ? Math.Sin(8 * t) : 0.1);
    }

    [Fact]
    public void A_fall_with_somebody_who_comes_is_told()
    {
        var began = Assert.Single(See(20, t => Fall(t, true, true)), one => !one.Over);
        Assert.InRange(began.Start.TotalSeconds, 11.9, 18);
    }

    [Fact]
    public void A_fall_alone_a_bow_and_two_who_meet_are_not()
    {
        Assert.Empty(See(20, t => Fall(t, true, false)));
        Assert.Empty(See(20, t => Fall(t, true, true, 0.35)));
        Assert.Empty(See(20, t => Fall(t, false, true)));
    }

    [Fact]
    public void A_floor_that_dances_is_not() => Assert.Empty(See(25, t => Enumerable.Range(0, 12).Select(n => Stage.At(
        24 + n % 6 * 40 + n / 6 * 14 + 6 * Math.Sin(Math.Tau * (0.5 + n % 3 * 0.12) * t + n), 100 + n / 6 * 26 + 2 * Math.Abs(Math.Sin(Math.Tau * t + n)), n + 1, Math.Sin(Math.Tau * t + n)))));
}
