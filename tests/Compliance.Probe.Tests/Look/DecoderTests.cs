using System.Diagnostics;
using Compliance.Domain.Probes;
using Compliance.Probe.Look;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Tests.Look;

public sealed class DecoderTests
{
    [Theory]
    [InlineData(100_000, true)]
    [InlineData(100_001, false)]
    public async Task No_more_is_read_than_was_asked_for(int length, bool isTaken)
    {
        using var stream = new MemoryStream(new byte[length]);
        Assert.Equal(isTaken ? length : null, (await Decoder.ReadAtMost(stream, 100_000, TestContext.Current.CancellationToken))?.Length);
    }

    /// <summary>Of a batch only the number of pictures tells whose is whose.</summary>
    [Theory]
    [InlineData(VideoCodec.H264)]
    [InlineData(VideoCodec.H265)]
    public async Task Whoever_sends_two_pictures_in_one_shifts_nobody_elses(VideoCodec codec)
    {
        AccessUnit one = new(codec, true, 0, default, await Keyframe(codec, "black")), other = new(codec, true, 0, default, await Keyframe(codec, "white"));
        AccessUnit two = one with { AnnexB = (byte[])[.. one.AnnexB.Span, .. other.AnnexB.Span] }, none = one with { AnnexB = one.AnnexB[..40] };
        using var decoder = new Decoder(new(), TimeProvider.System);
        var pictures = await decoder.Gray([two, none, other], TestContext.Current.CancellationToken);
        Assert.Null(pictures[1]);
        Assert.InRange(pictures[0]!.Luma.Span[0], 0, 40);
        Assert.InRange(pictures[2]!.Luma.Span[0], 215, 255);
    }

    static async Task<byte[]> Keyframe(VideoCodec codec, string colour)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg",
            ["-nostdin", "-v", "quiet", "-f", "lavfi", "-i", $"color={colour}:s=640x360", "-frames:v", "1", "-c:v", codec == VideoCodec.H264 ? "libx264" : "libx265", "-x265-params", "log-level=none", "-f", codec == VideoCodec.H264 ? "h264" : "hevc", "pipe:1"])
        { RedirectStandardOutput = true })!;
        using var bytes = new MemoryStream();
        await ffmpeg.StandardOutput.BaseStream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }
}
