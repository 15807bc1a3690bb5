using Compliance.Probe.Look;
using Compliance.Probe.Tests.EndToEnd;
using Compliance.Probe.Watch;
using VenueSimulator.Media;
using VenueSimulator.Onvif;
using VenueSimulator.Pictures;

namespace Compliance.Probe.Tests.Onvif;

/// <summary>A camera whose texts are really seen, whoever serves it: its ONVIF side, and the connection its pictures come by.</summary>
sealed class ShownCamera : IAsyncDisposable
{
    readonly StruckCamera _served;
    readonly IFeed _feed;

    ShownCamera(StruckCamera served, SimulatedDevice device, FeedOutlet outlet, IFeed feed) => (_served, Device, Outlet, _feed) = (served, device, outlet, feed);

    public SimulatedDevice Device { get; }

    public FeedOutlet Outlet { get; }

    public Decoder Decoder { get; } = new(new(), TimeProvider.System);

    public OpenFeed Open => _served.Open;

    public FeedTarget Target => _served.Target;

    /// <param name="by">Who serves its pictures.</param>
    /// <param name="name">Of the invented room it looks at.</param>
    /// <param name="font">Of its texts.</param>
    /// <param name="withOverlay">It takes texts.</param>
    /// <param name="replay">Where its recordings are replayed; null: it has none.</param>
    public static async Task<ShownCamera> Serve(Served by, string name, string font = "dots", bool withOverlay = true, Uri? replay = null)
    {
        Assert.SkipUnless(Ffmpeg.IsInstalled, "ffmpeg is not installed");
        var (texts, ct) = (new ShownTexts(ClipCache.Shared, name, font), TestContext.Current.CancellationToken);
        var served = await StruckCamera.Serve(by, RoomClip.Fps, new() { ["main"] = await texts.Begin(ct) });
        texts.PlayOn(async (clip, file) =>
        {
            await served.Learn(clip, file);
            await served.Suffer(new() { Clip = clip });
        });
        var device = await SimulatedDevice.Start(new() { Stream = served.Url, Login = StruckCamera.Police, Texts = withOverlay ? texts : null, Replay = replay });
        var outlet = Cameras.Outlet();
        return new(served, device, outlet, await served.Open(served.Target, outlet, null, ct));
    }

    public async ValueTask DisposeAsync()
    {
        await _feed.DisposeAsync();
        await Device.DisposeAsync();
        await _served.DisposeAsync();
        Decoder.Dispose();
    }
}
