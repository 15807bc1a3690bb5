using Compliance.Domain.Devices;
using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using Compliance.Probe.Tests.EndToEnd;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Onvif;
using VenueSimulator.Load;
using VenueSimulator.Media;
using VenueSimulator.Onvif;

namespace Compliance.Probe.Tests.Onvif;

/// <summary>One-time digits go into the simulated camera's picture by ONVIF and come back by RTSP, decoded and read.</summary>
public sealed class OverlayChallengeTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("dots")]
    [InlineData("DejaVu Sans")]
    [InlineData("DejaVu Sans Mono")]
    public async Task One_time_digits_are_written_read_and_taken_away(string font)
    {
        await using var scene = await Scene.Make(font);
        var kept = new List<BorrowedText?>();
        var answer = await scene.Challenge(kept.Add);
        Assert.True(answer.Answer == Answer.Read, $"{answer}");
        Assert.InRange(answer.Seconds, 0, 20);
        Assert.Equal(["04"], scene.Device.Texts.Values);
        Assert.Equal([false, true], kept.Select(k => k is null));
    }

    [Fact]
    public async Task A_picture_that_comes_from_elsewhere_does_not_know_them()
    {
        await using var scene = await Scene.Make("dots");
        scene.Device.Faults = new() { TextsUnseen = true };
        var answer = await scene.Challenge();
        Assert.True(answer.Answer == Answer.Unseen, $"{answer}");
        Assert.Equal(["04"], scene.Device.Texts.Values);
    }

    /// <summary>A camera whose texts are really seen, and the connection its pictures come by.</summary>
    sealed class Scene : IAsyncDisposable
    {
        readonly Drain _drain = new(TimeProvider.System);
        readonly Decoder _decoder = new(new(), TimeProvider.System);
        readonly FeedOutlet _outlet = Cameras.Outlet();
        LoadServer _server = null!;
        IFeed _feed = null!;

        public SimulatedDevice Device { get; private set; } = null!;

        public static async Task<Scene> Make(string font)
        {
            Assert.SkipUnless(Ffmpeg.IsInstalled, "ffmpeg is not installed");
            var (scene, texts) = (new Scene(), new ShownTexts(ClipCache.Shared, "bar", font));
            await texts.Begin(Ct);
            scene._server = LoadServer.Start(new() { Clips = texts.Clips, Auth = AuthSchemes.None, Parts = 1 });
            texts.PlayOn(scene._server, "bar/1");
            scene.Device = await SimulatedDevice.Start(new() { Stream = scene._server.Url("bar/1"), Login = Onvif.Device.Police, Texts = texts });
            scene._feed = await Cameras.Opener(scene._drain)(new(scene._server.Url("bar/1"), null, null, FeedTransport.Tcp), scene._outlet, null, Ct);
            return scene;
        }

        public async Task<Challenged> Challenge(Action<BorrowedText?>? keep = null)
        {
            var camera = await OnvifCamera.Meet(Device.Target(), Onvif.Device.Means(TimeSpan.FromSeconds(30)), Ct);
            return await new OverlayChallenge(_decoder, new() { OverlayWithin = TimeSpan.FromSeconds(15) }, TimeProvider.System).Run(camera, "vsc0", _outlet.Fanout, keep ?? (_ => { }), Ct);
        }

        public async ValueTask DisposeAsync()
        {
            await _feed.DisposeAsync();
            await Device.DisposeAsync();
            _server.Dispose();
            _drain.Dispose();
            _decoder.Dispose();
        }
    }
}
