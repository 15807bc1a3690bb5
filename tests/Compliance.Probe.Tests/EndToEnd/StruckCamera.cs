using System.Collections.Concurrent;
using Compliance.Domain.Devices;
using Compliance.Probe.Tests.Tell;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Rtsp;
using VenueSimulator.Cities;
using VenueSimulator.Load;
using VenueSimulator.Media;

namespace Compliance.Probe.Tests.EndToEnd;

/// <summary>Who serves a camera: our own fault injector, or GStreamer's server, which we did not write.</summary>
public enum Served { ByInjector, ByGStreamer }

/// <summary>One camera that can be struck by faults, whoever serves it, and a real opener to see it with.</summary>
sealed class StruckCamera : IAsyncDisposable
{
    public const string NoGStreamer = "GStreamer's RTSP server and its Python bindings are not installed (gir1.2-gst-rtsp-server-1.0, python3-gi, gstreamer1.0-plugins-*)";
    public static readonly Login Police = new("police", "se\"cret");
    const string Path = "hall/1";
    readonly Drain _drain = new(TimeProvider.System);
    readonly Folder _folder = new();
    readonly ConcurrentDictionary<string, Clip> _clips = new();
    readonly double _fps;
    LoadServer? _injector;
    GstServer? _gstreamer;

    StruckCamera(double fps)
    {
        _fps = fps;
        Open = Cameras.Opener(_drain);
    }

    public OpenFeed Open { get; }

    public Uri Url => _injector?.Url(Path) ?? _gstreamer!.Url(Path);

    public FeedTarget Target => new(Url, Police.User, Police.Password, FeedTransport.Tcp);

    /// <param name="by">Who serves it.</param>
    /// <param name="fps">Of all its clips.</param>
    /// <param name="clips">Files by name; <c>main</c> is what it plays.</param>
    public static async Task<StruckCamera> Serve(Served by, double fps, Dictionary<string, string> clips)
    {
        var camera = new StruckCamera(fps);
        if (by == Served.ByInjector)
        {
            foreach (var (name, file) in clips) await camera.Learn(name, file);
            camera._injector = LoadServer.Start(new() { Clips = camera._clips, Cameras = [new(Path, "main", Police)], Parts = 1 });
            return camera;
        }

        Assert.SkipUnless(GstServer.IsInstalled, NoGStreamer);
        camera._gstreamer = await GstServer.Start("127.0.0.1", 0, fps, [new(Path, Police.User, Police.Password, clips)], camera._folder["gst.json"]);
        return camera;
    }

    /// <summary>Each row of a contract against each server.</summary>
    public static TheoryData<Served, Verdict, Faults, string> Each(params (Verdict Verdict, Faults Faults, string Evidence)[] rows)
    {
        var all = new TheoryData<Served, Verdict, Faults, string>();
        foreach (var by in Enum.GetValues<Served>())
            foreach (var (verdict, faults, evidence) in rows) all.Add(by, verdict, faults, evidence);
        return all;
    }

    /// <summary>From now on this, and only this, is wrong with it; <see cref="Faults.None"/> heals it.</summary>
    public Task Suffer(Faults faults) => _injector?.Inject(Path, faults) ?? _gstreamer!.Inject(Path, faults);

    /// <summary>One clip more that it may be told to play.</summary>
    public Task Learn(string name, string file)
    {
        _clips[name] = Clip.Load(file, file.EndsWith(".h265", StringComparison.Ordinal) ? Codec.H265 : Codec.H264, _fps);
        return _gstreamer?.Learn(Path, name, file) ?? Task.CompletedTask;
    }

    /// <summary>How many look at it.</summary>
    public Task<int> Viewers() => _injector?.Viewers(Path) ?? _gstreamer!.Sessions();

    public async ValueTask DisposeAsync()
    {
        _drain.Dispose();
        _injector?.Dispose();
        if (_gstreamer is not null) await _gstreamer.DisposeAsync();
        _folder.Dispose();
    }
}
