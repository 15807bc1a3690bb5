using Compliance.Domain.Probes;

namespace Compliance.Probe.Watch.Rtp;

/// <summary>What the NAL unit types mean (H.264 table 7-1, H.265 table 7-1).</summary>
internal static class Nal
{
    public static bool IsPicture(VideoCodec codec, int type) => codec == VideoCodec.H264 ? type is >= 1 and <= 5 : type is >= 0 and <= 31;

    public static bool IsKeyframe(VideoCodec codec, int type) => codec == VideoCodec.H264 ? type == 5 : type is >= 16 and <= 21;

    public static bool IsSps(VideoCodec codec, int type) => type == (codec == VideoCodec.H264 ? 7 : 33);

    public static bool IsParameterSet(VideoCodec codec, int type) => codec == VideoCodec.H264 ? type is 7 or 8 : type is >= 32 and <= 34;

    /// <summary>How many kinds a decoder needs: SPS and PPS; H.265 has a VPS as well.</summary>
    public static int ParameterSets(VideoCodec codec) => codec == VideoCodec.H264 ? 2 : 3;
}
