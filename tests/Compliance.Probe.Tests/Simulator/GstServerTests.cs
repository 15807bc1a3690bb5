using VenueSimulator.Cities;
using VenueSimulator.Load;
using VenueSimulator.Media;

namespace Compliance.Probe.Tests.Simulator;

/// <summary>GStreamer's server does at our word what happens to cameras at night.</summary>
public sealed class GstServerTests : IDisposable
{
    private static readonly Login Police = new("police", "pw");
    private readonly string folder = Directory.CreateTempSubdirectory("gst").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_camera_serves_is_cut_and_serves_again()
    {
        await using var server = await Start();
        var url = new Uri($"rtsp://127.0.0.1:{server.Port}/hall/0");
        Assert.Equal((0, "h264|640|360"), await ForeignClient.Describe(url, Police));
        Assert.NotEqual(0, (await ForeignClient.Describe(url, Police with { Password = "wrong" })).Code);

        await server.Inject("hall/0", Faults.None with { Cut = true });
        Assert.NotEqual(0, (await ForeignClient.Describe(url, Police)).Code);

        await server.Inject("hall/0", Faults.None);
        Assert.Equal(0, (await ForeignClient.Decode(url, Police, pictures: 30)).Code);
    }

    [Fact]
    public async Task A_covered_lens_shows_the_covered_clip_and_an_unknown_fault_is_refused()
    {
        await using var server = await Start();
        await server.Inject("hall/0", Faults.None with { Clip = "covered", Fps = 8 });
        Assert.Equal((0, "h264|320|180"), await ForeignClient.Describe(new($"rtsp://127.0.0.1:{server.Port}/hall/0"), Police, "udp"));
        await Assert.ThrowsAsync<ArgumentException>(() => server.Inject("hall/0", Faults.None with { Garbage = 1 }));
        await Assert.ThrowsAsync<HttpRequestException>(() => server.Inject("hall/0", Faults.None with { Clip = "nowhere" }));
    }

    private async Task<GstServer> Start()
    {
        ForeignClient.SkipUnlessInstalled();
        Assert.SkipUnless(GstServer.IsInstalled, "GStreamer's RTSP server and its Python bindings are not installed");
        var stop = TestContext.Current.CancellationToken;
        var clips = new Dictionary<string, string>
        {
            ["main"] = await ClipCache.Shared.Make(ClipRecipe.Small, stop),
            ["covered"] = await ClipCache.Shared.Make(ClipRecipe.Covered with { Width = 320, Height = 180 }, stop),
        };
        return await GstServer.Start("127.0.0.1", 0, 25, [new("hall/0", Police.User, Police.Password, clips)], Path.Combine(folder, "config.json"));
    }
}
