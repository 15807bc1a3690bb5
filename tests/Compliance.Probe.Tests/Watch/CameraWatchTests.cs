using Compliance.Domain.Devices;
using Compliance.Probe.Look;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Rtp;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Probe.Tests.Watch;

/// <summary>Hours of patience under a simulated clock.</summary>
public sealed class CameraWatchTests
{
    static readonly DateTimeOffset _begun = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    readonly FakeTimeProvider _clock = new(_begun);
    readonly FeedOutlet _outlet = new(new StreamMeter(), new Fanout());
    readonly List<DateTimeOffset> _attempts = [];
    readonly WatchSettings _settings = new();

    [Theory]
    [InlineData(Verdict.Unreachable, 10)]
    [InlineData(Verdict.AuthFailed, 60)]
    public async Task A_lost_camera_is_called_ever_more_rarely_and_one_that_refuses_us_most_rarely(Verdict cause, int longest)
    {
        await Watch((_, _, _, _) => throw new FeedLost(cause, Reason.NotConnected), TimeSpan.FromMinutes(30));
        var pauses = _attempts.Zip(_attempts.Skip(1), (a, b) => b - a).ToArray();
        Assert.All(pauses, pause => Assert.InRange(pause, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(longest + 2)));
        Assert.True(pauses[0] <= TimeSpan.FromSeconds(2));
        Assert.InRange(pauses[8..].Average(p => p.TotalSeconds), longest / 4.0, longest * 3 / 4.0);
    }

    [Fact]
    public async Task A_camera_without_a_picture_is_given_up_after_ten_seconds_and_one_that_stops_after_five()
    {
        var feed = new SilentFeed();
        await Watch((_, outlet, _, _) =>
        {
            if (_attempts.Count == 2) outlet.Meter.OnAccessUnit(_clock.GetUtcNow().AddSeconds(1), 1, false);
            return Task.FromResult<IFeed>(feed);
        }, TimeSpan.FromSeconds(25));
        Assert.InRange(_attempts[1] - _attempts[0], TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(13));
        Assert.InRange(_attempts[2] - _attempts[1], TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(10));
        Assert.True(feed.Disposed >= 2);
    }

    [Fact]
    public async Task The_session_is_kept_alive_as_often_as_the_camera_wants()
    {
        var feed = new SilentFeed { OnKeepAlive = () => _outlet.Meter.OnAccessUnit(_clock.GetUtcNow(), 1, false) };
        await Watch((_, _, _, _) => Task.FromResult<IFeed>(feed), TimeSpan.FromSeconds(60));
        Assert.Single(_attempts);
        Assert.InRange(feed.KeptAlive, 14, 15);
    }

    [Fact]
    public async Task A_401_to_credentials_that_just_worked_is_doubted_for_two_minutes_and_called_with_back_off()
    {
        var feed = new SilentFeed();
        var watch = await Watch((_, _, _, _) => _attempts.Count == 1 ? Task.FromResult<IFeed>(feed) : throw new FeedLost(Verdict.AuthFailed, "401"), TimeSpan.FromMinutes(4));
        var refused = watch.Attempts.Where(a => a.Cause == Verdict.AuthFailed).ToArray();
        Assert.All(refused.Where(a => a.EndedAt < _begun.AddMinutes(2)), a => Assert.True(a.Doubted));
        Assert.All(refused.Where(a => a.EndedAt > _begun.AddMinutes(2.5)), a => Assert.False(a.Doubted));
        Assert.InRange(refused.Length, 5, 30);
    }

    [Fact]
    public async Task A_401_while_the_same_credentials_open_another_stream_of_that_host_is_a_full_house()
    {
        var signIns = new SignIns(_settings, _clock);
        var target = new FeedTarget(new("rtsp://10.0.0.1/a"), "police", "secret", FeedTransport.Tcp);
        var lost = new FeedLost(Verdict.AuthFailed, "401");
        Assert.Equal(new(lost), signIns.Weigh(target, lost, _begun.Ticks));
        signIns.Worked(target with { Stream = new("rtsp://10.0.0.1/b") });
        await Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(new(lost, Doubted: true), signIns.Weigh(target, lost, _clock.GetTimestamp()));
        Assert.Equal(Verdict.SessionLimit, signIns.Weigh(target, lost, _begun.AddSeconds(-1).Ticks).Lost.Cause);
        Assert.Equal(new(lost), signIns.Weigh(target with { Password = "other" }, lost, _begun.Ticks));
        signIns.Forget();
        Assert.Equal(new(lost), signIns.Weigh(target, lost, _begun.AddSeconds(-1).Ticks));
    }

