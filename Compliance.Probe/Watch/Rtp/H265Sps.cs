using Compliance.Domain.Probes;

namespace Compliance.Probe.Watch.Rtp;

/// <summary>Sequence parameter set of H.265 (ITU-T H.265, 7.3.2.2 and annex E.2).</summary>
internal static class H265Sps
{
    public static VideoFormat? Parse(ReadOnlySpan<byte> nal)
    {
        var bits = new BitReader(nal);
        bits.Skip(16 + 4);
        var subLayers = (int)bits.Bits(3);
        bits.Skip(1);
        var (profile, level) = ProfileTierLevel(ref bits, subLayers);
        bits.Ue();
        var chroma = bits.Ue();
        if (chroma == 3) bits.Skip(1);
        var (width, height) = ((long)bits.Ue(), (long)bits.Ue());
        if (bits.Flag())
        {
            width -= ((long)bits.Ue() + bits.Ue()) * (chroma is 1 or 2 ? 2 : 1);
            height -= ((long)bits.Ue() + bits.Ue()) * (chroma == 1 ? 2 : 1);
        }

        if (bits.Overrun || !VideoFormat.IsPlausible(width, height)) return null;
        return new(VideoCodec.H265, ProfileName(profile), VideoFormat.Name(level / 30.0), (int)width, (int)height, Fps(ref bits, subLayers));
    }

    static (uint Profile, uint Level) ProfileTierLevel(ref BitReader bits, int subLayers)
    {
        bits.Skip(3);
        var profile = bits.Bits(5);
        bits.Skip(32 + 48);
        var level = bits.Bits(8);
        Span<bool> present = stackalloc bool[14];
        for (var i = 0; i < subLayers * 2; i++) present[i] = bits.Flag();
        if (subLayers > 0) bits.Skip((8 - subLayers) * 2);
        for (var i = 0; i < subLayers; i++) bits.Skip((present[i * 2] ? 88 : 0) + (present[(i * 2) + 1] ? 8 : 0));
        return (profile, level);
    }

    static double? Fps(ref BitReader bits, int subLayers)
    {
        bits.Ue();
        bits.Ue();
        var orderBits = (int)Math.Min(bits.Ue() + 4, 16);
        for (var i = bits.Flag() ? 0 : subLayers; i <= subLayers; i++) SkipUe(ref bits, 3);
        SkipUe(ref bits, 6);
        if (bits.Flag() && bits.Flag()) SkipScalingLists(ref bits);
        bits.Skip(2);
        if (bits.Flag())
        {
            bits.Skip(8);
            SkipUe(ref bits, 2);
            bits.Skip(1);
        }

        if (!SkipShortTermSets(ref bits)) return null;
        if (bits.Flag())
            for (var left = bits.Ue(); left > 0 && !bits.Overrun; left--) bits.Skip(orderBits + 1);
        bits.Skip(2);
        if (!bits.Flag()) return null;
        VideoUsability.SkipToTiming(ref bits);
        bits.Skip(3);
        if (bits.Flag()) SkipUe(ref bits, 4);
        if (!bits.Flag()) return null;
        var (units, scale) = (bits.Bits(32), bits.Bits(32));
        return bits.Overrun ? null : VideoFormat.Rate(scale, units);
    }

    static void SkipUe(ref BitReader bits, int count)
    {
        while (count-- > 0) bits.Ue();
    }

    static void SkipScalingLists(ref BitReader bits)
    {
        for (var size = 0; size < 4; size++)
            for (var matrix = 0; matrix < 6 && !bits.Overrun; matrix += size == 3 ? 3 : 1)
            {
                if (!bits.Flag())
                {
                    bits.Ue();
                    continue;
                }

                if (size > 1) bits.Se();
                for (var left = Math.Min(64, 1 << (4 + (size << 1))); left > 0; left--) bits.Se();
            }
    }

    /// <summary>False when there are more reference sets or pictures than the standard allows (7.4.8).</summary>
    static bool SkipShortTermSets(ref BitReader bits)
    {
        var sets = bits.Ue();
        if (sets > 64) return false;
        uint pictures = 0;
        for (var set = 0; set < sets && !bits.Overrun; set++)
        {
            if (set > 0 && bits.Flag())
            {
                bits.Skip(1);
                bits.Ue();
                uint kept = 0;
                for (var i = 0; i <= pictures; i++)
                    if (bits.Flag() || bits.Flag()) kept++;
                pictures = kept;
            }
            else
            {
                pictures = bits.Ue() + bits.Ue();
                if (pictures > 32) return false;
                for (var i = 0; i < pictures; i++)
                {
                    bits.Ue();
                    bits.Skip(1);
                }
            }
        }

        return true;
    }

    static string ProfileName(uint profile) => profile switch
    {
        1 => "Main",
        2 => "Main 10",
        3 => "Main Still Picture",
        4 => "Range Extensions",
        _ => $"profile {profile}",
    };
}
