using Compliance.Domain.Detectors;
using Compliance.Domain.Venues;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Bodies;
using Compliance.Probe.Eyes.Crowds;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Tell;
using Compliance.Probe.Tests.Tell;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compliance.Probe.Tests.Eyes.Live;

public sealed class UsualScoresTests
{
    static readonly TimeSpan Eleven = LiveFrame.Time(VenueZone.At(new(2026, 6, 5), new(23, 0)));

    /// <summary>A full floor: one window in ten looks much like a fight.</summary>
    static void Dance(UsualScores usual, TimeSpan from, int seconds = 3600)
    {
        for (var second = 0; second < seconds; second++) usual.Add(from + TimeSpan.FromSeconds(second), second % 10 == 0 ? 0.8 : 0.3);
    }

    [Fact]
    public void The_same_hour_of_an_earlier_night_raises_the_bar_at_once_and_another_hour_does_not()
    {
        EarlierNights? kept = null;
        var usual = new UsualScores(EarlierNights.None, nights => kept = nights);
        Assert.Equal(0, usual.BarAt(Eleven));
        Dance(usual, Eleven);
        usual.Add(Eleven + TimeSpan.FromHours(1), 0.1); // the hour is over
        Assert.NotNull(kept);

        var restarted = new UsualScores(kept);
        var nextNight = Eleven + TimeSpan.FromDays(1);
        Assert.InRange(restarted.BarAt(nextNight), 0.8, 0.82);
        Assert.Equal(0, restarted.BarAt(nextNight + TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Nights_long_past_fade()
    {
        var nights = EarlierNights.None.With(23, [.. Enumerable.Range(0, EarlierNights.Steps).Select(step => step == 80 ? 3600 : 0)]);
        for (var night = 0; night < 12; night++) nights = nights.With(23, [.. Enumerable.Range(0, EarlierNights.Steps).Select(step => step == 20 ? 3600 : 0)]);
        Assert.Equal(0.21, nights.Bar(23, 0.95, 300), 3);
    }

    [Fact]
    public void The_bar_never_rises_so_high_that_nothing_could_pass()
    {
        var all = EarlierNights.None.With(23, [.. Enumerable.Range(0, EarlierNights.Steps).Select(step => step == 99 ? 3600 : 0)]);
        Assert.Equal(0.9, new UsualScores(all).BarAt(Eleven));
    }

    [Fact]
    public void Footage_without_a_time_of_day_knows_the_last_half_hour_alone()
    {
        var usual = new UsualScores();
        Dance(usual, TimeSpan.Zero, 600);
        Assert.InRange(usual.BarAt(TimeSpan.FromSeconds(600)), 0.8, 0.8);
    }

    [Fact]
    public void What_was_usual_outlives_a_restart_and_is_of_one_model()
    {
        using var folder = new Folder();
        using var file = new ProbeFile(folder["spool.db"]);
        var (camera, usuals) = (Guid.NewGuid(), new UsualNights(file, NullLogger<UsualNights>.Instance));
        var nights = EarlierNights.None.With(3, [.. Enumerable.Range(0, EarlierNights.Steps)]);
        usuals.Keep(camera, "a", nights);
        var again = new UsualNights(file, NullLogger<UsualNights>.Instance);
        Assert.Equal(nights.Hours[3], again.Recall(camera, "a").Hours[3]);
        Assert.Equal(0, again.Recall(camera, "b").Hours[3].Sum());
        file.Run("UPDATE usual_fights SET body = '{\"hours\":[[1]]}'");
        Assert.Equal(0, again.Recall(camera, "a").Hours[3].Sum());
    }

    [Fact]
    public void What_was_usual_is_of_one_calibration_for_each_detector_that_has_a_usual()
    {
        using var folder = new Folder();
        using var file = new ProbeFile(folder["spool.db"]);
        var (camera, usuals, view) = (Guid.NewGuid(), new UsualNights(file, NullLogger<UsualNights>.Instance), Stage.View());
        var before = usuals.Of(camera, "a", view);
        Dance(before, Eleven);
        before.Add(Eleven + TimeSpan.FromHours(1), 0.1); // the hour is over
        var nextNight = Eleven + TimeSpan.FromDays(1);
        Assert.InRange(usuals.Of(camera, "a", view).BarAt(nextNight), 0.8, 0.82);
        Assert.Equal(0, usuals.Of(camera, "a", view with { Persons = [view.Persons[0]] }).BarAt(nextNight));

        List<ViewCalibration?> asked = [];
        UsualScores Asked(Guid device, string model, ViewCalibration? by)
        {
            asked.Add(by);
            return new();
        }

        foreach (var kind in (SenseKind[])[CrowdSense.Kind(Asked), AggressionSense.Kind(Asked), SenseKind.Fights(new FightModel(new('a', 64), 0.6, 4, [], []), Asked)]) kind.Make(camera, view, kind.Model!.On(view));
        Assert.Equal([view, view, view], asked);
    }

    [Fact]
    public void A_copy_of_what_is_usual_has_the_same_bar_and_changes_nothing()
    {
        var usual = new UsualScores();
        for (var second = 0; second < 400; second++) usual.Add(TimeSpan.FromSeconds(second), 0.7);
        var copy = usual.Copy();
        Assert.Equal(0.7, copy.BarAt(TimeSpan.Zero));
        for (var second = 0; second < 1800; second++) copy.Add(TimeSpan.FromSeconds(second), 0.9);
        Assert.Equal((0.9, 0.7), (copy.BarAt(TimeSpan.Zero), usual.BarAt(TimeSpan.Zero)));
    }
}
