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

    /// <summary>Frames a second; null for what no camera does, from a picture in ten seconds to three hundred in one.</summary>
    public static double? Rate(double ticksPerSecond, double ticksPerFrame) =>
        ticksPerFrame > 0 && IsPlausible(ticksPerSecond / ticksPerFrame) ? Math.Round(ticksPerSecond / ticksPerFrame, 3) : null;

    public static bool IsPlausible(double fps) => fps is >= 0.1 and <= 300;
}
