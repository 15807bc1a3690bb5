using System.Buffers.Binary;

namespace Compliance.Probe.Tests.Watch;

/// <summary>Hand-made RTP packets.</summary>
static class Rtp
{
    public static byte[] Packet(ushort sequence, uint timestamp, bool marker, byte[] payload, byte type = 96)
    {
        byte[] packet = [0x80, (byte)(type | (marker ? 0x80 : 0)), .. new byte[10], .. payload];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), timestamp);
        return packet;
    }

    public static byte[] SenderReport(uint ntpSeconds, uint ntpFraction)
    {
        byte[] report = [0x80, 200, 0, 6, .. new byte[24]];
        BinaryPrimitives.WriteUInt32BigEndian(report.AsSpan(8), ntpSeconds);
        BinaryPrimitives.WriteUInt32BigEndian(report.AsSpan(12), ntpFraction);
        return report;
    }
}
