using System.Diagnostics;
using System.Globalization;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Watch;

namespace Compliance.Probe.Tests.EndToEnd;

/// <summary>Against Debian's gst-rtsp-server: does our client speak to something we did not write?</summary>
public sealed class GstServerTests : IDisposable
{
    readonly Drain _drain = new(TimeProvider.System);
    readonly Process _server = Process.Start(new ProcessStartInfo("/usr/bin/env", ["/usr/bin/python3", Path.Combine(AppContext.BaseDirectory, "EndToEnd", "GstServer.py")])
    { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;

    [Theory]
    [InlineData("h264", FeedTransport.Tcp, VideoCodec.H264)]
    [InlineData("h264", FeedTransport.Udp, VideoCodec.H264)]
    [InlineData("h265", FeedTransport.Tcp, VideoCodec.H265)]
    [InlineData("h265", FeedTransport.Udp, VideoCodec.H265)]
    public async Task Both_codecs_are_measured_over_both_transports_behind_a_digest(string mount, FeedTransport transport, VideoCodec codec)
    {
        var (outlet, open) = (Cameras.Outlet(), Cameras.Opener(_drain));
        await using var feed = await open(new(await Address(mount), "police", "secret", transport), outlet, null, TestContext.Current.CancellationToken);
        Measurement? m = null;
        await Cameras.Until(() => (m = outlet.Meter.Measure(10, TimeProvider.System.GetUtcNow())) is { WindowSeconds: >= 3, KeyframeIntervalSeconds: not null });
        Assert.Equal((codec, 640, 360), (m!.Codec, m.Width, m.Height));
        Assert.InRange(m.Fps, 5, 60);
        Assert.InRange(m.ClockOffsetMs ?? 0, -500, 500);
        await feed.KeepAlive(TestContext.Current.CancellationToken);
        Assert.True((await outlet.Fanout.NextKeyframe(TestContext.Current.CancellationToken)).AnnexB.Length > 100);
        Assert.Null(feed.Lost);
    }

    [Theory]
    [InlineData("h264", "wrong", Verdict.AuthFailed)]
    [InlineData("nothing", "secret", Verdict.NoStream)]
    public async Task It_refuses_in_words_we_understand(string mount, string password, Verdict cause)
    {
        var open = Cameras.Opener(_drain);
        var target = new FeedTarget(await Address(mount), "police", password, FeedTransport.Tcp);
        Assert.Equal(cause, (await Assert.ThrowsAsync<FeedLost>(() => open(target, Cameras.Outlet(), null, TestContext.Current.CancellationToken))).Cause);
    }

    public void Dispose()
    {
        _drain.Dispose();
        if (!_server.HasExited) _server.Kill();
        _server.Dispose();
    }

    async Task<Uri> Address(string mount)
    {
        var port = await _server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen(port is null, "gst-rtsp-server is not installed (gir1.2-gst-rtsp-server-1.0, python3-gi, gstreamer1.0-plugins-*)");
        return new($"rtsp://127.0.0.1:{int.Parse(port!, CultureInfo.InvariantCulture)}/{mount}");
    }
}
