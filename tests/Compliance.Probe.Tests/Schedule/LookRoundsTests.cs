using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using Compliance.Probe.Schedule;
using Compliance.Probe.Tell;
using Compliance.Probe.Tests.Tell;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Rtp;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Probe.Tests.Schedule;

public sealed class LookRoundsTests : IDisposable
{
    readonly FakeTimeProvider _clock = new(new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
    readonly ProbeOptions _options = new();
    readonly Folder _folder = new();
    readonly ProbeFile _file;
    readonly WatchedCameras _watched;
    readonly Decoder _decoder;
    readonly LookRounds _rounds;

    public LookRoundsTests()
    {
        (_file, OpenFeed never) = (new(_folder["spool.db"]), (_, _, _, _) => throw new FeedLost(Verdict.Unreachable, ""));
        _watched = new(_options, never, new(_file), new(_file, NullLogger<ApprovedViews>.Instance), new(_file, NullLogger<UsualPictures>.Instance), new(_file, NullLogger<CameraRecords>.Instance), Onvif.Device.Means(), _clock, new Random(1), NullLogger<WatchedCameras>.Instance);
        _decoder = new(_options.Look, _clock);
        _rounds = new(_watched, _decoder, _options, _clock, NullLogger<LookRounds>.Instance);
    }

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_that_breaks_the_look_at_one_camera_is_not_the_others()
    {
        await Watch(2);
        var (broken, well) = (_watched.Cameras.First(), _watched.Cameras.Last());
        _rounds.Look(broken, new(new byte[1]), _clock.GetUtcNow());
        _rounds.Look(well, new(new byte[GrayPicture.Bytes]), _clock.GetUtcNow());
        Assert.Empty(broken.Looks);
        Assert.Equal(Verdict.Black, Assert.IsType<Sign.Looked>(Assert.Single(well.Looks)).Fault);
    }

    [Fact]
    public async Task However_many_cameras_send_no_keyframe_a_round_waits_for_them_once()
    {
        await Watch(200);
        foreach (var camera in _watched.Cameras) camera.State = camera.State with { Phase = Phase.Online };
        var round = _rounds.Round(Ct);
        Assert.False(round.IsCompleted);
        _clock.Advance(_options.Look.KeyframeWithin);
        await round.WaitAsync(TimeSpan.FromSeconds(30), Ct);
    }

    [Fact]
    public async Task A_keyframe_that_comes_between_two_looks_is_seen_by_the_second_and_an_old_one_by_none()
    {
        await Watch(1);
        var camera = Online();
        await RoundInVain();
        camera.Outlet.Fanout.Publish(Keyframe(_clock.GetUtcNow()));
        await _rounds.Round(Ct);
        Assert.IsType<Sign.LookedInVain>(camera.Looks.First());
        Assert.IsType<Sign.Looked>(camera.Looks.Last());
        await RoundInVain();
        camera.Outlet.Fanout.Publish(Keyframe(_clock.GetUtcNow().AddMinutes(-1)));
        await RoundInVain();
        Assert.Equal(3, camera.Looks.Count(look => look is Sign.LookedInVain));
    }

    [Fact]
    public async Task Whoever_sends_no_keyframe_or_one_that_does_not_decode_is_looked_at_in_vain()
    {
        await Watch(1);
        var camera = Online();
        for (var i = 0; i < 50; i++) camera.Outlet.Meter.OnAccessUnit(_clock.GetUtcNow(), 2_000, false);
        await RoundInVain();
        Assert.Equal("NoPicture 50 0 100", Assert.IsType<Sign.LookedInVain>(Assert.Single(camera.Looks)).Evidence);
        camera.Outlet.Fanout.Publish(new(VideoCodec.H264, true, 0, _clock.GetUtcNow(), new byte[] { 0, 0, 0, 1, 0x65, 1, 2, 3 }));
        await _rounds.Round(Ct);
        Assert.Equal("NoPicture 50 0 100; KeyframeUndecodable 8", Assert.IsType<Sign.LookedInVain>(camera.Looks.Last()).Evidence);
    }

    [Theory]
    [InlineData(VideoCodec.H264)]
    [InlineData(VideoCodec.H265)]
    public async Task The_decoder_proves_itself_by_a_picture_of_our_own(VideoCodec codec) => Assert.True(await _decoder.IsWell(codec, Ct));

    WatchedCamera Online()
    {
        var camera = _watched.Cameras.Single();
        camera.State = camera.State with { Phase = Phase.Online };
        return camera;
    }

    async Task RoundInVain()
    {
        var round = _rounds.Round(Ct);
        _clock.Advance(_options.Look.KeyframeWithin);
        await round.WaitAsync(TimeSpan.FromSeconds(30), Ct);
    }

    static AccessUnit Keyframe(DateTimeOffset at) => new(VideoCodec.H264, true, 0, at, Convert.FromBase64String(
        "AAAAAWdCwArZBCbARAAAAwAEAAADAMg8SJkgAAAAAWjLg8sgAAABZYiECvJigAF5OTk6666666666668"));

    Task Watch(int count) => _watched.Follow(new(Guid.Empty, "1", [.. Enumerable.Range(1, count).Select(n =>
        new AssignedCamera(new(n, 0, 0, new byte[8]), Guid.Empty, new($"rtsp://10.0.0.{n}/a"), null, null, new(0, 0, 0, null)))]), Ct);

    public void Dispose()
    {
        _watched.StopAll().GetAwaiter().GetResult();
        _decoder.Dispose();
        _file.Dispose();
        _folder.Dispose();
    }
}
