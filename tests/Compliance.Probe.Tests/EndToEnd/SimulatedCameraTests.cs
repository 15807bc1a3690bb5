using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Rtp;
using VenueSimulator.Load;

namespace Compliance.Probe.Tests.EndToEnd;

public sealed class SimulatedCameraTests
{
    [Theory]
    [InlineData(AuthSchemes.None)]
    [InlineData(AuthSchemes.Basic)]
    [InlineData(AuthSchemes.DigestMd5)]
    [InlineData(AuthSchemes.DigestSha256)]
    [InlineData(AuthSchemes.Basic | AuthSchemes.DigestMd5 | AuthSchemes.DigestSha256)]
    public async Task A_camera_is_opened_and_measured_however_it_asks_for_the_password(AuthSchemes auth)
    {
        using var cameras = await Cameras.Serve(auth);
        var measured = await Measure(cameras, cameras.Target("h264/1"));
        Assert.Equal((VideoCodec.H264, 640, 360), (measured.Codec, measured.Width, measured.Height));
    }

    [Theory]
    [InlineData("h264/1", FeedTransport.Tcp, VideoCodec.H264)]
    [InlineData("h264/2", FeedTransport.Udp, VideoCodec.H264)]
    [InlineData("h265/1", FeedTransport.Tcp, VideoCodec.H265)]
    [InlineData("h265/2", FeedTransport.Udp, VideoCodec.H265)]
    public async Task Both_codecs_are_measured_over_both_transports(string camera, FeedTransport transport, VideoCodec codec)
    {
        using var cameras = await Cameras.Serve();
        var measured = await Measure(cameras, cameras.Target(camera, transport: transport));
        Assert.Equal((codec, 640, 360, 0L), (measured.Codec, measured.Width, measured.Height, measured.PacketsLost));
        Assert.InRange(measured.Fps, 15, 35);
    }

    [Fact]
    public async Task A_camera_that_insists_on_udp_gets_it()
    {
        using var cameras = await Cameras.Serve();
        await cameras.Server.Inject("h264/1", new() { Transports = Transports.Udp });
        Assert.Equal(VideoCodec.H264, (await Measure(cameras, cameras.Target("h264/1"))).Codec);
    }

    [Fact]
    public async Task Whoever_waits_for_each_picture_gets_it_as_it_comes_and_not_several_at_once()
    {
        using var cameras = await Cameras.Serve();
        var outlet = Cameras.Outlet();
        await using var feed = await cameras.Open(cameras.Target("h264/1"), outlet, null, TestContext.Current.CancellationToken);
        using var tap = outlet.Fanout.Tap("test", atOnce: true);
        var (instants, inARow) = (new HashSet<DateTimeOffset>(), 0);
        await foreach (var unit in tap.Units(TestContext.Current.CancellationToken).Take(500))
        {
            // A busy machine may be late now and then; one that looks every quarter of a second never hands out ten pictures at ten instants.
            inARow = instants.Add(unit.At) ? inARow + 1 : 0;
            if (inARow == 10) break;
        }

        Assert.Equal(10, inARow);
    }

    [Fact]
    public async Task The_cameras_clock_is_read_from_its_reports()
    {
        using var cameras = await Cameras.Serve();
        await cameras.Server.Inject("h264/1", new() { ClockSkew = TimeSpan.FromSeconds(7) });
        var measured = await Measure(cameras, cameras.Target("h264/1"), when: m => m.ClockOffsetMs is not null);
        Assert.InRange(measured.ClockOffsetMs!.Value, 6500, 7200);
    }

    [Fact]
    public async Task A_wrong_password_is_told_from_a_full_house_and_a_missing_stream()
    {
        using var cameras = await Cameras.Serve();
        await cameras.Server.Inject("h264/2", new() { SessionLimit = 0, SessionLimitStatus = 453 });
        Assert.Equal(Verdict.AuthFailed, await Refusal(cameras, cameras.Target("h264/1", "wrong")));
        Assert.Equal(Verdict.SessionLimit, await Refusal(cameras, cameras.Target("h264/2")));
        Assert.Equal(Verdict.NoStream, await Refusal(cameras, cameras.Target("nothing-here")));
        await cameras.Server.Inject("h264/3", new() { Cut = true });
        Assert.Equal(Verdict.Unreachable, await Refusal(cameras, cameras.Target("h264/3")));
    }

