using System.Buffers.Binary;

namespace Compliance.Probe.Watch.Rtp;

/// <summary>One RTP packet (RFC 3550, 5.1), a view of the receive buffer.</summary>
internal readonly ref struct RtpPacket
{
    /// <summary>The header extension that ONVIF gives the packets of a recording (Streaming specification, 6.3): its NTP time comes first.</summary>
    const ushort ReplayExtension = 0xABAC;

    RtpPacket(bool marker, byte type, ushort sequence, uint timestamp, ulong recordedAt, ReadOnlySpan<byte> payload)
    {
        RecordedAt = recordedAt;
        (Marker, PayloadType, Sequence, Timestamp) = (marker, type, sequence, timestamp);
        Payload = payload;
    }

    public bool Marker { get; }
    public byte PayloadType { get; }
    public ushort Sequence { get; }
    public uint Timestamp { get; }

    /// <summary>When the picture was recorded, as NTP time (seconds since 1900 and their fraction); 0: it does not say.</summary>
    public ulong RecordedAt { get; }
    public ReadOnlySpan<byte> Payload { get; }

    public static bool TryParse(ReadOnlySpan<byte> data, out RtpPacket packet)
    {
        packet = default;
        if (data.Length < 12 || data[0] >> 6 != 2) return false;
        var (start, end) = (12 + ((data[0] & 0x0F) * 4), data.Length);
        ulong recordedAt = 0;
        if ((data[0] & 0x10) != 0)
        {
            if (end < start + 4) return false;
            if (end >= start + 12 && BinaryPrimitives.ReadUInt16BigEndian(data[start..]) == ReplayExtension && data[start + 3] >= 2) recordedAt = BinaryPrimitives.ReadUInt64BigEndian(data[(start + 4)..]);
            start += 4 + (BinaryPrimitives.ReadUInt16BigEndian(data[(start + 2)..]) * 4);
        }

        if ((data[0] & 0x20) != 0) end -= data[^1];
        if (end < start) return false;
        packet = new((data[1] & 0x80) != 0, (byte)(data[1] & 0x7F), BinaryPrimitives.ReadUInt16BigEndian(data[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(data[4..]), recordedAt, data[start..end]);
        return true;
    }
}
