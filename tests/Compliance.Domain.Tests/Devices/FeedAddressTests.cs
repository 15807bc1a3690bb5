using Compliance.Domain.Devices;

namespace Compliance.Domain.Tests.Devices;

public sealed class FeedAddressTests
{
    [Theory]
    [InlineData("rtsp://police:secret@10.0.0.7/main", "feed.credentials-inside")]
    [InlineData("rtsp://10.0.0.7/user=admin&password=secret&channel=1", "feed.credentials-inside")]
    [InlineData("rtsps://127.0.0.1/1", "feed.target-refused")]
    [InlineData("rtsps://police:secret@10.0.0.7/main", "feed.credentials-inside")]
    [InlineData("http://10.0.0.7/main", "feed.scheme-refused")]
    [InlineData("file:///etc/passwd", "feed.scheme-refused")]
    [InlineData("rtsp://127.0.0.1/main", "feed.target-refused")]
    [InlineData("rtsp://localhost/main", "feed.target-refused")]
    [InlineData("rtsp://cam.localhost/main", "feed.target-refused")]
    [InlineData("rtsp://[::1]/main", "feed.target-refused")]
    [InlineData("rtsp://[::ffff:127.0.0.1]/main", "feed.target-refused")]
    [InlineData("rtsp://[fe80::1]/main", "feed.target-refused")]
    [InlineData("rtsp://169.254.169.254/latest/meta-data", "feed.target-refused")]
    [InlineData("rtsp://0.0.0.0/main", "feed.target-refused")]
    [InlineData("rtsp://239.255.255.250/main", "feed.target-refused")]
    [InlineData("rtsp://2130706433/main", "feed.target-refused")]
    [InlineData("rtsp://0x7f.1/main", "feed.target-refused")]
    public void An_address_that_leads_astray_is_refused(string address, string code)
    {
        var refusal = FeedAddress.Faults(new(address), allowLoopback: false);
        Assert.Equal((code, "feed.main"), (refusal?.Code, refusal?.Field));
    }

    [Theory, InlineData("rtsp://10.0.0.7:554/main"), InlineData("rtsp://camera.venue.kz/1"), InlineData("rtsps://camera.venue.kz/1"), InlineData("rtsp://[2001:db8::7]/main")]
    public void A_camera_on_the_venues_network_is_accepted(string address) =>
        Assert.Null(FeedAddress.Faults(new(address), allowLoopback: false));

    [Theory, InlineData("rtsp://127.0.0.1:8554/1"), InlineData("rtsp://127.0.0.22/1"), InlineData("rtsp://[::1]/1"), InlineData("rtsp://localhost/1")]
    public void A_demo_may_point_at_the_machine_itself(string address) => Assert.Null(FeedAddress.Faults(new(address), allowLoopback: true));

    [Theory, InlineData("rtsp://169.254.169.254/1"), InlineData("rtsp://[fe80::1]/1"), InlineData("rtsp://0.0.0.0/1"), InlineData("rtsp://239.1.1.1/1"), InlineData("rtsp://[::ffff:169.254.1.1]/1")]
    public void A_demo_points_nowhere_else(string address) => Assert.Equal("feed.target-refused", FeedAddress.Faults(new(address), allowLoopback: true)?.Code);

    [Theory]
    [InlineData("10.0.0.7", true), InlineData("172.16.0.1", true), InlineData("172.32.0.1", false), InlineData("192.168.1.9", true), InlineData("192.169.1.9", false)]
    [InlineData("100.64.3.4", true), InlineData("fd00::7", true), InlineData("::ffff:10.0.0.7", true), InlineData("93.184.216.34", false), InlineData("2001:db8::7", false)]
    public void Somebodys_own_network_is_told_from_the_rest(string ip, bool isPrivate) => Assert.Equal(isPrivate, FeedAddress.IsPrivate(System.Net.IPAddress.Parse(ip)));
}