    [Theory]
    [InlineData(453, false)]
    [InlineData(401, false)]
    [InlineData(401, true)]
    [InlineData(454, false)]
    [InlineData(0, false)]
    public async Task A_full_house_is_no_wrong_password_however_the_camera_says_it(int status, bool atDescribe)
    {
        using var cameras = await Cameras.Serve();
        var (target, settings) = (cameras.Target("h264/1"), new WatchSettings { BetweenAttemptsPerHost = TimeSpan.Zero, LongestPause = TimeSpan.FromMilliseconds(200), LongestPauseRefused = TimeSpan.FromMilliseconds(200) });
        var signIns = new SignIns(settings, TimeProvider.System);
        await using var holder = await cameras.Open(target, Cameras.Outlet(), null, TestContext.Current.CancellationToken);
        await cameras.Server.Inject("h264/1", new() { SessionLimit = 1, SessionLimitStatus = status, SessionLimitAtDescribe = atDescribe });
        signIns.Worked(target);
        var watch = new CameraWatch(target, Cameras.Outlet(), cameras.Open, new(settings, TimeProvider.System), signIns, settings, TimeProvider.System, new Random(1));
        using var stop = new CancellationTokenSource();
        var run = watch.Run(stop.Token);
        await Cameras.Until(() => watch.Attempts.Count >= 3);
        Assert.All(watch.Attempts, a => Assert.True(a.Cause == Verdict.SessionLimit || a is { Cause: Verdict.AuthFailed, Doubted: true }, a.ToString()));
        await stop.CancelAsync();
        await run.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task An_old_nonce_is_answered_with_a_new_one_and_a_refused_get_parameter_with_options()
    {
        using var cameras = await Cameras.Serve(with: s => s with { NonceLifetime = TimeSpan.FromMilliseconds(80) });
        await cameras.Server.Inject("h264/1", new() { NoGetParameter = true });
        await using var feed = await cameras.Open(cameras.Target("h264/1"), Cameras.Outlet(), null, TestContext.Current.CancellationToken);
        for (var begun = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromMilliseconds(300);)
            await feed.KeepAlive(TestContext.Current.CancellationToken);
        Assert.Null(feed.Lost);
    }

    [Fact]
    public async Task Garbage_in_the_stream_is_stepped_over()
    {
        using var cameras = await Cameras.Serve();
        await cameras.Server.Inject("h264/1", new() { Garbage = 0.05 });
        var measured = await Measure(cameras, cameras.Target("h264/1"));
        Assert.True(measured.Fps > 8, $"{measured.Fps} frames a second");
        Assert.True(measured.PacketsLost > 0);
    }

    [Fact]
    public async Task Whoever_subscribes_gets_whole_access_units_and_others_cost_nothing()
    {
        using var cameras = await Cameras.Serve();
        var outlet = Cameras.Outlet();
        await using var feed = await cameras.Open(cameras.Target("h264/1"), outlet, null, TestContext.Current.CancellationToken);
        Assert.Equal(Wanted.None, outlet.Fanout.Wanted);
        var keyframe = await outlet.Fanout.NextKeyframe(TestContext.Current.CancellationToken).WaitAsync(Cameras.Patience, TestContext.Current.CancellationToken);
        Assert.True(keyframe.AnnexB.Span.IndexOf<byte>([0, 0, 0, 1, 0x67]) >= 0 || keyframe.AnnexB.Span.IndexOf<byte>([0, 0, 0, 1, 0x27]) >= 0);
        Assert.Equal(Wanted.None, outlet.Fanout.Wanted);
    }

    static async Task<Measurement> Measure(Cameras cameras, FeedTarget target, Func<Measurement, bool>? when = null)
    {
        var outlet = Cameras.Outlet();
        await using var feed = await cameras.Open(target, outlet, null, TestContext.Current.CancellationToken);
        Measurement? measured = null;
        await Cameras.Until(() => (measured = outlet.Meter.Measure(10, TimeProvider.System.GetUtcNow())) is { WindowSeconds: >= 1, Codec: not null } && when?.Invoke(measured) != false || feed.Lost is not null);
        if (feed.Lost is { } lost) throw lost;
        return measured!;
    }

    static async Task<Verdict> Refusal(Cameras cameras, FeedTarget target) =>
        (await Assert.ThrowsAsync<FeedLost>(() => cameras.Open(target, Cameras.Outlet(), null, TestContext.Current.CancellationToken))).Cause;
}
