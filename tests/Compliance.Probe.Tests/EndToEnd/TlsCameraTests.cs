using System.Net;
using System.Net.Sockets;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Tell;
using Compliance.Probe.Tests.Tell;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Rtsp;

namespace Compliance.Probe.Tests.EndToEnd;

/// <summary>RTSP inside TLS, with certificates cameras signed themselves.</summary>
public sealed class TlsCameraTests : IDisposable
{
    readonly Drain _drain = new(TimeProvider.System);
    readonly Folder _folder = new();
    readonly ProbeFile _file;
    readonly Said<Pins> _log = new();

    public TlsCameraTests() => _file = new(_folder["spool.db"]);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("h264/1", VideoCodec.H264, FeedTransport.Tcp)]
    [InlineData("h265/1", VideoCodec.H265, FeedTransport.Udp)]
    public async Task A_camera_is_measured_through_tls_and_its_media_never_goes_beside_it(string camera, VideoCodec codec, FeedTransport transport)
    {
        using var cameras = await Cameras.Serve(with: s => s with { Tls = true });
        var (outlet, steps) = (Cameras.Outlet(), new List<string>());
        await using var feed = await Open()(Target(cameras, camera) with { Transport = transport }, outlet, (step, detail) => steps.Add($"{step} {detail}"), Ct);
        Measurement? m = null;
        await Cameras.Until(() => (m = outlet.Meter.Measure(10, TimeProvider.System.GetUtcNow())) is { WindowSeconds: >= 1, Codec: not null });
        Assert.Equal((codec, 640, 360, 0L), (m!.Codec, m.Width, m.Height, m.PacketsLost));
        Assert.Contains("setup TCP", steps);
        await feed.KeepAlive(Ct);
        Assert.Null(feed.Lost);
        await cameras.Server.Inject(camera, new() { Cut = true });
        await Cameras.Until(() => feed.Lost is { Cause: Verdict.Unreachable });
    }

    [Fact]
    public async Task The_first_certificate_is_pinned_over_a_restart_and_another_is_refused_until_pins_begin_anew()
    {
        using var cameras = await Cameras.Serve(with: s => s with { Tls = true });
        var target = Target(cameras, "h264/1");
        await (await Open()(target, Cameras.Outlet(), null, Ct)).DisposeAsync();
        Assert.Contains("(first use)", Assert.Single(_log.Lines), StringComparison.Ordinal);
        await (await Open()(target, Cameras.Outlet(), null, Ct)).DisposeAsync();
        cameras.Server.ChangeCertificate();
        var lost = await Assert.ThrowsAsync<FeedLost>(() => Open()(target, Cameras.Outlet(), null, Ct));
        Assert.Equal((Verdict.NoStream, Detail.Of(Reason.CertificateChanged)), (lost.Cause, lost.Message));
        await (await Open(pinsSince: TimeProvider.System.GetUtcNow().AddSeconds(2))(target, Cameras.Outlet(), null, Ct)).DisposeAsync();
    }

    [Fact]
    public async Task Without_pins_only_what_the_system_trusts_is_believed()
    {
        using var cameras = await Cameras.Serve(with: s => s with { Tls = true });
        Assert.Equal(Verdict.NoStream, (await Assert.ThrowsAsync<FeedLost>(() => Cameras.Opener(_drain)(Target(cameras, "h264/1"), Cameras.Outlet(), null, Ct))).Cause);
    }

    [Fact]
    public void A_certificate_the_system_trusts_may_follow_another()
    {
        var pins = Pins();
        Assert.True(pins.Believe("camera:322", "A", isTrusted: false));
        Assert.False(pins.Believe("camera:322", "B", isTrusted: false));
        Assert.True(pins.Believe("camera:322", "B", isTrusted: true));
        Assert.False(pins.Believe("camera:322", "A", isTrusted: false));
    }

    [Fact]
    public async Task What_speaks_no_tls_has_no_stream_and_what_is_closed_is_unreachable()
    {
        using var cameras = await Cameras.Serve();
        var plain = new UriBuilder(cameras.Server.Url("h264/1")) { Scheme = "rtsps" }.Uri;
        Assert.Equal(Verdict.Unreachable, (await Assert.ThrowsAsync<FeedLost>(() => Open()(new(plain, null, null, FeedTransport.Tcp), Cameras.Outlet(), null, Ct))).Cause);
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var closed = new Uri($"rtsps://{nobody.LocalEndpoint}/1");
        nobody.Stop();
        Assert.Equal(Verdict.Unreachable, (await Assert.ThrowsAsync<FeedLost>(() => Open()(new(closed, null, null, FeedTransport.Tcp), Cameras.Outlet(), null, Ct))).Cause);
    }

    public void Dispose()
    {
        _drain.Dispose();
        _file.Dispose();
        _folder.Dispose();
    }

    static FeedTarget Target(Cameras cameras, string camera) => cameras.Target(camera) with { Stream = cameras.Server.SecureUrl(camera) };

    Pins Pins(DateTimeOffset since = default) => new(_file, new() { PinsSince = since }, TimeProvider.System, _log);

    OpenFeed Open(DateTimeOffset pinsSince = default) =>
        RtspSession.Opener(new(_drain, TimeProvider.System, new Random(1), true, TimeSpan.FromSeconds(5), Believe: Pins(pinsSince).Believe));
}
