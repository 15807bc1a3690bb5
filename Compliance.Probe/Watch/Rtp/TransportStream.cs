using System.Buffers;
using System.Buffers.Binary;
using Compliance.Domain.Probes;

namespace Compliance.Probe.Watch.Rtp;

/// <summary>
/// Writes the access units of one run of a video as an MPEG transport stream (ISO/IEC 13818-1): the plainest container that keeps the instant of each picture, which
/// raw Annex B does not. Decoders and muxers in child processes are fed with it.
/// </summary>
/// <param name="fromZero">The ticks of its pictures count from zero, whichever comes first: a run that goes on.</param>
internal sealed class TransportStream(VideoCodec codec, bool fromZero = false)
{
    const int Packet = 188, Head = 4, TablePid = 0x1000, VideoPid = 0x100;

    /// <summary>RTP ticks a second (RFC 6184, RFC 7798), which are those of the stream's clock too.</summary>
    public const int TicksPerSecond = 90_000;

    /// <summary>The first picture is shown so long after the stream's clock begins.</summary>
    const long Lead = TicksPerSecond;

    static readonly byte[] DelimiterH264 = [0, 0, 0, 1, 9, 0xF0], DelimiterH265 = [0, 0, 0, 1, 0x46, 1, 0x50];

    readonly ArrayBufferWriter<byte> _out = new(1 << 16);
    readonly Dictionary<int, int> _continuity = [];
    uint? _last = fromZero ? 0 : null;
    long _since;

    /// <summary>How long after the first picture this one is shown, by the camera's own ticks.</summary>
    public TimeSpan Place(AccessUnit unit) => Span(_since + Step(unit));

    /// <summary>How much later than the one before it this one is shown; negative where a picture is shown before one it is sent after.</summary>
    public TimeSpan After(AccessUnit unit) => Span(Step(unit));

    public ReadOnlyMemory<byte> Write(AccessUnit unit)
    {
        _since += Step(unit);
        _last = unit.Timestamp;
        _out.ResetWrittenCount();
        if (unit.Keyframe) Tables();
        var delimiter = codec == VideoCodec.H264 ? DelimiterH264 : DelimiterH265;
        var begins = unit.AnnexB.Span.StartsWith(delimiter.AsSpan(0, 5)) ? [] : delimiter;
        Picture([.. Header(Lead + _since), .. begins, .. unit.AnnexB.Span], Lead + _since, unit.Keyframe);
        return _out.WrittenSpan.ToArray();
    }

    long Step(AccessUnit unit) => _last is { } last ? unchecked((int)(unit.Timestamp - last)) : 0;

    static TimeSpan Span(long ticks) => TimeSpan.FromSeconds((double)ticks / TicksPerSecond);

    /// <summary>Of the packetised elementary stream: one picture, its length left open, the instant it is shown (2.4.3.6).</summary>
    static byte[] Header(long at) =>
    [
        0, 0, 1, 0xE0, 0, 0, 0x84, 0x80, 5,
        (byte)(0x21 | ((at >> 29) & 0x0E)), (byte)(at >> 22), (byte)(0x01 | ((at >> 14) & 0xFE)), (byte)(at >> 7), (byte)(0x01 | ((at << 1) & 0xFE)),
    ];

    /// <summary>Which streams there are (2.4.4.3, 2.4.4.8).</summary>
    void Tables()
    {
        Section(0, [0x00, 0xB0, 13, 0, 1, 0xC1, 0, 0, 0, 1, 0xE0 | (TablePid >> 8), TablePid & 0xFF]);
        Section(TablePid, [0x02, 0xB0, 18, 0, 1, 0xC1, 0, 0, 0xE0 | (VideoPid >> 8), VideoPid & 0xFF, 0xF0, 0, (byte)(codec == VideoCodec.H264 ? 0x1B : 0x24), 0xE0 | (VideoPid >> 8), VideoPid & 0xFF, 0xF0, 0]);
    }

    void Section(int pid, byte[] table)
    {
        var packet = new byte[Packet];
        packet.AsSpan().Fill(0xFF);
        Label(packet, pid, first: true, adapted: false);
        packet[Head] = 0;
        table.CopyTo(packet, Head + 1);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(Head + 1 + table.Length), Check(table));
        _out.Write(packet);
    }

    void Picture(byte[] bytes, long at, bool keyframe)
    {
        Span<byte> packet = stackalloc byte[Packet];
        for (var (from, first) = (0, true); from < bytes.Length; first = false)
        {
            // The first packet carries the stream's clock; the last is filled up in front of its bytes.
            var clock = first ? 8 : 0;
            var take = Math.Min(Packet - Head - clock, bytes.Length - from);
            var adaptation = Packet - Head - take;
            Label(packet, VideoPid, first, adaptation > 0);
            if (adaptation > 0)
            {
                packet[Head] = (byte)(adaptation - 1);
                if (adaptation > 1) packet[(Head + 1)..(Head + adaptation)].Fill(0xFF);
                if (adaptation > 1) packet[Head + 1] = (byte)((keyframe && first ? 0x40 : 0) | (first ? 0x10 : 0));
                if (first) Clock(packet[(Head + 2)..], at - Lead / 2);
            }

            bytes.AsSpan(from, take).CopyTo(packet[(Head + adaptation)..]);
            from += take;
            _out.Write(packet);
        }
    }

    static void Clock(Span<byte> into, long at)
    {
        BinaryPrimitives.WriteUInt32BigEndian(into, (uint)(at >> 1));
        (into[4], into[5]) = ((byte)((at << 7) | 0x7E), 0);
    }

    void Label(Span<byte> packet, int pid, bool first, bool adapted)
    {
        var count = _continuity[pid] = (_continuity.GetValueOrDefault(pid, -1) + 1) & 0x0F;
        (packet[0], packet[1], packet[2], packet[3]) = (0x47, (byte)((first ? 0x40 : 0) | (pid >> 8)), (byte)pid, (byte)((adapted ? 0x30 : 0x10) | count));
    }

    /// <summary>CRC-32 of tables (annex A).</summary>
    static uint Check(ReadOnlySpan<byte> bytes)
    {
        var sum = 0xFFFFFFFFu;
        foreach (var one in bytes)
        {
            sum ^= (uint)one << 24;
            for (var bit = 0; bit < 8; bit++) sum = (sum & 0x80000000) != 0 ? (sum << 1) ^ 0x04C11DB7 : sum << 1;
        }

        return sum;
    }
}
