using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Crowds;

namespace Compliance.Probe.Tests.Eyes.Crowds;

/// <summary>Crowds that are drawn: who comes, stands, walks, runs and dances is known.</summary>
public sealed class CrowdSenseTests
{
    static readonly DetectorModel Told = new("crowd", new('a', 64), CrowdSense.Threshold, new('b', 64));

    /// <summary>Fifteen people on the floor who shift their weight.</summary>
    static IEnumerable<Figure> Standing(double t, int count, double from = 0) => t < from ? [] : Enumerable.Range(0, count)
        .Select(n => Stage.At(20 + n % 6 * 42 + n / 6 * 9 + 1.5 * Math.Sin(t + n), 85 + n / 6 * 25, n + 1, 0.2 * Math.Sin(2 * t + n)));

    [Fact]
    public void More_people_than_the_floor_may_hold_are_told_after_a_while()
    {
        var (sense, film) = (new CrowdSense(Stage.View(8), Told), Stage.Film(90, t => (Standing(t, 16, 12), []), rate: 2));
        var alert = Assert.Single(film.Alerts(sense), one => one is { Kind: AlertKind.CrowdGathering, Over: false });
        Assert.InRange(alert.Start.TotalSeconds, 11, 20);
        Assert.True(alert.Score > 0.6, $"{alert.Score}");
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_floor_that_is_half_full_an_empty_one_and_light_are_not(bool lit)
    {
        foreach (var count in (int[])[0, 8])
            Assert.DoesNotContain(Stage.Film(80, t => (Standing(t, count, 12), []), rate: 2, light: lit ? Stage.ShowLight : null).Alerts(new CrowdSense(Stage.View(16), Told)), one => one.Kind == AlertKind.CrowdGathering);
    }

    [Fact]
    public void Persons_are_counted_within_a_third()
    {
        var sense = new CrowdSense(Stage.View(100), Told);
        Stage.Film(20, t => (Standing(t, 15, 8), []), rate: 2).Alerts(sense);
        Assert.InRange(sense.Persons!.Value, 10, 20);
    }

    [Fact]
    public void Without_a_floor_no_gathering_is_told()
    {
        var sense = new CrowdSense(null, Told);
        Assert.DoesNotContain(Stage.Film(80, t => (Standing(t, 16, 12), []), rate: 2).Alerts(sense), one => one.Kind == AlertKind.CrowdGathering);
        Assert.Null(sense.Persons);
    }

    /// <summary>People who stand, then run to the right from the tenth second on.</summary>
    static IEnumerable<Figure> Running(double t, double speed, int count = 14) => Enumerable.Range(0, count).Select(n =>
    {
        var (x, y) = (10 + n % 7 * 18 + n / 7 * 9, 92 + n / 7 * 30);
        var gone = Math.Max(0, t - 10) * speed * Stage.TallAt(y);
        return Stage.At(x + gone + 0.8 * Math.Sin(t + n), y, n + 1, gone > 0 ? Math.Sin(9 * t + n) : 0);
    });

    [Theory, InlineData(true), InlineData(false)]
    public void A_sudden_rush_of_many_is_told_with_and_without_a_calibration(bool drawn)
    {
        var alerts = Stage.Film(14, t => (Running(t, 2), [])).Alerts(new CrowdSense(drawn ? Stage.View() : null, Told));
        var alert = Assert.Single(alerts, one => one is { Kind: AlertKind.CrowdSurge, Over: false });
        Assert.InRange(alert.Start.TotalSeconds, 8.9, 12);
    }

    [Fact]
    public void Walking_on_together_two_who_run_and_a_show_of_light_are_no_surge()
    {
        Assert.Empty(Stage.Film(14, t => (Running(t, 0.75), [])).Alerts(new CrowdSense(Stage.View(), Told)));
        Assert.Empty(Stage.Film(14, t => (Running(t, 2, 2), [])).Alerts(new CrowdSense(Stage.View(), Told)));
        Assert.Empty(Stage.Film(14, t => (Running(0, 0), []), light: Stage.ShowLight).Alerts(new CrowdSense(Stage.View(), Told)));
    }

    /// <summary>Two rows of walkers without an end, one to the right and one to the left, or both to the right.</summary>
    static IEnumerable<Figure> Rows(double t, int second) => Enumerable.Range(0, 20).Select(n =>
    {
        var (row, way) = (n / 10, n / 10 == 0 ? 1 : second);
        var y = 100 + row * 16;
        var x = (n % 10 * 28 + way * t * 0.9 * Stage.TallAt(y)) % 280;
        return Stage.At((x + 280) % 280 - 12, y, n + 1, Math.Sin(6 * t + n));
    });

    [Fact]
    public void Two_opposed_streams_are_told_two_that_go_one_way_are_not()
    {
        Assert.Contains(Stage.Film(16, t => (Rows(t, -1), [])).Alerts(new CrowdSense(Stage.View(), Told)), one => one is { Kind: AlertKind.CrowdSurge, Over: false });
        Assert.Empty(Stage.Film(16, t => (Rows(t, 1), [])).Alerts(new CrowdSense(Stage.View(), Told)));
    }

    [Fact]
    public void A_floor_that_dances_is_neither()
    {
        static IEnumerable<Figure> Dancing(double t) => Enumerable.Range(0, 18).Select(n => Stage.At(
            20 + n % 6 * 40 + n / 6 * 12 + 7 * Math.Sin(Math.Tau * (0.55 + n % 3 * 0.1) * t + n), 95 + n / 6 * 18 + 2 * Math.Abs(Math.Sin(Math.Tau * t + n)), n + 1, Math.Sin(Math.Tau * t + n)));
        Assert.Empty(Stage.Film(20, t => (Dancing(t), [])).Alerts(new CrowdSense(Stage.View(), Told)));
    }

    [Fact]
    public void The_settings_are_in_the_hash_that_is_told()
    {
        var kind = CrowdSense.Kind();
        Assert.NotEqual(kind.Model!.On(null).ConfigurationSha256, kind.Model.On(Stage.View(8)).ConfigurationSha256);
        Assert.Equal(64, kind.Model.Sha256.Length);
    }
}
