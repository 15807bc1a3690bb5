using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Tests.EndToEnd;

/// <summary>Keyframes of our own access units, decoded by the machine's ffmpeg.</summary>
public sealed class LookingTests
{
    [Fact]
    public async Task Keyframes_of_many_cameras_are_decoded_in_one_go_and_a_broken_one_is_alone_with_it()
    {
        using var cameras = await Cameras.Serve();
        using var decoder = new Decoder(new(), TimeProvider.System);
        var ct = TestContext.Current.CancellationToken;
        var units = new List<AccessUnit>();
        foreach (var camera in new[] { "h264/1", "covered/1", "h265/1", "h264/2", "h265/2" }) units.Add(await Keyframe(cameras, camera));
        units.Insert(2, units[0] with { AnnexB = new byte[100] });

        var pictures = await decoder.Gray(units, ct);
        Assert.Equal([true, true, false, true, true, true], pictures.Select(p => p is not null));
        var (scene, covered, again) = (PictureFacts.Of(pictures[0]!), PictureFacts.Of(pictures[1]!), PictureFacts.Of(pictures[3]!));
        Assert.True(scene.Outline.Average() > 3 * covered.Outline.Average(), $"{scene} {covered}");
        Assert.InRange(again.Mean, scene.Mean - 20, scene.Mean + 20);
    }

    [Fact]
    public async Task A_lens_covered_after_some_clear_pictures_is_seen()
    {
        using var cameras = await Cameras.Serve();
        using var decoder = new Decoder(new(), TimeProvider.System);
        var history = new PictureHistory(new());
        AccessUnit[] clear = [await Keyframe(cameras, "h264/1"), await Keyframe(cameras, "h264/2"), await Keyframe(cameras, "h264/3"), await Keyframe(cameras, "h264/4")];
        foreach (var picture in await decoder.Gray(clear, TestContext.Current.CancellationToken)) history.Look(picture!, TimeProvider.System.GetUtcNow());
        await cameras.Server.Inject("h264/1", new() { Clip = "covered" });
        var covered = await decoder.Gray([await Keyframe(cameras, "h264/1")], TestContext.Current.CancellationToken);
        var finding = history.Look(covered[0]!, TimeProvider.System.GetUtcNow());
        Assert.True(finding.Fault is Verdict.Covered or Verdict.Black, $"{finding}");
    }

    [Fact]
    public async Task A_feed_test_goes_all_the_way_to_a_still_picture()
    {
        using var cameras = await Cameras.Serve();
        using var decoder = new Decoder(new(), TimeProvider.System);
        var result = await new FeedCheck(cameras.Open, _ => null, decoder, TimeProvider.System).Run(cameras.Target("h265/1"), TestContext.Current.CancellationToken);
        Assert.Equal((Verdict.Online, VideoCodec.H265, 640, 360), (result.Verdict, result.Measurement!.Codec, result.Measurement.Width, result.Measurement.Height));
        Assert.Equal(["resolve", "connect", "describe", "setup", "play", "keyframe", "measure", "still"], result.Steps.Select(s => s.Name));
        Assert.All(result.Steps, step => Assert.True(step.Ok));
        Assert.Equal([0xFF, 0xD8], Convert.FromBase64String(result.StillJpegBase64!)[..2]);
    }

    [Fact]
    public async Task A_picture_to_draw_over_leaves_blurred_and_says_so()
    {
        using var cameras = await Cameras.Serve();
        using var decoder = new Decoder(new(), TimeProvider.System);
        var result = await new FeedCheck(cameras.Open, _ => null, decoder, TimeProvider.System).Run(cameras.Target("h264/1"), TestContext.Current.CancellationToken, blurred: true);
        using var still = OpenCvSharp.Mat.FromImageData(Convert.FromBase64String(result.StillJpegBase64!), OpenCvSharp.ImreadModes.Unchanged);
        Assert.Equal((Verdict.Online, true, Glimpse.WidthToDraw, 180, 1), (result.Verdict, result.IsBlurred, still.Width, still.Height, still.Channels()));
    }

    [Fact]
    public async Task A_feed_test_of_a_watched_stream_looks_through_the_watch_and_opens_no_second_session()
    {
        using var cameras = await Cameras.Serve();
        using var decoder = new Decoder(new(), TimeProvider.System);
        var (outlet, target) = (Cameras.Outlet(), cameras.Target("h264/1"));
        await using var watch = await cameras.Open(target, outlet, null, TestContext.Current.CancellationToken);
        await cameras.Server.Inject("h264/1", new() { SessionLimit = 1 });
        var result = await new FeedCheck(cameras.Open, _ => outlet, decoder, TimeProvider.System).Run(target, TestContext.Current.CancellationToken);
        Assert.Equal(Verdict.Online, result.Verdict);
        Assert.Equal(FeedTestStep.Names, result.Steps.Select(s => s.Name));
        Assert.NotNull(result.StillJpegBase64);
        Assert.Null(watch.Lost);
    }

    [Theory]
    [InlineData("h264/1", "wrong", Verdict.AuthFailed, "describe")]
    [InlineData("nothing-here", "se\"cret", Verdict.NoStream, "describe")]
    public async Task A_feed_test_that_fails_says_where_and_never_the_password(string camera, string password, Verdict verdict, string step)
    {
        using var cameras = await Cameras.Serve();
        using var decoder = new Decoder(new(), TimeProvider.System);
        var result = await new FeedCheck(cameras.Open, _ => null, decoder, TimeProvider.System).Run(cameras.Target(camera, password), TestContext.Current.CancellationToken);
        Assert.Equal((verdict, step, false), (result.Verdict, result.Steps[^1].Name, result.Steps[^1].Ok));
        Assert.DoesNotContain(password, System.Text.Json.JsonSerializer.Serialize(result), StringComparison.Ordinal);
    }

    static async Task<AccessUnit> Keyframe(Cameras cameras, string camera)
    {
        var outlet = Cameras.Outlet();
        await using var feed = await cameras.Open(cameras.Target(camera), outlet, null, TestContext.Current.CancellationToken);
        return await outlet.Fanout.NextKeyframe(TestContext.Current.CancellationToken).WaitAsync(Cameras.Patience, TestContext.Current.CancellationToken);
    }
}
