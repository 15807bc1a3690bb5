using System.Text;
using Compliance.Probe.Watch.Rtsp;

namespace Compliance.Probe.Tests.Watch;

public sealed class FramerTests
{
    const string Answer = "RTSP/1.0 200 OK\r\nCSeq: 3\r\nContent-Length: 4\r\n\r\nbody";

    [Fact]
    public void Packets_and_answers_are_told_apart() =>
        Assert.Equal(["packet 0 12", "message body", "packet 1 8"], Read([.. Packet(0, 12), .. Text(Answer), .. Packet(1, 8)]));

    [Fact]
    public void It_does_not_matter_where_the_network_cut_the_bytes()
    {
        byte[] data = [.. Packet(0, 40), .. Text(Answer), .. Packet(1, 28), .. Packet(0, 12)];
        for (var cut = 1; cut < data.Length; cut++)
            Assert.Equal(["packet 0 40", "message body", "packet 1 28", "packet 0 12"], Read(data, cut));
    }

    [Fact]
    public void After_lost_bytes_it_finds_the_next_packet() =>
        Assert.Equal(["garbage", "packet 0 30", "packet 1 8"], Read([.. Packet(0, 500)[100..], .. Packet(0, 30), .. Packet(1, 8)]));

    [Fact]
    public void An_answer_written_into_the_middle_of_a_packet_costs_no_more_than_that()
    {
        var torn = Packet(0, 100);
        byte[] data = [.. torn[..50], .. Text(Answer), .. torn[50..], .. Packet(0, 30)];
        Assert.Equal("packet 0 30", Read(data)[^1]);
    }

    [Theory]
    [InlineData("RTSP/1.0 200 OK\r\nContent-Length: 999999999\r\n\r\n")]
    [InlineData("RTSP/1.0 200 OK\r\nContent-Length: -5\r\n\r\n")]
    [InlineData("GET / HTTP/1.0\r\n\r\n")]
    public void What_claims_too_much_is_skipped(string text) =>
        Assert.Equal("packet 0 12", Read([.. Text(text), .. Packet(0, 12)])[^1]);

    [Fact]
    public void A_head_without_an_end_does_not_hold_the_stream_up()
    {
        byte[] data = [.. Text("RTSP/1.0 200 OK\r\n" + string.Concat(Enumerable.Repeat("X: y\r\n", 5000))), .. Packet(0, 12)];
        Assert.Equal("packet 0 12", Read(data)[^1]);
    }

    [Theory]
    [InlineData("RTSP/1.0")]
    [InlineData("RTSP/1.0 x")]
    public void A_first_line_without_an_end_is_not_waited_for(string text) =>
        Assert.Equal("packet 0 12", Read([.. Text(string.Concat(Enumerable.Repeat(text, 500))), .. Packet(0, 12)])[^1]);

    [Fact]
    public void Answers_are_read_with_all_their_headers()
    {
        var response = RtspResponse.Parse("RTSP/1.0 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"a:b\"\r\nwww-authenticate:Digest x=1\r\nCSeq : 7\r\n"u8, [])!;
        Assert.Equal((401, "Unauthorized", 7), (response.Status, response.Reason, response.Number("cseq")));
        Assert.Equal(["Basic realm=\"a:b\"", "Digest x=1"], response.All("WWW-Authenticate"));
        Assert.Null(RtspResponse.Parse("OPTIONS rtsp://a RTSP/1.0\r\n"u8, []));
        Assert.Null(RtspResponse.Parse(""u8, []));
    }

    /// <summary>Reads like a connection does: what is incomplete waits for more.</summary>
    static List<string> Read(byte[] data, int firstPart = int.MaxValue)
    {
        var (read, at) = (new List<string>(), 0);
        foreach (var end in new[] { Math.Min(firstPart, data.Length), data.Length })
            while (Framer.Next(data.AsSpan(at, end - at), 4) is { Length: > 0 } frame)
            {
                var rest = data.AsSpan(at + frame.Head, frame.Length - frame.Head);
                read.Add(frame.Kind switch
                {
                    FrameKind.Packet => $"packet {frame.Channel} {rest.Length}",
                    FrameKind.Message => $"message {Encoding.ASCII.GetString(rest)}",
                    _ => "garbage",
                });
                at += frame.Length;
            }

        return read;
    }

    static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);

    static byte[] Packet(byte channel, int length) => [(byte)'$', channel, (byte)(length >> 8), (byte)length, 0x80, .. new byte[length - 1]];
}
