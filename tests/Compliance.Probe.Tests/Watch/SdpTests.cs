using System.Text;
using Compliance.Domain.Probes;
using Compliance.Probe.Watch.Rtsp;

namespace Compliance.Probe.Tests.Watch;

public sealed class SdpTests
{
    [Fact]
    public void The_first_video_we_understand_is_found_behind_sound_and_other_codecs()
    {
        var video = Sdp.FindVideo("""
            v=0
            s=camera
            a=control:*
            m=audio 0 RTP/AVP 0
            a=control:trackID=0
            m=video 0 RTP/AVP 26
            a=rtpmap:26 JPEG/90000
            m=video 0 RTP/AVP 96
            a=rtpmap:96 H264/90000
            a=fmtp:96 packetization-mode=1; sprop-parameter-sets=Z0LAHtkAsBJsRAAAAwAEAAADAIPFi5I=,aMuMsg==
            a=control:trackID=2
            """u8)!;
        Assert.Equal((VideoCodec.H264, 96, "trackID=2"), (video.Codec, video.PayloadType, video.Control));
        Assert.Equal([0x67, 0x68], video.ParameterSets.Select(set => (int)set[0]));
    }

    [Fact]
    public void H265_brings_three_kinds_of_parameter_sets()
    {
        var video = Sdp.FindVideo("m=video 0 RTP/AVP 98\r\na=rtpmap:98 H265/90000\r\na=fmtp:98 sprop-vps=QAE=;sprop-sps=QgE=;sprop-pps=RAE=\r\n"u8)!;
        Assert.Equal(VideoCodec.H265, video.Codec);
        Assert.Equal(3, video.ParameterSets.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m=video")]
    [InlineData("m=video 0 RTP/AVP 300\na=rtpmap:300 H264/90000")]
    [InlineData("m=video 0 RTP/AVP 96\na=rtpmap:96 VP8/90000")]
    [InlineData("m=audio 0 RTP/AVP 96\na=rtpmap:96 H264/90000")]
    public void What_is_no_video_of_ours_is_none(string sdp) => Assert.Null(Sdp.FindVideo(Encoding.UTF8.GetBytes(sdp)));

    [Theory]
    [InlineData("rtsp://a/b/", "trackID=1", "rtsp://a/b/trackID=1")]
    [InlineData("rtsp://a/b", "trackID=1", "rtsp://a/b/trackID=1")]
    [InlineData("rtsp://a/b?c=1", "trackID=1", "rtsp://a/b?c=1/trackID=1")]
    [InlineData("rtsp://a/b", "rtsp://a/b/video", "rtsp://a/b/video")]
    [InlineData("rtsps://a/b", "rtsps://a/b/video", "rtsps://a/b/video")]
    [InlineData("rtsp://a/b", "", "rtsp://a/b")]
    [InlineData("rtsp://a/b", "*", "rtsp://a/b")]
    public void A_tracks_address_is_appended_as_cameras_expect_it(string address, string control, string expected) =>
        Assert.Equal(expected, ControlAddress.Of(address, control));

    [Theory]
    [InlineData("RTP/AVP/TCP;unicast;interleaved=4-5", "interleaved", 4, 5)]
    [InlineData("RTP/AVP;unicast;client_port=1-2;server_port=6970", "server_port", 6970, 6971)]
    public void Port_pairs_are_read(string transport, string name, int first, int second) =>
        Assert.Equal((first, second), ControlAddress.Pair(transport, name));

    [Fact]
    public void A_camera_cannot_slip_a_line_of_its_own_into_our_requests()
    {
        Assert.Throws<FormatException>(() => new RtspRequest("SETUP", "rtsp://a/\r\nX: y").Write(1, null, null));
        Assert.Throws<FormatException>(() => new RtspRequest("SETUP", "rtsp://a/").Write(1, null, "1\r\nX: y"));
    }
}
