namespace Compliance.Probe.Watch.Rtp;

/// <summary>The head of the video usability information, the same in H.264 (E.1.1) and H.265 (E.2.1): shape, colours, sample places.</summary>
internal static class VideoUsability
{
    public static void SkipToTiming(ref BitReader bits)
    {
        const uint extendedShape = 255;
        if (bits.Flag() && bits.Bits(8) == extendedShape) bits.Skip(32);
        if (bits.Flag()) bits.Skip(1);
        if (bits.Flag())
        {
            bits.Skip(4);
            if (bits.Flag()) bits.Skip(24);
        }

        if (!bits.Flag()) return;
        bits.Ue();
        bits.Ue();
    }
}
