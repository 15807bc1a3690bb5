using System.Buffers.Binary;

namespace VenueSimulator.Load;

/// <summary>Writes an RTCP sender report (RFC 3550 section 6.4.1): it ties the camera's clock to the media's timestamps.</summary>
internal static class SenderReport
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private const int Length = 28;
    private static readonly DateTimeOffset NtpEpoch = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The report in interleaved framing on channel 1.</summary>
    public static byte[] Write(DateTimeOffset clock, uint timestamp, uint source, uint packets, uint bytes)
    {
        var report = new byte[RtpCutter.Framing + Length];
        var span = report.AsSpan();
        (span[0], span[1]) = ((byte)'$', 1);
        BinaryPrimitives.WriteUInt16BigEndian(span[2..], Length);
        (span[4], span[5]) = (0x80, 200);
        BinaryPrimitives.WriteUInt16BigEndian(span[6..], Length / 4 - 1);
        BinaryPrimitives.WriteUInt32BigEndian(span[8..], source);
        BinaryPrimitives.WriteUInt64BigEndian(span[12..], (ulong)((clock - NtpEpoch).TotalSeconds * (1L << 32)));
        BinaryPrimitives.WriteUInt32BigEndian(span[20..], timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(span[24..], packets);
        BinaryPrimitives.WriteUInt32BigEndian(span[28..], bytes);
        return report;
    }
}
