using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Onvif;
using Microsoft.Extensions.Time.Testing;
using Device = Compliance.Probe.Tests.Onvif.Device;

namespace Compliance.Probe.Tests.Watch;

/// <summary>Whoever calls a host waits for its turn, and a host that is full is not believed to have forgotten a password.</summary>
public sealed class TurnTests
{
    static readonly FeedTarget Camera = new(new("rtsp://10.0.0.9/1"), "police", "x", FeedTransport.Tcp);
    static readonly WatchSettings Settings = new();
    readonly FakeTimeProvider _clock = new(new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Feed_tests_and_replays_open_one_a_second_and_host()
    {
        var opened = 0;
        var open = new Turnstile(Settings, _clock).Before((_, _, _, _) =>
        {
            opened++;
            return Task.FromResult<IFeed>(null!);
        });
        Task<IFeed>[] all = [.. Enumerable.Range(0, 3).Select(_ => open(Camera, new(new(), new()), null, Ct))];
        Assert.Equal(1, opened);
        for (var i = 0; i < 4; i++) _clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(all);
        Assert.Equal(3, opened);
    }

    [Fact]
    public async Task A_device_is_met_by_ONVIF_when_it_is_its_hosts_turn()
    {
        await using var device = await Device.Start();
        var turnstile = new Turnstile(Settings, _clock);
        await turnstile.Pass(device.Address.Host, Ct);
        var meeting = OnvifCamera.Meet(Device.Target(device), Device.Means() with { Turnstile = turnstile }, Ct);
        Assert.False(meeting.IsCompleted);
        for (var i = 0; i < 4; i++) _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(await meeting);
    }

    [Fact]
    public async Task A_swept_camera_that_refuses_what_worked_just_now_is_doubted_until_that_is_long_ago()
    {
        FeedLost? lost = null;
        var check = new QuickCheck(Open, Settings, new(), _clock, new(Settings, _clock));
        Assert.Equal(Verdict.Online, (await Look()).Verdict);
        lost = new(Verdict.AuthFailed, Reason.PasswordRefused) { AfterDescribe = true };
        Assert.Equal(Verdict.SessionLimit, (await Look()).Verdict);
        lost = new(Verdict.AuthFailed, Reason.PasswordRefused);
        var doubted = await Look();
        Assert.Equal((Verdict.AuthFailed, true), (doubted.Verdict, doubted.Doubted));
        var camera = new SweptCamera(new(Guid.Empty, Guid.Empty, Camera.Stream, null, null, new(0, 0, 0, null)), _clock.GetUtcNow());
        for (var i = 0; i < 9; i++) Assert.False(camera.Hear(doubted, _clock.GetUtcNow(), 3, blind: false));
        Assert.Equal(Verdict.Unknown, camera.Told.Verdict);
        _clock.Advance(Settings.CredentialsTrusted);
        Assert.False((await Look()).Doubted);

        Task<Checked> Look()
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            return check.Run(Camera, new(0, 0, 0, null), Ct);
        }

        Task<IFeed> Open(FeedTarget target, FeedOutlet outlet, Action<string, string>? onStep, CancellationToken ct)
        {
            if (lost is not null) throw lost;
            outlet.Meter.OnFormat(new(VideoCodec.H264, "High", "4.0", 1920, 1080, 25));
            outlet.Meter.OnAccessUnit(_clock.GetUtcNow(), 1, true);
            return Task.FromResult<IFeed>(new Feed());
        }
    }

    sealed class Feed : IFeed
    {
        public TimeSpan KeepAliveEvery => TimeSpan.FromSeconds(30);

        public FeedLost? Lost => null;

        public Task KeepAlive(CancellationToken ct) => Task.CompletedTask;

        public ValueTask DisposeAsync() => default;
    }
}
