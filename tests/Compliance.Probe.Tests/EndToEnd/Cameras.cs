using Compliance.Domain.Devices;
using Compliance.Probe.Look;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Rtp;
using Compliance.Probe.Watch.Rtsp;
using VenueSimulator.Load;
using VenueSimulator.Media;

namespace Compliance.Probe.Tests.EndToEnd;

/// <summary>Simulated cameras on loopback and a real opener to see them with.</summary>
sealed class Cameras : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    readonly Drain _drain = new(TimeProvider.System);

    Cameras(LoadServer server)
    {
        Server = server;
        Open = Opener(_drain);
    }

    public LoadServer Server { get; }

    public OpenFeed Open { get; }

    public static OpenFeed Opener(Drain drain, bool allowLoopback = true) =>
        RtspSession.Opener(new(drain, TimeProvider.System, new Random(1), allowLoopback, TimeSpan.FromSeconds(5)));

    public static async Task<Cameras> Serve(AuthSchemes auth = AuthSchemes.DigestMd5, Func<LoadSettings, LoadSettings>? with = null)
    {
        Assert.SkipUnless(Ffmpeg.IsInstalled, "ffmpeg is not installed");
        var settings = new LoadSettings
        {
            Clips = new Dictionary<string, Clip>
            {
                ["h264"] = await ClipCache.Shared.Load(ClipRecipe.Small),
                ["h265"] = await ClipCache.Shared.Load(ClipRecipe.Small with { Codec = Codec.H265 }),
                ["covered"] = await ClipCache.Shared.Load(ClipRecipe.Covered),
            },
            Auth = auth,
            Login = auth == AuthSchemes.None ? null : new("police", "se\"cret"),
        };
        return new(LoadServer.Start(with?.Invoke(settings) ?? settings));
    }

    public FeedTarget Target(string camera, string password = "se\"cret", FeedTransport transport = FeedTransport.Tcp) =>
        new(Server.Url(camera), "police", password, transport);

    public static FeedOutlet Outlet() => new(new StreamMeter(), new Fanout());

    /// <summary>Looks until it is so; fails when it does not become so.</summary>
    public static Task Until(Func<bool> isSo) => Until(() => Task.FromResult(isSo()));

    public static async Task Until(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await isSo()) await again.WaitForNextTickAsync(limit.Token);
    }

    public void Dispose()
    {
        _drain.Dispose();
        Server.Dispose();
    }
}
