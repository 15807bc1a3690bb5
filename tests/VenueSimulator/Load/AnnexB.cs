namespace VenueSimulator.Load;

/// <summary>Takes an Annex B byte stream apart (ITU-T H.264 and H.265, annex B; picture borders as in 7.4.1.2.4 and 7.4.2.4.4).</summary>
internal static class AnnexB
{
    private static ReadOnlySpan<byte> StartCode => [0, 0, 1];

    public static int TypeOf(byte header, Codec codec) => codec is Codec.H264 ? header & 0x1F : (header >> 1) & 0x3F;

    public static bool IsParameterSet(byte header, Codec codec) =>
        TypeOf(header, codec) is var type && (codec is Codec.H264 ? type is 7 or 8 : type is >= 32 and <= 34);

    public static bool IsKeyframe(byte header, Codec codec) =>
        TypeOf(header, codec) is var type && (codec is Codec.H264 ? type is 5 : type is >= 16 and <= 21);

    public static bool IsSlice(byte header, Codec codec) =>
        TypeOf(header, codec) is var type && (codec is Codec.H264 ? type is >= 1 and <= 5 : type <= 31);

    /// <summary>The stream as pictures, each a list of NAL units without start codes.</summary>
    public static IEnumerable<List<ReadOnlyMemory<byte>>> Pictures(ReadOnlyMemory<byte> stream, Codec codec)
    {
        var picture = new List<ReadOnlyMemory<byte>>();
        var sliced = false;
        foreach (var nal in Nals(stream))
        {
            var slice = IsSlice(nal.Span[0], codec);
            if (sliced && (!slice || IsFirstSlice(nal.Span, codec)))
            {
                yield return picture;
                (picture, sliced) = ([], false);
            }

            picture.Add(nal);
            sliced |= slice;
        }

        if (sliced)
        {
            yield return picture;
        }
    }

    // The first bit after the NAL header: first_mb_in_slice = 0, or first_slice_segment_in_pic_flag.
    private static bool IsFirstSlice(ReadOnlySpan<byte> nal, Codec codec) => (nal[codec is Codec.H264 ? 1 : 2] & 0x80) != 0;

    private static IEnumerable<ReadOnlyMemory<byte>> Nals(ReadOnlyMemory<byte> stream)
    {
        var start = Next(stream, 0);
        while (start < stream.Length)
        {
            var next = Next(stream, start);
            var end = next < stream.Length ? next - StartCode.Length : next;
            var length = stream.Span[start..end].TrimEnd((byte)0).Length;
            if (length > 2)
            {
                yield return stream.Slice(start, length);
            }

            start = next;
        }
    }

    private static int Next(ReadOnlyMemory<byte> stream, int from) =>
        stream.Span[from..].IndexOf(StartCode) is >= 0 and var at ? from + at + StartCode.Length : stream.Length;
}
