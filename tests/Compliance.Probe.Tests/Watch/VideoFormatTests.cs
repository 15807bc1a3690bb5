using Compliance.Domain.Probes;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Tests.Watch;

/// <summary>Parameter sets of x264 and x265, whose size, rate and profile ffprobe confirmed.</summary>
public sealed class VideoFormatTests
{
    const string High1080 = "67640029acd940780227e5c044000003000400000300c83c60c658";

    [Theory]
    [InlineData(VideoCodec.H264, High1080, "High", "4.1", 1920, 1080, 25)]
    [InlineData(VideoCodec.H264, "6742c01ed900b0126c0440000003004000000783c58b92", "Constrained Baseline", "3.0", 704, 576, 15)]
    [InlineData(VideoCodec.H264, "674d4028eca03c0113f2e022000003000200000300641e30632c", "Main", "4.0", 1920, 1080, 25)]
    [InlineData(VideoCodec.H265, "420101016000000300900000030000030078a003c0801107cb965654a4c2f0168080000003008000000c84", "Main", "4.0", 1920, 1080, 25)]
    public void The_media_says_what_it_is(VideoCodec codec, string sps, string profile, string level, int width, int height, double fps) =>
        Assert.Equal(new(codec, profile, level, width, height, fps), VideoFormat.Parse(codec, Convert.FromHexString(sps)));

    [Fact]
    public void A_parameter_set_cut_short_says_nothing_or_the_truth()
    {
        var whole = Convert.FromHexString(High1080);
        for (var length = 0; length < whole.Length; length++)
            Assert.True(VideoFormat.Parse(VideoCodec.H264, whole.AsSpan(0, length)) is null or { Width: 1920, Height: 1080 });
    }
}
