using Compliance.Domain.Devices;
using Compliance.Probe.Watch;

namespace Compliance.Probe.Tests.Watch;

/// <summary>The probe must not be talked into knocking at doors that are no camera's.</summary>
public sealed class CameraHostTests
{
    [Theory]
    [InlineData("rtsp://127.0.0.1/a")]
    [InlineData("rtsp://127.9.9.9/a")]
    [InlineData("rtsp://localhost/a")]
    [InlineData("rtsp://0.0.0.0/a")]
    [InlineData("rtsp://169.254.169.254/latest/meta-data")]
    [InlineData("rtsp://239.255.255.250/a")]
    [InlineData("rtsp://[::1]/a")]
    [InlineData("rtsp://[::]/a")]
    [InlineData("rtsp://[fe80::1]/a")]
    [InlineData("rtsp://[ff02::1]/a")]
    [InlineData("rtsp://[::ffff:127.0.0.1]/a")]
    [InlineData("rtsp://[::ffff:169.254.169.254]/a")]
    [InlineData("http://10.0.0.1/a")]
    [InlineData("rtsp://police:secret@10.0.0.1/a")]
    public async Task Targets_that_are_no_cameras_place_are_refused(string target)
    {
        var lost = await Assert.ThrowsAsync<FeedLost>(() => CameraHost.Resolve(new(target), false, TestContext.Current.CancellationToken));
        Assert.Equal(Verdict.NoStream, lost.Cause);
        Assert.DoesNotContain("secret", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_demo_may_look_at_itself_but_not_at_its_neighbours_metadata()
    {
        Assert.NotEmpty(await CameraHost.Resolve(new("rtsp://127.0.0.1:8554/a"), true, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<FeedLost>(() => CameraHost.Resolve(new("rtsp://169.254.169.254/a"), true, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_probe_outside_the_venues_dials_into_no_private_network()
    {
        var lost = await Assert.ThrowsAsync<FeedLost>(() => CameraHost.Resolve(new("rtsp://10.1.2.3/a"), false, TestContext.Current.CancellationToken, allowPrivate: false));
        Assert.Equal("AddressRefused feed.private-refused", lost.Message);
        Assert.NotEmpty(await CameraHost.Resolve(new("rtsp://203.0.113.9/a"), false, TestContext.Current.CancellationToken, allowPrivate: false));
    }

    [Fact]
    public async Task Without_a_port_it_is_554() =>
        Assert.Equal(554, (await CameraHost.Resolve(new("rtsp://10.1.2.3/a"), false, TestContext.Current.CancellationToken))[0].Port);
}
