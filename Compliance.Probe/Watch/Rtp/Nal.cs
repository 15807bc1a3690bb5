using Compliance.Domain.Probes;

namespace Compliance.Probe.Watch.Rtp;

/// <summary>What the NAL unit types mean (H.264 table 7-1, H.265 table 7-1).</summary>
internal static class Nal
{
    public static bool IsPicture(VideoCodec codec, int type) => codec == VideoCodec.H264 ? type is >= 1 and <= 5 : type is >= 0 and <= 31;

    public static bool IsKeyframe(VideoCodec codec, int type) => codec == VideoCodec.H264 ? type == 5 : type is >= 16 and <= 21;

    /// <summary>A message of H.264 that decoding may begin with this very picture, though it is no IDR (7.3.2.3, D.1.8).</summary>
    public static bool IsRecoveryPoint(ReadOnlySpan<byte> sei)
    {
        const int recoveryPoint = 6;
        for (var at = 1; at + 1 < sei.Length;)
        {
            var (kind, size) = (Number(sei, ref at), Number(sei, ref at));
            if (size > sei.Length - at) return false;
            if (kind == recoveryPoint) return new BitReader(sei.Slice(at, size)).Ue() == 0;
            at += size;
        }

        return false;
    }

    /// <summary>A slice of H.264 that needs no other picture (7.3.3).</summary>
    public static bool IsIntraSlice(in NalPiece start)
    {
        const int intra = 2, kinds = 5;
        var bits = new BitReader(start.Bytes[(start.HeaderLength == 0 ? 1 : 0)..]);
        bits.Ue();
        return bits.Ue() % kinds == intra && !bits.Overrun;
    }

    /// <summary>Each byte of all ones adds itself and goes on.</summary>
    static int Number(ReadOnlySpan<byte> sei, ref int at)
    {
        var sum = 0;
        while (at < sei.Length && sei[at] == 0xFF) sum += sei[at++];
        return at < sei.Length ? sum + sei[at++] : sum;
    }

    public static bool IsSps(VideoCodec codec, int type) => type == (codec == VideoCodec.H264 ? 7 : 33);

    public static bool IsParameterSet(VideoCodec codec, int type) => codec == VideoCodec.H264 ? type is 7 or 8 : type is >= 32 and <= 34;

    /// <summary>How many kinds a decoder needs: SPS and PPS; H.265 has a VPS as well.</summary>
    public static int ParameterSets(VideoCodec codec) => codec == VideoCodec.H264 ? 2 : 3;
}
