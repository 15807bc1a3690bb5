using Compliance.Domain.Probes;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Look;

/// <summary>
/// An access unit as a decoder may be given it: with its first picture and no other. A camera that sends two in one would else have its second one counted as
/// its neighbour's, for of a batch only the number of pictures tells whose is whose.
/// </summary>
internal static class OnePicture
{
    /// <param name="unit">Annex B.</param>
    public static ReadOnlyMemory<byte> Of(VideoCodec codec, ReadOnlyMemory<byte> unit)
    {
        var bytes = unit.Span;
        long last = -1;
        for (var at = 0; bytes[at..].IndexOf<byte>([0, 0, 1]) is >= 0 and var next;)
        {
            var start = at + next;
            at = start + 3;
            var nal = bytes[at..];
            if (nal.Length < 4) break;
            var type = codec == VideoCodec.H264 ? nal[0] & 0x1F : (nal[0] >> 1) & 0x3F;
            var place = Nal.IsPicture(codec, type) ? PlaceOf(codec, nal) : -1;
            if (last >= 0 && (place < 0 ? !BelongsToIt(codec, type) : codec == VideoCodec.H264 ? place <= last : place == 0)) return unit[..start];
            if (place >= 0) last = place;
        }

        return unit;
    }

    /// <summary>Some place behind the first.</summary>
    const long Later = 1;

    /// <summary>Where in its picture a slice begins: H.264 says at which macroblock (7.3.3), H.265 only whether at the first one (7.3.6.1).</summary>
    static long PlaceOf(VideoCodec codec, ReadOnlySpan<byte> nal) => codec == VideoCodec.H264 ? new BitReader(nal[1..]).Ue() : nal[2] >> 7 == 1 ? 0 : Later;

    /// <summary>What may stand between and behind the slices of one picture: fillers, prefixes, further layers, messages that follow (H.264 table 7-1, H.265 table 7-1).</summary>
    static bool BelongsToIt(VideoCodec codec, int type) => codec == VideoCodec.H264 ? type is 12 or 14 or 19 or 20 or 21 : type is 38 or 40;
}
