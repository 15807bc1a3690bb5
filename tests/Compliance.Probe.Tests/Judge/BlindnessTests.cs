using Compliance.Probe.Judge;

namespace Compliance.Probe.Tests.Judge;

public sealed class BlindnessTests
{
    static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly JudgeSettings Settings = new();

    [Fact]
    public void One_venue_of_many_that_falls_silent_is_that_venues_affair() =>
        Assert.False(IsBlind(City(venues: 12, cameras: 4, (venue, _) => venue == 0 ? Noon : null)));

    [Fact]
    public void More_than_a_fifth_of_all_cameras_at_once_is_ours() =>
        Assert.True(IsBlind(City(venues: 12, cameras: 4, (_, camera) => camera == 0 ? Noon.AddSeconds(camera) : null)));

    [Fact]
    public void All_cameras_of_three_venues_at_once_is_ours() =>
        Assert.True(IsBlind(City(venues: 40, cameras: 4, (venue, camera) => venue < 3 ? Noon.AddSeconds(venue + camera) : null)));

    [Fact]
    public void The_same_number_one_after_the_other_is_not() =>
        Assert.False(IsBlind(City(venues: 12, cameras: 4, (venue, camera) => camera == 0 ? Noon.AddSeconds(venue * 20) : null)));

    [Fact]
    public void With_a_handful_of_cameras_chance_would_do_it() =>
        Assert.False(IsBlind(City(venues: 3, cameras: 2, (_, _) => Noon)));

    [Fact]
    public void A_probe_that_was_late_itself_did_not_see()
    {
        Assert.True(Blindness.IsBlind([], TimeSpan.FromSeconds(2.5), Settings));
        Assert.False(Blindness.IsBlind([], TimeSpan.FromSeconds(1.5), Settings));
    }

    static bool IsBlind(Sight[] sights) => Blindness.IsBlind(sights, TimeSpan.Zero, Settings);

    static Sight[] City(int venues, int cameras, Func<int, int, DateTimeOffset?> silentSince) =>
        [.. Enumerable.Range(0, venues).SelectMany(venue => Enumerable.Range(0, cameras).Select(camera =>
            new Sight(new Guid(venue, 0, 0, new byte[8]), silentSince(venue, camera))))];
}
