using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Probe.Tests.Judge;

/// <summary>Many feeds, one look a minute each, under a simulated clock.</summary>
public sealed class SweepTests : IDisposable
{
    readonly FakeTimeProvider _clock = new(new(2026, 6, 1, 20, 0, 0, TimeSpan.Zero));
    readonly CancellationTokenSource _stop = new();
    readonly List<Held> _told = [];
    readonly List<(Guid Device, DateTimeOffset At)> _looks = [];
    Func<AssignedCamera, Checked> _camera = _ => Good;

    static Checked Good => new(Verdict.Online, "", null);

    static Checked Bad(Verdict verdict) => new(verdict, "", null);

    [Fact]
    public void Every_feed_is_looked_at_about_once_a_minute_and_not_all_in_step()
    {
        Go(200, minutes: 10);
        Assert.InRange(_looks.Count, 200 * 9, 200 * 11);
        Assert.InRange(_looks.GroupBy(look => look.At).Max(g => g.Count()), 1, 20);
        Assert.Equal(200, _told.Count(held => held.Verdict == Verdict.Online));
    }

    [Fact]
    public void One_bad_look_is_followed_soon_and_convicts_nobody()
    {
        var looks = 0;
        _camera = _ => ++looks == 3 ? Bad(Verdict.Unreachable) : Good;
        Go(1, minutes: 10);
        Assert.Equal([Verdict.Online], _told.Select(t => t.Verdict));
        Assert.InRange(_looks[3].At - _looks[2].At, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(21));
    }

    [Fact]
    public void Three_looks_that_agree_are_told_since_the_last_good_one_and_one_good_look_ends_it()
    {
        var (away, back) = (_clock.GetUtcNow().AddMinutes(3), _clock.GetUtcNow().AddMinutes(7));
        _camera = _ => _clock.GetUtcNow() is var now && now >= away && now < back ? Bad(Verdict.AuthFailed) : Good;
        Go(1, minutes: 10);
        Assert.Equal([Verdict.Online, Verdict.AuthFailed, Verdict.Online], _told.Select(t => t.Verdict));
        Assert.InRange(_told[1].Since, away.AddSeconds(-67), away);
        Assert.InRange(_told[2].Since, back, back.AddSeconds(67));
    }

    [Fact]
    public void Whoever_fails_differently_each_time_is_told_by_his_last_failure_and_no_more_until_three_agree()
    {
        var (begun, camera, told) = (_clock.GetUtcNow(), Cameras(1).Single(), new List<Held>());
        Verdict[] looks = [Verdict.Online, Verdict.NoStream, Verdict.Unreachable, Verdict.NoStream, Verdict.Unreachable, Verdict.NoStream, Verdict.Unreachable, Verdict.NoStream, Verdict.NoStream];
        foreach (var (i, verdict) in looks.Index())
        {
            camera.Hear(Bad(verdict), begun.AddSeconds(15 * i), 3, false);
            if (camera.TakeNews(false) is { } held) told.Add(held);
            if (i == 4) Assert.Single(told);
        }

        Assert.Equal([(Verdict.Online, begun), (Verdict.NoStream, begun)], told.Select(held => (held.Verdict, held.Since)));
    }

    [Fact]
    public void No_more_are_looked_at_at_once_than_may_be()
    {
        var never = new TaskCompletionSource<Checked>();
        var begun = 0;
        var sweep = new Sweep((_, _) => { begun++; return never.Task; }, new() { InFlight = 7 }, _clock, new Random(1));
        foreach (var camera in Cameras(50)) _ = sweep.Follow(camera, _stop.Token);
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(7, begun);
    }

    [Fact]
    public void While_we_are_blind_bad_looks_say_nothing_and_what_is_bad_then_begins_when_sight_returns()
    {
        var (begun, camera) = (_clock.GetUtcNow(), Cameras(1).Single());
        foreach (var (second, found, blind) in new[] { (0, Good, false), (60, Bad(Verdict.Unreachable), true), (75, Bad(Verdict.Unreachable), true), (90, Bad(Verdict.Unreachable), true) })
            camera.Hear(found, begun.AddSeconds(second), 3, blind);
        Assert.Equal(Verdict.Online, camera.TakeNews(false)?.Verdict);
        foreach (var second in new[] { 105, 120, 135 }) camera.Hear(Bad(Verdict.Unreachable), begun.AddSeconds(second), 3, false);
        Assert.Equal((Verdict.Unreachable, begun.AddSeconds(90)), (camera.Told.Verdict, camera.Told.Since));
        Assert.NotNull(camera.TakeNews(false));
        Assert.Null(camera.TakeNews(false));
        Assert.NotNull(camera.TakeNews(true));
    }

    [Fact]
    public void When_many_that_were_well_fail_together_it_is_us_and_those_long_away_say_nothing()
    {
        Assert.True(Blindness.IsBlind([.. Glimpses(8, true, false), .. Glimpses(3, false, true)], new()));
        Assert.False(Blindness.IsBlind([.. Glimpses(9, true, false), .. Glimpses(2, false, true)], new()));
        Assert.False(Blindness.IsBlind([.. Glimpses(9, true, false), .. Glimpses(90, false, false)], new()));
        Assert.False(Blindness.IsBlind([.. Glimpses(9, false, true)], new()));
    }

    /// <summary>All of one venue.</summary>
    static IEnumerable<SweptSight> Glimpses(int count, bool good, bool inDoubt) => Enumerable.Repeat(new SweptSight(Guid.Empty, good, inDoubt), count);

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    void Go(int feeds, int minutes)
    {
        var sweep = new Sweep(
            (camera, _) =>
            {
                _looks.Add((camera.DeviceId, _clock.GetUtcNow()));
                return Task.FromResult(_camera(camera));
            },
            new(), _clock, new Random(1));
        var cameras = Cameras(feeds);
        foreach (var camera in cameras) _ = sweep.Follow(camera, _stop.Token);
        for (var second = 0; second < minutes * 60; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            _told.AddRange(cameras.Select(camera => camera.TakeNews(false)).OfType<Held>());
        }
    }

    IReadOnlyList<SweptCamera> Cameras(int count) =>
        [.. Enumerable.Range(0, count).Select(n => new SweptCamera(
            new AssignedCamera(Guid.NewGuid(), Guid.Empty, new($"rtsp://10.0.0.{n}/1"), null, null, new(0, 0, 0, null)) { CheckSeconds = 60 }, _clock.GetUtcNow()))];
}