    [Theory]
    [InlineData(Verdict.Unreachable, true, Verdict.SessionLimit)]
    [InlineData(Verdict.AuthFailed, true, Verdict.SessionLimit)]
    [InlineData(Verdict.NoStream, true, Verdict.NoStream)]
    [InlineData(Verdict.Unreachable, false, Verdict.Unreachable)]
    public void A_camera_that_describes_and_then_hangs_up_on_credentials_that_worked_has_no_session_left(Verdict cause, bool afterDescribe, Verdict told)
    {
        var signIns = new SignIns(_settings, _clock);
        var target = new FeedTarget(new("rtsp://10.0.0.1/a"), "police", "secret", FeedTransport.Tcp);
        var lost = new FeedLost(cause, Reason.ClosedByCamera) { AfterDescribe = afterDescribe };
        Assert.Equal(cause, signIns.Weigh(target, lost, _begun.Ticks).Lost.Cause);
        signIns.Worked(target);
        Assert.Equal(told, signIns.Weigh(target, lost, _begun.Ticks).Lost.Cause);
    }

    [Fact]
    public async Task All_cameras_of_one_host_are_called_one_a_second_and_others_do_not_wait_for_them()
    {
        var turnstile = new Turnstile(_settings, _clock);
        var passed = new List<string>();
        var passing = Enumerable.Range(0, 5).Select(i => Pass("recorder")).Append(Pass("camera")).ToArray();
        for (var second = 0; second < 5; second++)
        {
            for (var tick = 0; tick < 10; tick++) await Advance(TimeSpan.FromMilliseconds(100));
            Assert.Equal(Math.Min(second + 2, 5), passed.Count(host => host == "recorder"));
            Assert.Contains("camera", passed);
        }

        await Task.WhenAll(passing);
        async Task Pass(string host)
        {
            await turnstile.Pass(host, TestContext.Current.CancellationToken);
            passed.Add(host);
        }
    }

    [Fact]
    public async Task A_clock_set_back_holds_nobody_at_the_turnstile()
    {
        var clock = new SettableClock(_begun);
        var turnstile = new Turnstile(_settings, clock);
        await turnstile.Pass("camera", TestContext.Current.CancellationToken);
        clock.SetBack(TimeSpan.FromHours(1));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(turnstile.Pass("camera", TestContext.Current.CancellationToken).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Whatever_breaks_is_a_failed_attempt_for_the_judge()
    {
        var watch = await Watch((_, _, _, _) => throw new FormatException("secret"), TimeSpan.FromSeconds(10));
        Assert.True(watch.Attempts.Count >= 3);
        Assert.All(watch.Attempts, a => Assert.Equal((Verdict.NoStream, "ProbeFault FormatException"), (a.Cause, a.Detail)));
    }

    async Task<CameraWatch> Watch(OpenFeed open, TimeSpan time)
    {
        using var stop = new CancellationTokenSource();
        var watch = new CameraWatch(new(new("rtsp://10.0.0.1/a"), null, null, FeedTransport.Tcp), _outlet, Counted, new(_settings, _clock), new(_settings, _clock), _settings, _clock, new Random(1));
        var run = watch.Run(stop.Token);
        for (var end = _clock.GetUtcNow() + time; _clock.GetUtcNow() < end;) await Advance(TimeSpan.FromMilliseconds(250));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        return watch;

        Task<IFeed> Counted(FeedTarget target, FeedOutlet outlet, Action<string, string>? onStep, CancellationToken ct)
        {
            _attempts.Add(_clock.GetUtcNow());
            return open(target, outlet, onStep, ct);
        }
    }

    /// <summary>Lets whatever the new time set off run to its next wait.</summary>
    async Task Advance(TimeSpan step)
    {
        _clock.Advance(step);
        for (var i = 0; i < 5; i++) await Task.Yield();
    }

    sealed class SilentFeed : IFeed
    {
        public int Disposed { get; private set; }
        public int KeptAlive { get; private set; }
        public Action OnKeepAlive { get; init; } = () => { };
        public TimeSpan KeepAliveEvery => TimeSpan.FromSeconds(4);
        public FeedLost? Lost => null;

        public Task KeepAlive(CancellationToken ct)
        {
            KeptAlive++;
            OnKeepAlive();
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            Disposed++;
            return default;
        }
    }
}
