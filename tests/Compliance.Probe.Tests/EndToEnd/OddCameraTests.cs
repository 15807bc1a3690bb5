using System.Net;
using System.Net.Sockets;
using System.Text;
using Compliance.Domain.Devices;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Rtsp;

namespace Compliance.Probe.Tests.EndToEnd;

/// <summary>Cameras that answer in ways no good camera does; each answer is written here word by word.</summary>
public sealed class OddCameraTests : IDisposable
{
    readonly Drain _drain = new(TimeProvider.System);
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly List<string> _asked = [];

    public OddCameraTests() => _listener.Start();

    [Theory]
    [InlineData("rtsp://10.9.8.7/elsewhere")]
    [InlineData("rtsp://127.0.0.1:9/elsewhere")]
    [InlineData("http://127.0.0.1/elsewhere")]
    public async Task It_is_not_followed_to_another_door(string location)
    {
        var lost = await Lost(request => Is(request, "DESCRIBE") ? Answer(request, "302 Moved", $"Location: {location}") : Answer(request, "200 OK"));
        Assert.Equal(Verdict.NoStream, lost.Cause);
        Assert.Equal(["OPTIONS", "DESCRIBE"], _asked);
    }

    [Fact]
    public async Task To_another_path_of_the_same_camera_it_is_followed()
    {
        await Lost(request => request.Contains("/other", StringComparison.Ordinal) ? Answer(request, "404 Not Found")
            : Is(request, "DESCRIBE") ? Answer(request, "302 Moved", $"Location: {Address}other") : Answer(request, "200 OK"));
        Assert.Equal(["OPTIONS", "DESCRIBE", "DESCRIBE"], _asked);
    }

    [Theory]
    [InlineData("403 Forbidden", Verdict.SessionLimit)]
    [InlineData("453 Not Enough Bandwidth", Verdict.SessionLimit)]
    [InlineData("503 Service Unavailable", Verdict.SessionLimit)]
    [InlineData("404 Not Found", Verdict.NoStream)]
    [InlineData("500 Oops", Verdict.NoStream)]
    public async Task Its_refusals_are_told_apart(string status, Verdict cause) =>
        Assert.Equal(cause, (await Lost(request => Is(request, "DESCRIBE") ? Answer(request, status) : Answer(request, "200 OK"))).Cause);

    [Theory]
    [InlineData("454 Session Not Found", Verdict.SessionLimit)]
    [InlineData("453 Not Enough Bandwidth", Verdict.SessionLimit)]
    [InlineData("500 Oops", Verdict.NoStream)]
    public async Task A_session_refused_after_the_description_is_told_apart(string status, Verdict cause)
    {
        const string sdp = "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n";
        var lost = await Lost(request => Is(request, "DESCRIBE") ? Answer(request, "200 OK", $"Content-Length: {sdp.Length}") + sdp
            : Is(request, "SETUP") ? Answer(request, "200 OK", "Session: a") : Answer(request, Is(request, "PLAY") ? status : "200 OK"));
        Assert.Equal((cause, true), (lost.Cause, lost.AfterDescribe));
    }

    [Fact]
    public async Task A_camera_that_refuses_every_fresh_nonce_has_another_password()
    {
        var nonce = 0;
        var lost = await Lost(request => Answer(request, "401 Unauthorized", $"WWW-Authenticate: Digest realm=\"r\", nonce=\"{++nonce}\""));
        Assert.Equal(Verdict.AuthFailed, lost.Cause);
        Assert.Equal(3, _asked.Count);
    }

    [Fact]
    public async Task A_camera_that_takes_the_connection_and_says_nothing_is_stalled() =>
        Assert.Equal(Verdict.Stalled, (await Lost(_ => null)).Cause);

    [Fact]
    public async Task A_camera_that_babbles_without_end_is_stalled_and_holds_nothing_up() =>
        Assert.Equal(Verdict.Stalled, (await Lost(_ => "RTSP/1.0 200 OK\r\n" + string.Concat(Enumerable.Repeat("X-Babble: yes\r\n", 20_000)))).Cause);

    [Fact]
    public async Task What_it_slips_into_an_address_never_becomes_a_line_of_ours()
    {
        var sdp = "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:x\rTEARDOWN\r\n";
        var lost = await Lost(request => Is(request, "DESCRIBE") ? Answer(request, "200 OK", "Content-Length: " + sdp.Length) + sdp : Answer(request, "200 OK"));
        Assert.Equal(Verdict.NoStream, lost.Cause);
        Assert.Equal(["OPTIONS", "DESCRIBE"], _asked);
    }

    [Fact]
    public async Task A_camera_that_sends_nothing_but_nonsense_is_hung_up_on() =>
        Assert.Equal(Detail.Of(Reason.GarbageSent), (await Lost(_ => new('x', 2 << 20))).Message);

    [Fact]
    public async Task A_session_we_could_not_repeat_ends_the_feed_and_nothing_else()
    {
        const string sdp = "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n";
        var lost = await Lost(request => Is(request, "DESCRIBE") ? Answer(request, "200 OK", $"Content-Length: {sdp.Length}") + sdp
            : Is(request, "SETUP") ? Answer(request, "200 OK", "Session: a\tb") : Answer(request, "200 OK"));
        Assert.Equal(Verdict.NoStream, lost.Cause);
        Assert.Equal(["OPTIONS", "DESCRIBE", "SETUP"], _asked);
    }

    public void Dispose()
    {
        _listener.Stop();
        _drain.Dispose();
    }

    Uri Address => new($"rtsp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    async Task<FeedLost> Lost(Func<string, string?> answer) => await Assert.ThrowsAsync<FeedLost>(() => Open(answer));

    async Task Open(Func<string, string?> answer)
    {
        using var stop = new CancellationTokenSource();
        var serving = Serve(answer, stop.Token);
        var open = RtspSession.Opener(new(_drain, TimeProvider.System, new Random(1), true, TimeSpan.FromSeconds(2)));
        try
        {
            await open(new(Address, "police", "secret", FeedTransport.Tcp), Cameras.Outlet(), null, TestContext.Current.CancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            await serving;
        }
    }

    async Task Serve(Func<string, string?> answer, CancellationToken ct)
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync(ct);
            var (stream, buffer, text) = (client.GetStream(), new byte[4096], "");
            while (await stream.ReadAsync(buffer, ct) is > 0 and var read)
            {
                text += Encoding.ASCII.GetString(buffer, 0, read);
                for (var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal); end >= 0; end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal))
                {
                    var request = text[..end];
                    text = text[(end + 4)..];
                    _asked.Add(request.Split(' ')[0]);
                    if (answer(request) is { } words) await stream.WriteAsync(Encoding.ASCII.GetBytes(words), ct);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The probe hung up, or the test is over.
        }
    }

    static bool Is(string request, string method) => request.StartsWith(method, StringComparison.Ordinal);

    static string Answer(string request, string status, params string[] headers) =>
        $"RTSP/1.0 {status}\r\n{request.Split("\r\n").First(line => Is(line, "CSeq"))}\r\n{string.Concat(headers.Select(h => h + "\r\n"))}\r\n";
}
