using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Microsoft.Extensions.Time.Testing;

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

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    public void All_cameras_silent_with_a_dead_canary_is_ours_and_with_a_living_one_theirs(int cameras)
    {
        var sights = City(venues: 1, cameras, (_, _) => Noon);
        Assert.True(Blindness.IsBlind(sights, Canaries.Dead, delivers: false, TimeSpan.Zero, Settings));
        Assert.True(Blindness.IsBlind([], Canaries.Dead, delivers: false, TimeSpan.Zero, Settings));
        Assert.False(Blindness.IsBlind(sights, Canaries.Alive, delivers: false, TimeSpan.Zero, Settings));
        Assert.True(Blindness.IsBlind(sights, Canaries.Alive, delivers: true, TimeSpan.FromSeconds(2.5), Settings));
    }

    [Fact]
    public void While_a_camera_delivers_a_dead_canary_is_only_a_dead_canary()
    {
        Assert.False(Blindness.IsBlind(City(venues: 1, cameras: 4, (_, camera) => camera > 0 ? Noon : null), Canaries.Dead, delivers: true, TimeSpan.Zero, Settings));
        Assert.True(Blindness.IsBlind(City(venues: 12, cameras: 4, (_, camera) => camera == 0 ? Noon : null), Canaries.Dead, delivers: true, TimeSpan.Zero, Settings));
    }

    [Fact]
    public void Three_of_ten_cut_at_once_are_in_doubt_for_five_minutes_and_then_away()
    {
        var (clock, declared) = (new FakeTimeProvider(Noon), new DeclaredParameters(25, 1920, 1080, VideoCodec.H264));
        var cameras = Enumerable.Range(0, 10).Select(_ => CameraState.Begin(Noon)).ToArray();
        var blindFor = TimeSpan.Zero;
        for (var second = 0; second < 600; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            var now = clock.GetUtcNow();
            var sights = cameras.Where(c => c.Phase is Phase.Online or Phase.Suspect)
                .Select((c, i) => new Sight(new Guid(i, 0, 0, new byte[8]), c.Phase == Phase.Suspect ? c.LastGood : null, c.HealthySince)).ToArray();
            var blind = IsBlind(Blindness.InDoubt(sights, Noon, now, Settings));
            if (blind) blindFor += TimeSpan.FromSeconds(1);
            for (var i = 0; i < cameras.Length; i++)
            {
                var isCut = i < 3 && second >= 60;
                if (isCut && second % 5 == 0) cameras[i] = CameraJudge.Hear(cameras[i], new Sign.Failed(now, Verdict.Unreachable, ""), declared, Settings);
                cameras[i] = CameraJudge.Hear(cameras[i], new Sign.Glanced(now, isCut ? Noon.AddSeconds(60) : now, blind), declared, Settings);
            }
        }

        Assert.InRange(blindFor, TimeSpan.FromMinutes(4.8), TimeSpan.FromMinutes(5.1));
        Assert.All(cameras[..3], c => Assert.Equal(Verdict.Unreachable, c.Told.Verdict));
        Assert.All(cameras[3..], c => Assert.Equal(Verdict.Online, c.Told.Verdict));
    }

    [Fact]
    public void Others_vouch_only_when_they_are_many_and_our_loop_was_in_time()
    {
        Sight[] silent = [.. Enumerable.Repeat(new Sight(default, Noon), 9)];
        var now = Noon.AddMinutes(6);
        Sight[] one = [.. silent, new(default, null, Noon)], many = [.. one, new(default, null, Noon), new(default, null, Noon)];
        Assert.Equal(one, Blindness.InDoubt(one, Noon, now, Settings));
        Assert.Equal(many, Blindness.InDoubt(many, now.AddMinutes(-1), now, Settings));
        Assert.Equal(many[9..], Blindness.InDoubt(many, Noon, now, Settings));
    }

    [Fact]
    public void Many_cut_together_again_and_again_are_believed_to_be_us_for_ten_minutes_an_hour()
    {
        var (budget, blind) = (new BlindBudget(Settings), new int[8]);
        for (var second = 0; second < 8 * 60 * 60; second++)
            if (budget.Believes(byNumbers: second % 330 < 290, delivers: true, venues: 9, Noon.AddSeconds(second))) blind[second / 3600]++;
        Assert.All(blind, seconds => Assert.InRange(seconds, 1, 601));
    }

    [Fact]
    public void A_venue_whose_way_out_is_cut_for_long_stays_in_doubt_while_nothing_delivers_and_the_same_again_and_again_does_not()
    {
        var budget = new BlindBudget(Settings);
        for (var second = 0; second < 3 * 3600; second++) Assert.True(budget.Believes(true, delivers: false, venues: 1, Noon.AddSeconds(second)));
        Assert.False(budget.Believes(true, delivers: true, venues: 1, Noon.AddHours(3)));
        Assert.False(budget.Believes(true, delivers: false, venues: 1, Noon.AddHours(3).AddSeconds(1)));
        Assert.False(budget.Believes(false, delivers: true, venues: 1, Noon.AddHours(3).AddSeconds(2)));
        Assert.False(budget.Believes(true, delivers: false, venues: 1, Noon.AddHours(3).AddSeconds(3)));
        Assert.False(budget.Believes(false, delivers: true, venues: 1, Noon.AddHours(5)));
        Assert.True(budget.Believes(true, delivers: true, venues: 1, Noon.AddHours(5).AddSeconds(1)));
    }

    [Fact]
    public void When_nothing_of_several_venues_delivers_it_is_us_however_often()
    {
        var budget = new BlindBudget(Settings);
        for (var second = 0; second < 3 * 3600; second++)
            if (second % 300 < 200) Assert.True(budget.Believes(true, delivers: false, venues: 3, Noon.AddSeconds(second)));
            else Assert.False(budget.Believes(false, delivers: true, venues: 3, Noon.AddSeconds(second)));
    }

    static bool IsBlind(Sight[] sights) => Blindness.IsBlind(sights, TimeSpan.Zero, Settings);

    static Sight[] City(int venues, int cameras, Func<int, int, DateTimeOffset?> silentSince) =>
        [.. Enumerable.Range(0, venues).SelectMany(venue => Enumerable.Range(0, cameras).Select(camera =>
            new Sight(new Guid(venue, 0, 0, new byte[8]), silentSince(venue, camera))))];
}
