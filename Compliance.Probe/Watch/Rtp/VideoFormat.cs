using System.Globalization;
using Compliance.Domain.Probes;

namespace Compliance.Probe.Watch.Rtp;

/// <summary>What a sequence parameter set says of the stream it begins: from the media, not from an announcement.</summary>
/// <param name="Fps">Frames per second by the timing information, where the camera gives one; a claim, not a measurement.</param>
internal sealed record VideoFormat(VideoCodec Codec, string Profile, string Level, int Width, int Height, double? Fps)
{
    /// <summary>Null when the bytes are not a parameter set that makes sense.</summary>
    public static VideoFormat? Parse(VideoCodec codec, ReadOnlySpan<byte> sps) =>
        codec == VideoCodec.H264 ? H264Sps.Parse(sps) : H265Sps.Parse(sps);

    public static bool IsPlausible(long width, long height) => width is >= 16 and <= 16384 && height is >= 16 and <= 16384;

    public static string Name(double level) => level.ToString("0.0", CultureInfo.InvariantCulture);

    public static double? Rate(double ticksPerSecond, double ticksPerFrame) =>
        ticksPerFrame > 0 && ticksPerSecond / ticksPerFrame is > 0 and <= 1000 and var fps ? Math.Round(fps, 3) : null;
}
