using System.Buffers.Binary;

namespace Compliance.Probe.Watch.Rtp;

/// <summary>One RTP packet (RFC 3550, 5.1), a view of the receive buffer.</summary>
internal readonly ref struct RtpPacket
{
    RtpPacket(bool marker, byte type, ushort sequence, uint timestamp, ReadOnlySpan<byte> payload)
    {
        (Marker, PayloadType, Sequence, Timestamp) = (marker, type, sequence, timestamp);
        Payload = payload;
    }

    public bool Marker { get; }
    public byte PayloadType { get; }
    public ushort Sequence { get; }
    public uint Timestamp { get; }
    public ReadOnlySpan<byte> Payload { get; }

    public static bool TryParse(ReadOnlySpan<byte> data, out RtpPacket packet)
    {
        packet = default;
        if (data.Length < 12 || data[0] >> 6 != 2) return false;
        var (start, end) = (12 + ((data[0] & 0x0F) * 4), data.Length);
        if ((data[0] & 0x10) != 0)
        {
            if (end < start + 4) return false;
            start += 4 + (BinaryPrimitives.ReadUInt16BigEndian(data[(start + 2)..]) * 4);
        }

        if ((data[0] & 0x20) != 0) end -= data[^1];
        if (end < start) return false;
        packet = new((data[1] & 0x80) != 0, (byte)(data[1] & 0x7F), BinaryPrimitives.ReadUInt16BigEndian(data[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(data[4..]), data[start..end]);
        return true;
    }
}
