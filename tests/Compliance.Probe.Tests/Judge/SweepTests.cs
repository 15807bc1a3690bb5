using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Watch;
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
    public void Three_looks_that_agree_are_told_since_the_first_of_them_one_good_look_ends_it_and_what_lay_between_nobody_knows()
    {
        var (away, back) = (_clock.GetUtcNow().AddMinutes(3), _clock.GetUtcNow().AddMinutes(7));
        _camera = _ => _clock.GetUtcNow() is var now && now >= away && now < back ? Bad(Verdict.AuthFailed) : Good;
        Go(1, minutes: 10);
        Assert.Equal([Verdict.Online, Verdict.AuthFailed, Verdict.Online], _told.Select(t => t.Verdict));
        Assert.Equal(_looks.First(look => look.At >= away).At, _told[1].Since);
        Assert.Equal(_looks.Last(look => look.At < away).At, _told[1].UnseenSince);
        Assert.Equal(_looks.First(look => look.At >= back).At, _told[2].Since);
        Assert.Equal(_looks.Last(look => look.At < back).At, _told[2].UnseenSince);
        Assert.Null(_told[0].UnseenSince);
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

        Assert.Equal([(Verdict.Online, begun, null), (Verdict.NoStream, begun.AddSeconds(15), (DateTimeOffset?)begun)], told.Select(held => (held.Verdict, held.Since, held.UnseenSince)));
    }

    [Fact]
    public void No_more_are_looked_at_at_once_than_may_be()
    {
        var never = new TaskCompletionSource<Checked>();
        var begun = 0;
        var sweep = new Sweep((_, _) => { begun++; return never.Task; }, Turnstile, new() { InFlight = 7 }, _clock, new Random(1));
        var cameras = Cameras(50);
        foreach (var camera in cameras) sweep.Begin(camera);
        for (var second = 0; second < 120; second++) Pass(sweep, cameras);
        Assert.Equal(7, begun);
    }

    [Fact]
    public void Channels_that_wait_for_the_turn_of_their_recorder_take_nobodys_place()
    {
        AssignedCamera other = Cameras(1)[0].Assigned, channel = other with { MainStream = new("rtsp://10.9.0.1/1"), CheckSeconds = 15 };
        Go([.. Enumerable.Range(0, 60).Select(n => new SweptCamera(channel with { DeviceId = Guid.NewGuid() }, _clock.GetUtcNow())), new(other, _clock.GetUtcNow())], minutes: 10, new() { InFlight = 5 });
        Assert.InRange(_looks.Count(look => look.Device == other.DeviceId), 9, 11);
        var recorder = _looks.Where(look => look.Device != other.DeviceId).Select(look => look.At).ToArray();
        Assert.Equal(recorder.Length, recorder.Distinct().Count());
        Assert.InRange(recorder.Length, 550, 601);
    }

    [Fact]
    public void While_we_are_blind_bad_looks_say_nothing_and_what_is_bad_then_begins_with_the_first_look_that_sees()
    {
        var (begun, camera) = (_clock.GetUtcNow(), Cameras(1).Single());
        foreach (var (second, found, blind) in new[] { (0, Good, false), (60, Bad(Verdict.Unreachable), true), (75, Bad(Verdict.Unreachable), true), (90, Bad(Verdict.Unreachable), true) })
            camera.Hear(found, begun.AddSeconds(second), 3, blind);
        Assert.Equal(Verdict.Online, camera.TakeNews(false)?.Verdict);
        foreach (var second in new[] { 105, 120, 135 }) camera.Hear(Bad(Verdict.Unreachable), begun.AddSeconds(second), 3, false);
        Assert.Equal((Verdict.Unreachable, begun.AddSeconds(105), begun), (camera.Told.Verdict, camera.Told.Since, camera.Told.UnseenSince));
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

    Turnstile Turnstile => new(new() { BetweenAttempts = TimeSpan.Zero }, _clock);

    void Go(int feeds, int minutes) => Go(Cameras(feeds), minutes);

    void Go(IReadOnlyList<SweptCamera> cameras, int minutes, SweepSettings? settings = null)
    {
        var sweep = new Sweep(
            (camera, _) =>
            {
                _looks.Add((camera.DeviceId, _clock.GetUtcNow()));
                return Task.FromResult(_camera(camera));
            },
            Turnstile, settings ?? new(), _clock, new Random(1));
        foreach (var camera in cameras) sweep.Begin(camera);
        for (var second = 0; second < minutes * 60; second++)
        {
            Pass(sweep, cameras);
            _told.AddRange(cameras.Select(camera => camera.TakeNews(false)).OfType<Held>());
        }
    }

    /// <summary>One round of the sweep.</summary>
    void Pass(Sweep sweep, IReadOnlyList<SweptCamera> cameras)
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var camera in cameras.Where(sweep.IsDue)) _ = sweep.Take(camera, _stop.Token);
    }

    IReadOnlyList<SweptCamera> Cameras(int count) =>
        [.. Enumerable.Range(0, count).Select(n => new SweptCamera(
            new AssignedCamera(Guid.NewGuid(), Guid.Empty, new($"rtsp://10.0.0.{n}/1"), null, null, new(0, 0, 0, null)) { CheckSeconds = 60 }, _clock.GetUtcNow()))];
}
