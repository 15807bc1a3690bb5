using System.Text;
using Compliance.Domain.Probes;
using Compliance.Probe.Look;
using Compliance.Probe.Watch.Rtp;
using Compliance.Probe.Watch.Rtsp;
using CsCheck;

namespace Compliance.Probe.Tests.Watch;

/// <summary>Truncated, mutated and random bytes never crash or hold up the probe: every parser answers, and always moves on.</summary>
public sealed class HostileBytesTests
{
    static readonly byte[] H264 = Convert.FromHexString("67640029acd940780227e5c044000003000400000300c83c60c658");
    static readonly byte[] H265 = Convert.FromHexString("420101016000000300900000030000030078a003c0801107cb965654a4c2f0168080000003008000000c84");
    static readonly byte[] Text = Encoding.ASCII.GetBytes(
        "RTSP/1.0 401 Unauthorized\r\nCSeq: 2\r\nWWW-Authenticate: Digest realm=\"a, \\\"b\\\"\", nonce=\"1\", qop=\"auth\", Basic realm=\"x\"\r\nContent-Length: 10\r\n\r\nm=video 0 ");
    static readonly byte[] Description = Encoding.ASCII.GetBytes(
        "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1;sprop-parameter-sets=Z0LAHg==,aMuM\r\na=control:trackID=1\r\n");

    /// <summary>Something valid that was cut, overwritten in places and continued with noise; or noise alone.</summary>
    static Gen<byte[]> Mutated(params byte[][] seeds) =>
        Gen.Select(Gen.Int[0, seeds.Length], Gen.Int[0, 400], Gen.Select(Gen.Int[0, 1 << 20], Gen.Byte).Array[0, 8], Gen.Byte.Array[0, 64]).Select(
            (seed, cut, changes, noise) =>
            {
                byte[] bytes = seed == seeds.Length ? [] : [.. seeds[seed].Take(cut)];
                foreach (var (at, value) in changes)
                    if (bytes.Length > 0) bytes[at % bytes.Length] = value;
                return (byte[])[.. bytes, .. noise];
            });

    [Fact]
    public void The_stream_of_a_connection() => Mutated(Text, [.. Packet(H264), .. Text, .. Packet(H265)]).Sample(
        data =>
        {
            var at = 0;
            while (Framer.Next(data.AsSpan(at), 4) is { Length: > 0 } frame)
            {
                Assert.InRange(frame.Length, 1, data.Length - at);
                Assert.InRange(frame.Head, 0, frame.Length);
                at += frame.Length;
            }
        },
        iter: Fuzz.Inputs);

    [Fact]
    public void Answers_and_challenges() => Mutated(Text).Sample(
        data =>
        {
            if (RtspResponse.Parse(data, data) is { } response && Challenge.Strongest(response.All("WWW-Authenticate")) is { } challenge)
                Digest.Answer(challenge, "police", "secret", "DESCRIBE", "rtsp://a", 1, "c");
            Challenge.Parse(Encoding.UTF8.GetString(data));
            ControlAddress.Pair(Encoding.UTF8.GetString(data), "interleaved");
        },
        iter: Fuzz.Inputs);

    [Fact]
    public void Descriptions() => Mutated(Description).Sample(data => { Sdp.FindVideo(data); }, iter: Fuzz.Inputs);

    [Fact]
    public void Parameter_sets() => Mutated(H264, H265).Sample(
        data =>
        {
            foreach (var codec in Enum.GetValues<VideoCodec>())
                if (VideoFormat.Parse(codec, data) is { } format) Assert.True(VideoFormat.IsPlausible(format.Width, format.Height) && (format.Fps is null || VideoFormat.IsPlausible(format.Fps.Value)));
        },
        iter: Fuzz.Inputs);

    [Fact]
    public void Packets_of_media_and_reports()
    {
        var fanout = new Fanout();
        using var stop = new CancellationTokenSource();
        _ = fanout.NextKeyframe(stop.Token);
        var tracks = Enum.GetValues<VideoCodec>().Select(codec => new VideoTrack(codec, 96, new StreamMeter(), fanout)).ToArray();
        byte[][] seeds =
        [
            Rtp.Packet(1, 1, false, [0x78, 0, (byte)H264.Length, .. H264, 0, 2, 0x68, 1]),
            Rtp.Packet(2, 1, true, [0x7C, 0x85, 1, 2, 3]),
            Rtp.Packet(3, 2, true, [48 << 1, 1, 0, (byte)H265.Length, .. H265]),
            Rtp.Packet(4, 2, true, [49 << 1, 1, 0x80 | 19, 7]),
            Rtp.SenderReport(3_900_000_000, 7),
        ];
        Mutated(seeds).Sample(
            data =>
            {
                foreach (var track in tracks)
                {
                    track.OnRtp(data, DateTimeOffset.UnixEpoch);
                    track.OnRtcp(data, DateTimeOffset.UnixEpoch);
                }
            },
            iter: Fuzz.Inputs, threads: 1);
        stop.Cancel();
    }

    static byte[] Packet(byte[] nal) => [(byte)'$', 0, 0, (byte)(nal.Length + 12), .. Rtp.Packet(1, 1, true, nal)];
}
