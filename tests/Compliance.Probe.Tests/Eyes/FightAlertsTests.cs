using AlertKind = Compliance.Domain.Alerts.AlertKind;
using Compliance.Probe.Eyes;

namespace Compliance.Probe.Tests.Eyes;

public sealed class FightAlertsTests
{
    /// <summary>One window each second, of two seconds.</summary>
    static List<Alert> Alerts(params double[] scores)
    {
        var (alerts, ended) = (new FightAlerts(0.5), new List<Alert>());
        for (var at = 0; at < scores.Length; at++)
            if (alerts.See(new(TimeSpan.FromSeconds(at), TimeSpan.FromSeconds(at + 2), 20, 0, []), scores[at]) is { Over: true } alert) ended.Add(alert);
        if (alerts.Rest() is { } rest) ended.Add(rest);
        return ended;
    }

    static IEnumerable<double> Seconds(int count, double score) => Enumerable.Repeat(score, count);

    [Fact]
    public void Four_of_six_are_not_enough() => Assert.Empty(Alerts(0.9, 0.9, 0.1, 0.9, 0.9, 0.1, 0.9, 0.9, 0.1, 0.9, 0.9, 0.1));

    [Fact]
    public void Five_of_six_are_and_the_alert_begins_where_they_do()
    {
        var alert = Assert.Single(Alerts(0.1, 0.9, 0.8, 0.1, 0.9, 0.8, 0.85, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1));
        Assert.Equal((AlertKind.Fight, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8)), (alert.Kind, alert.Start, alert.End));
        Assert.Equal(0.85, alert.Score, 3);
    }

    [Fact]
    public void Four_in_a_row_that_are_sure_begin_an_alert_a_second_sooner()
    {
        Assert.Equal(5, BeginsAfter(0.9, sure: null));
        Assert.Equal(4, BeginsAfter(0.9, sure: 0.8));
        Assert.Equal(5, BeginsAfter(0.79, sure: 0.8));
        Assert.Null(BeginsAfter(0.45, sure: 0.3)); // what is called sure below the threshold makes nothing looser

        static int? BeginsAfter(double score, double? sure)
        {
            var alerts = new FightAlerts(0.5, sure: sure);
            for (var at = 0; at < 20; at++)
                if (alerts.See(new(TimeSpan.FromSeconds(at), TimeSpan.FromSeconds(at + 2), 20, 0, []), score) is not null) return at + 1;
            return null;
        }
    }

    [Fact]
    public void Scores_just_below_hold_what_stands_but_begin_nothing()
    {
        Assert.Empty(Alerts([.. Seconds(20, 0.45)]));
        Assert.Equal(TimeSpan.FromSeconds(16), Assert.Single(Alerts([.. Seconds(5, 0.9), .. Seconds(10, 0.45), .. Seconds(10, 0.1)])).End);
    }

    [Fact]
    public void Half_a_minute_is_quiet_after_an_alert()
    {
        double[] fight = [.. Seconds(6, 0.9), .. Seconds(8, 0.1)];
        Assert.Single(Alerts([.. fight, .. fight]));
        Assert.Equal(2, Alerts([.. fight, .. Seconds(30, 0.1), .. fight]).Count);
    }

    [Fact]
    public void A_floor_that_dances_raises_its_own_bar()
    {
        double[] dance = [.. Enumerable.Range(0, 600).Select(at => at % 4 == 0 ? 0.7 : 0.3)];
        Assert.Empty(Alerts([.. dance, .. Seconds(6, 0.6), .. Seconds(10, 0.3)]));
        Assert.Single(Alerts([.. dance, .. Seconds(6, 0.95), .. Seconds(10, 0.3)]));
    }

    [Fact]
    public void A_window_that_tells_nothing_counts_for_nothing()
    {
        var alerts = new FightAlerts(0.5);
        for (var at = 0; at < 10; at++) Assert.Null(alerts.See(new(TimeSpan.FromSeconds(at), TimeSpan.FromSeconds(at + 2), 20, 20, []), 0.99));
        Assert.False(alerts.Stands);
    }
}
