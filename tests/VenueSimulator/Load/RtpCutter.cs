using System.Buffers.Binary;

namespace VenueSimulator.Load;

/// <summary>Cuts a picture into RTP packets (RFC 6184 for H.264, RFC 7798 for H.265): whole units where they fit, fragments where not.</summary>
internal static class RtpCutter
{
    public const byte PayloadType = 96;
    public const int Framing = 4; // '$', channel, length: RFC 2326 section 10.12
    public const int Header = 12;
    private const int MaxPayload = 1400;

    public static AccessUnit Cut(List<ReadOnlyMemory<byte>> nals, Codec codec)
    {
        var payloads = nals.SelectMany(nal => Payloads(nal, codec)).ToList();
        var starts = new int[payloads.Count + 1];
        for (var i = 0; i < payloads.Count; i++)
        {
            starts[i + 1] = starts[i] + Framing + Header + payloads[i].Length;
        }

        var wire = new byte[starts[^1]];
        for (var i = 0; i < payloads.Count; i++)
        {
            var packet = wire.AsSpan(starts[i]..starts[i + 1]);
            packet[0] = (byte)'$';
            BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)(Header + payloads[i].Length));
            packet[4] = 0x80; // version 2
            packet[5] = (byte)(PayloadType | (i == payloads.Count - 1 ? 0x80 : 0)); // marker on the last of a picture
            payloads[i].CopyTo(packet[(Framing + Header)..]);
        }

        return new(wire, starts, nals.Exists(nal => AnnexB.IsKeyframe(nal.Span[0], codec)));
    }

    /// <summary>Writes what differs between two sendings into a copy of a packet.</summary>
    public static void Stamp(Span<byte> packet, ushort sequence, uint timestamp, uint source)
    {
        BinaryPrimitives.WriteUInt16BigEndian(packet[6..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(packet[12..], source);
    }

    private static IEnumerable<byte[]> Payloads(ReadOnlyMemory<byte> nal, Codec codec)
    {
        if (nal.Length <= MaxPayload)
        {
            yield return nal.ToArray();
            yield break;
        }

        var skip = codec is Codec.H264 ? 1 : 2;
        for (var at = skip; at < nal.Length;)
        {
            var length = Math.Min(MaxPayload - skip - 1, nal.Length - at);
            var edges = (at == skip ? 0x80 : 0) | (at + length == nal.Length ? 0x40 : 0);
            yield return [.. FragmentHeader(nal.Span, codec, edges), .. nal.Span.Slice(at, length)];
            at += length;
        }
    }

    private static byte[] FragmentHeader(ReadOnlySpan<byte> nal, Codec codec, int edges) => codec is Codec.H264
        ? [(byte)((nal[0] & 0xE0) | 28), (byte)(edges | (nal[0] & 0x1F))]
        : [(byte)((nal[0] & 0x81) | (49 << 1)), nal[1], (byte)(edges | AnnexB.TypeOf(nal[0], codec))];
}
