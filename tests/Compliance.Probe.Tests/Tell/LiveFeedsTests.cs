using Compliance.Domain.Probes;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Look;
using Compliance.Probe.Schedule;
using Compliance.Probe.Tell;
using Compliance.Probe.Tests.EndToEnd;
using Compliance.Probe.Watch.Rtp;
using Microsoft.Extensions.Logging.Abstractions;
using VenueSimulator.Load;
using VenueSimulator.Media;

namespace Compliance.Probe.Tests.Tell;

/// <summary>What leaves the box while somebody looks, from real cameras over RTSP: always H.264, and each message says what it was made of.</summary>
public sealed class LiveFeedsTests : IAsyncLifetime
{
    static readonly Guid Device = new(1, 0, 0, new byte[8]);
    static readonly ClipRecipe Small = ClipRecipe.Small with { Width = 320, Height = 180, Kbps = 200 };

    readonly Folder _folder = new();
    readonly List<IDisposable> _used = [];
    FakeApi _api = null!;
    Cameras _cameras = null!;
    WatchedCameras _watched = null!;
    LiveFeeds _feeds = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var small = await ClipCache.Shared.Load(Small, Ct);
        _cameras = await Cameras.Serve(with: settings => settings with { Groups = 1, Clips = new Dictionary<string, VenueSimulator.Load.Clip>(settings.Clips) { ["small"] = small } }); // in step, as the streams of one camera are
        _api = await FakeApi.Start();
        var options = new ProbeOptions { DataDir = _folder["data"], ClientId = $"probe-{Guid.Empty}", ClientSecret = "s", AllowLoopback = true, Watch = new() { BetweenAttemptsPerHost = TimeSpan.Zero } };
        var file = new ProbeFile(_folder["spool.db"]);
        var http = new HttpClient { BaseAddress = _api.Address };
        _watched = new(options, _cameras.Open, new(file), new(file, NullLogger<ApprovedViews>.Instance), new(file, NullLogger<UsualPictures>.Instance), new(file, NullLogger<CameraRecords>.Instance), Onvif.Device.Means(), TimeProvider.System, new Random(1), NullLogger<WatchedCameras>.Instance);
        var eyes = new EyesMeans([], new LiveDecoder(TimeProvider.System, NullLogger<LiveDecoder>.Instance).Run, (_, _) => throw new InvalidOperationException(), options.Eyes, _folder["data"], TimeProvider.System);
        _feeds = new(new(http, options, TimeProvider.System, NullLogger<ApiConnection>.Instance), _watched, eyes, TimeProvider.System, NullLogger<LiveFeeds>.Instance);
        await _feeds.StartAsync(Ct);
        _used.AddRange([file, http, eyes, _feeds]);
    }

    public async ValueTask DisposeAsync()
    {
        await _feeds.StopAsync(CancellationToken.None);
        await _watched.StopAll();
        foreach (var used in _used.AsEnumerable().Reverse()) used.Dispose();
        await _api.DisposeAsync();
        _cameras.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Of_h265_comes_a_transcoded_picture_at_once_and_the_smaller_stream_as_it_is_once_that_was_seen_to_show_the_same()
    {
        await Look("h265/1", "small/1");
        await Cameras.Until(() => _api.Brought.Any(one => Is(one.Message, LiveMessage.Smaller)));
        byte[][] all = [.. _api.Brought.Select(one => one.Message)];
        var turned = Array.FindIndex(all, message => Is(message, LiveMessage.Smaller));
        Assert.True(turned > 0 && all[..turned].All(message => Is(message, LiveMessage.Transcoded)), "the first picture was to come before");
        Assert.All((byte[][])[all[0], all[turned]], message => Assert.True(LiveMessage.IsKeyframe(message)));
        Assert.Equal((640, 320), (Width(all[0]), Width(all[turned])));
        Assert.Equal((1, 1), (await _cameras.Server.Viewers("h265/1"), await _cameras.Server.Viewers("small/1")));
    }

    [Theory, InlineData("h265/2", "h265/3", LiveMessage.Transcoded), InlineData("h265/4", null, LiveMessage.Transcoded), InlineData("h264/1", "small/2", (byte)0)]
    public async Task Without_a_smaller_stream_in_h264_it_is_transcoded_and_h264_is_never_touched(string main, string? sub, byte kind)
    {
        await Look(main, sub);
        await Cameras.Until(() => _api.Brought.Count > 25);
        Assert.All(_api.Brought, one => Assert.Equal(kind, (byte)(one.Message[0] & ~LiveMessage.Keyframe)));
        Assert.Equal(640, Width(_api.Brought.First().Message));
        Assert.Equal(1, await _cameras.Server.Viewers(main)); // it is the connection that watches
    }

    async Task Look(string main, string? sub)
    {
        var camera = new AssignedCamera(Device, Guid.Empty, _cameras.Server.Url(main), "police", "se\"cret", new(0, 0, 0, null)) { SubStream = sub is null ? null : _cameras.Server.Url(sub) };
        await _watched.Follow(new(Guid.Empty, "1", [camera]), CancellationToken.None);
        _api.Wish = new(Guid.NewGuid(), Device);
    }

    static bool Is(byte[] message, byte flag) => (message[0] & flag) != 0;

    /// <summary>As the parameter set of H.264 says that the message begins with.</summary>
    static int Width(byte[] message)
    {
        var nal = message.AsSpan(LiveMessage.Header);
        while (nal[0] != 0 || nal[1] != 0 || nal[2] != 1 || (nal[3] & 31) != 7) nal = nal[1..];
        return H264Sps.Parse(nal[3..])!.Width;
    }
}
