using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Tests.Tell;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Rtsp;

namespace Compliance.Probe.Tests.EndToEnd;

/// <summary>Against Debian's gst-rtsp-server: does our client speak to something we did not write?</summary>
public sealed class GstServerTests : IDisposable
{
    readonly Drain _drain = new(TimeProvider.System);
    readonly Folder _folder = new();
    Process? _server;

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

    [Fact]
    public async Task Over_tls_it_is_measured_too()
    {
        var (outlet, open) = (Cameras.Outlet(), RtspSession.Opener(new(_drain, TimeProvider.System, new Random(1), true, TimeSpan.FromSeconds(5), Believe: (_, _, _) => true)));
        await using var feed = await open(new(await Address("h264", secure: true), "police", "secret", FeedTransport.Tcp), outlet, null, TestContext.Current.CancellationToken);
        Measurement? m = null;
        await Cameras.Until(() => (m = outlet.Meter.Measure(10, TimeProvider.System.GetUtcNow())) is { WindowSeconds: >= 2, Codec: not null });
        Assert.Equal((VideoCodec.H264, 640, 360), (m!.Codec, m.Width, m.Height));
        await feed.KeepAlive(TestContext.Current.CancellationToken);
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
        if (_server?.HasExited == false) _server.Kill();
        _server?.Dispose();
        _folder.Dispose();
    }

    async Task<Uri> Address(string mount, bool secure = false)
    {
        string[] pem = secure ? [Pem()] : [];
        _server = Process.Start(new ProcessStartInfo("/usr/bin/env", ["/usr/bin/python3", Path.Combine(AppContext.BaseDirectory, "EndToEnd", "GstServer.py"), .. pem])
        { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var port = await _server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen(port is null, "gst-rtsp-server is not installed (gir1.2-gst-rtsp-server-1.0, python3-gi, gstreamer1.0-plugins-*)");
        return new($"{(secure ? "rtsps" : "rtsp")}://127.0.0.1:{int.Parse(port!, CultureInfo.InvariantCulture)}/{mount}");
    }

    /// <summary>A certificate as a camera makes it for itself, with its key.</summary>
    string Pem()
    {
        using var key = RSA.Create(2048);
        var wish = new CertificateRequest("CN=camera", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = wish.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        File.WriteAllText(_folder["camera.pem"], $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        return _folder["camera.pem"];
    }
}
