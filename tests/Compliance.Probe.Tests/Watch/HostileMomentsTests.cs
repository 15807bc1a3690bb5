using System.Buffers.Binary;
using Compliance.Domain.Probes;
using Compliance.Probe.Look;
using Compliance.Probe.Watch.Rtp;
using CsCheck;

namespace Compliance.Probe.Tests.Watch;

/// <summary>
/// Hostile bytes at every moment of a stream somebody listens to: before the first keyframe, amid a fragmented one, between
/// pictures, within a report. What comes whole afterwards is seen whole.
/// </summary>
public sealed class HostileMomentsTests
{
    static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly byte[] Picture = [.. Enumerable.Range(1, 90).Select(i => (byte)i)];

    /// <summary>Packets a group of pictures is made of, and so moments to be hostile at: before it, between any two, after it.</summary>
    const int Packets = 5;

    [Theory]
    [InlineData(VideoCodec.H264)]
    [InlineData(VideoCodec.H265)]
    public Task The_next_but_one_keyframe_is_whole_whatever_came_when(VideoCodec codec) =>
        Gen.Select(Gen.Int[0, Packets], Hostile(codec).Array[1, 4]).SampleAsync((moment, hostile) => Survives(codec, moment, hostile), iter: Fuzz.Inputs, threads: 1);

    [Fact]
    public void A_report_is_read_whatever_stood_in_the_one_before_or_follows_in_the_same_packet() =>
        Gen.Select(Gen.Byte.Array[0, 80], Gen.Int[0, 28], Gen.Byte.Array[0, 40]).Sample(
            (noise, cut, tail) =>
            {
                var meter = new StreamMeter();
                var track = new VideoTrack(VideoCodec.H264, 96, meter, new Fanout());
                var ntp = (uint)(Noon.AddSeconds(103) - new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds;
                track.OnRtcp(noise, Noon);
                track.OnRtcp([.. Rtp.SenderReport(ntp, 0).AsSpan(0, cut), .. noise], Noon);
                track.OnRtcp([.. Rtp.SenderReport(ntp, 0), .. tail], Noon.AddSeconds(100));
                meter.OnAccessUnit(Noon.AddSeconds(95), 1, true);
                Assert.Equal(3000, meter.Measure(10, Noon.AddSeconds(102)).ClockOffsetMs);
            },
            iter: Fuzz.Inputs);

    static async Task Survives(VideoCodec codec, int moment, byte[][] hostile)
    {
        var fanout = new Fanout();
        using var stop = new CancellationTokenSource();
        var units = fanout.Subscribe(stop.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var first = units.MoveNextAsync();
        var track = new VideoTrack(codec, 96, new StreamMeter(), fanout);
        byte[][] sent = [.. Group(codec, 1)[..moment], .. hostile, .. Group(codec, 1)[moment..], .. Group(codec, 2), .. Group(codec, 3)];
        for (var i = 0; i < sent.Length; i++)
        {
            if (sent[i].Length >= 4) BinaryPrimitives.WriteUInt16BigEndian(sent[i].AsSpan(2), (ushort)(65530 + i));
            track.OnRtp(sent[i], Noon);
        }

        var (end, last) = (new AccessUnit(codec, false, 0, Noon, default), default(AccessUnit));
        fanout.Publish(end);
        for (var more = await first; more && units.Current != end; more = await units.MoveNextAsync())
            if (units.Current.Keyframe) last = units.Current;
        await stop.CancelAsync();
        Assert.NotNull(last);
        Assert.Equal(3 * 90_000u, last.Timestamp);
        Assert.Equal(Picture, last.AnnexB.ToArray()[^Picture.Length..]);
    }

    /// <summary>Random bytes; or a packet of the stream itself, cut or changed anywhere behind its sequence number.</summary>
    static Gen<byte[]> Hostile(VideoCodec codec) => Gen.OneOf(
        Gen.Byte.Array[0, 120],
        Gen.Select(Gen.Int[0, Packets - 1], Gen.Int[4, 60], Gen.Select(Gen.Int[8, 60], Gen.Byte).Array[0, 8]).Select((which, cut, changes) =>
        {
            byte[] packet = [.. Group(codec, 1)[which].Take(cut)];
            foreach (var (at, value) in changes)
                if (at < packet.Length) packet[at] = value;
            return packet;
        }));

    /// <summary>Parameter sets, a keyframe in three fragments, and a picture that counts on it.</summary>
    static byte[][] Group(VideoCodec codec, uint second)
    {
        var time = second * 90_000;
        byte[] Fragment(byte mark, int from, int to) => codec == VideoCodec.H264
            ? [0x7C, (byte)(mark | 5), .. Picture[from..to]] : [49 << 1, 1, (byte)(mark | 19), .. Picture[from..to]];
        byte[] sets = codec == VideoCodec.H264
            ? [0x78, 0, 5, 0x67, 0x64, 0, 0x29, 0xAC, 0, 3, 0x68, 1, 2]
            : [48 << 1, 1, 0, 4, 32 << 1, 1, 1, 1, 0, 4, 33 << 1, 1, 1, 1, 0, 4, 34 << 1, 1, 1, 1];
        byte[] after = codec == VideoCodec.H264 ? [0x41, 1, 2, 3] : [1 << 1, 1, 2, 3];
        return
        [
            Rtp.Packet(0, time, false, sets), Rtp.Packet(0, time, false, Fragment(0x80, 0, 30)), Rtp.Packet(0, time, false, Fragment(0, 30, 60)),
            Rtp.Packet(0, time, true, Fragment(0x40, 60, 90)), Rtp.Packet(0, time + 3600, true, after),
        ];
    }
}
