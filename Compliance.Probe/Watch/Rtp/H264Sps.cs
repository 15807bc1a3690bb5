using Compliance.Domain.Probes;

namespace Compliance.Probe.Watch.Rtp;

/// <summary>Sequence parameter set of H.264 (ITU-T H.264, 7.3.2.1.1 and annex E.1).</summary>
internal static class H264Sps
{
    public static VideoFormat? Parse(ReadOnlySpan<byte> nal)
    {
        var bits = new BitReader(nal);
        bits.Skip(8);
        var (profile, constraints, level) = (bits.Bits(8), bits.Bits(8), bits.Bits(8));
        bits.Ue();
        var chroma = HasChroma(profile) ? SkipChroma(ref bits) : 1;
        bits.Ue();
        SkipPictureOrder(ref bits);
        bits.Ue();
        bits.Skip(1);
        var (columns, rows) = (bits.Ue() + 1L, bits.Ue() + 1L);
        var framesOnly = bits.Flag();
        if (!framesOnly) bits.Skip(1);
        bits.Skip(1);
        var fields = framesOnly ? 1 : 2;
        var (width, height) = (columns * 16, rows * 16 * fields);
        if (bits.Flag())
        {
            var (x, y) = (chroma is 1 or 2 ? 2 : 1, (chroma == 1 ? 2 : 1) * fields);
            width -= ((long)bits.Ue() + bits.Ue()) * x;
            height -= ((long)bits.Ue() + bits.Ue()) * y;
        }

        if (bits.Overrun || !VideoFormat.IsPlausible(width, height)) return null;
        return new(VideoCodec.H264, ProfileName(profile, constraints), VideoFormat.Name(level / 10.0), (int)width, (int)height, Fps(ref bits));
    }

    static double? Fps(ref BitReader bits)
    {
        if (!bits.Flag()) return null;
        VideoUsability.SkipToTiming(ref bits);
        if (!bits.Flag()) return null;
        var (units, scale) = (bits.Bits(32), bits.Bits(32));
        return bits.Overrun ? null : VideoFormat.Rate(scale, units * 2.0);
    }

    static bool HasChroma(uint profile) => profile is 100 or 110 or 122 or 244 or 44 or 83 or 86 or 118 or 128 or 138 or 139 or 134 or 135;

    static uint SkipChroma(ref BitReader bits)
    {
        var chroma = bits.Ue();
        if (chroma == 3) bits.Skip(1);
        bits.Ue();
        bits.Ue();
        bits.Skip(1);
        if (!bits.Flag()) return chroma;
        for (var list = 0; list < (chroma == 3 ? 12 : 8); list++)
            if (bits.Flag()) SkipScalingList(ref bits, list < 6 ? 16 : 64);
        return chroma;
    }

    static void SkipScalingList(ref BitReader bits, int size)
    {
        for (int i = 0, last = 8, next = 8; i < size && next != 0 && !bits.Overrun; i++)
        {
            next = (last + bits.Se()) & 0xFF;
            last = next == 0 ? last : next;
        }
    }

    static void SkipPictureOrder(ref BitReader bits)
    {
        switch (bits.Ue())
        {
            case 0:
                bits.Ue();
                break;
            case 1:
                bits.Skip(1);
                bits.Se();
                bits.Se();
                for (var left = bits.Ue(); left > 0 && !bits.Overrun; left--) bits.Se();
                break;
        }
    }

    static string ProfileName(uint profile, uint constraints) => profile switch
    {
        66 => (constraints & 0x40) != 0 ? "Constrained Baseline" : "Baseline",
        77 => "Main",
        88 => "Extended",
        100 => "High",
        110 => "High 10",
        122 => "High 4:2:2",
        244 => "High 4:4:4",
        _ => $"profile {profile}",
    };
}
