using System.Buffers.Binary;

namespace Compliance.Probe.Watch.Rtp;

/// <summary>The camera's own clock, as its RTCP sender reports tell it (RFC 3550, 6.4.1).</summary>
internal static class SenderReport
{
    const byte Type = 200;
    static readonly DateTimeOffset NtpEra = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>An NTP time: seconds since 1900 and their fraction. Null for zero.</summary>
    public static DateTimeOffset? Time(ulong ntp) => ntp >> 32 == 0 ? null : NtpEra.AddSeconds(ntp >> 32).AddMilliseconds((ntp & uint.MaxValue) * 1000.0 / 4294967296.0);

    /// <summary>Null when this compound packet holds no report, or the camera does not know the time (zero).</summary>
    public static DateTimeOffset? Time(ReadOnlySpan<byte> compound)
    {
        while (compound.Length >= 8 && compound[0] >> 6 == 2)
        {
            var length = (BinaryPrimitives.ReadUInt16BigEndian(compound[2..]) + 1) * 4;
            if (compound[1] == Type && compound.Length >= 28)
            {
                var (seconds, fraction) = (BinaryPrimitives.ReadUInt32BigEndian(compound[8..]), BinaryPrimitives.ReadUInt32BigEndian(compound[12..]));
                return Time(((ulong)seconds << 32) | fraction);
            }

            if (length > compound.Length) return null;
            compound = compound[length..];
        }

        return null;
    }
}
