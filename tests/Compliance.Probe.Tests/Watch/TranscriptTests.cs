using System.Text;
using Compliance.Domain.Devices;
using Compliance.Probe.Judge;
using Compliance.Probe.Tests.EndToEnd;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Rtsp;
using CsCheck;
using VenueSimulator.Load;

namespace Compliance.Probe.Tests.Watch;

/// <summary>What a camera answered stands beside the verdict it led to: its own words, short, and nothing that opens it.</summary>
public sealed class TranscriptTests
{
    static readonly FeedTarget Target = new(new("rtsp://10.0.0.1/a"), "police", "s3cret/word", FeedTransport.Tcp);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Status_line_and_headers_are_kept_without_what_opens_the_camera() => Assert.Equal(
        """
        DESCRIBE > RTSP/1.0 401 Online user amount has reached the threshold
        CSeq: 3
        Server: Cam/2.4 (… / …)
        WWW-Authenticate: Digest realm="Login to 8F04", nonce=…, opaque=…, stale=FALSE
        Content-Base: …
        Session: …
        X-Owner: …
        """.ReplaceLineEndings("\n"),
        Of("RTSP/1.0 401 Online user amount has reached the threshold\r\nCSeq: 3\r\nServer: Cam/2.4 (POLICE / s3cret%2Fword)\r\n"
            + "WWW-Authenticate: Digest realm=\"Login to 8F04\", nonce=\"0a1b,2c\", opaque=77, stale=FALSE\r\nContent-Base: rtsp://10.0.0.1/user=admin&password=s3cret\r\nSession: 4711\r\nX-Owner: somebody\r\n\r\n"));

    [Fact]
    public void Whatever_is_sent_what_is_kept_is_short_and_plain_and_holds_no_password() => Gen.Byte.Array[0, 3000].Sample(
        noise =>
        {
            var head = Encoding.UTF8.GetBytes("RTSP/1.0 503 s3cret/word\r\nServer: s3cret/word ").Concat(noise).ToArray();
            if (RtspResponse.Parse(head, []) is not { } response) return;
            var kept = Transcript.Of("SETUP", response, Target)!;
            Assert.InRange(kept.Length, 1, RawAnswer.Longest);
            Assert.DoesNotContain("s3cret", kept, StringComparison.OrdinalIgnoreCase);
            Assert.All(kept, c => Assert.True(c is '\n' or '…' or (>= ' ' and <= '~')));
        },
        iter: Fuzz.Inputs / 10);

    [Theory]
    [InlineData("none", null, Verdict.AuthFailed, "DESCRIBE > RTSP/1.0 401 ")]
    [InlineData("full", 453, Verdict.SessionLimit, "SETUP > RTSP/1.0 453 ")]
    [InlineData("full", 503, Verdict.SessionLimit, "SETUP > RTSP/1.0 503 ")]
    [InlineData("gone", null, Verdict.NoStream, "DESCRIBE > RTSP/1.0 404 ")]
    [InlineData("cut", null, Verdict.Unreachable, null)]
    public async Task A_look_that_is_refused_brings_the_refusal_along(string fault, int? status, Verdict verdict, string? answer)
    {
        using var cameras = await Cameras.Serve();
        await cameras.Server.Inject("h264/1", fault switch { "full" => new() { SessionLimit = 0, SessionLimitStatus = status!.Value }, "cut" => new() { Cut = true }, _ => Faults.None });
        var target = fault == "none" ? cameras.Target("h264/1", "wrong") : cameras.Target(fault == "gone" ? "nowhere/1" : "h264/1");
        var found = await new QuickCheck(cameras.Open, new(), new(), TimeProvider.System).Run(target, new(0, 0, 0, null), Ct);
        Assert.Equal(verdict, found.Verdict);
        if (answer is null) Assert.Null(found.Answer);
        else Assert.StartsWith(answer, found.Answer, StringComparison.Ordinal);
        Assert.DoesNotContain("se\"cret", found.Answer ?? "", StringComparison.Ordinal);
    }

    static string Of(string head) => Transcript.Of("DESCRIBE", RtspResponse.Parse(Encoding.UTF8.GetBytes(head), [])!, Target)!;
}
