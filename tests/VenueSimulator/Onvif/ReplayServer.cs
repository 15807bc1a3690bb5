using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using VenueSimulator.Load;

namespace VenueSimulator.Onvif;

/// <summary>
/// Replays recordings over RTSP as ONVIF's streaming specification wants it (chapter 6): PLAY with a clock range begins at the keyframe before the
/// instant, or where the recording goes on after a gap, and each picture carries the time it was recorded in the RTP header extension 0xABAC.
/// </summary>
public sealed class ReplayServer : IRecorder, IDisposable
{
    private static readonly DateTimeOffset NtpEpoch = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Sent = TimeSpan.FromSeconds(8);
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Clip clip;
    private readonly Login? login;
    private readonly TimeProvider time;

    public ReplayServer(Clip clip, Recorded recorded, Login? login = null, TimeProvider? time = null)
    {
        (this.clip, Recorded, this.login, this.time) = (clip, recorded, login, time ?? TimeProvider.System);
        listener.Start();
        _ = Welcome();
    }

    public Uri Url => new($"rtsp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/replay");

    /// <summary>What there is now, whatever the device claims.</summary>
    public Recorded Recorded { get; set; }

    public Task Hold(Recorded recorded)
    {
        Recorded = recorded;
        return Task.CompletedTask;
    }

    /// <summary>Recorded pictures carry no time.</summary>
    public bool WithoutTime { get; set; }

    /// <summary>Whatever is asked for, live pictures are sent under the time of now.</summary>
    public bool SendsNow { get; set; }

    /// <summary>How far the device's clock is ahead.</summary>
    public TimeSpan ClockSkew { get; set; }

    /// <summary>How many instants were asked for.</summary>
    public int Plays => plays;

    private int plays;

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task Welcome()
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                _ = Talk(await listener.AcceptTcpClientAsync(stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It was told to stop.
        }
    }

    private async Task Talk(TcpClient client)
    {
        using (client)
        {
            try
            {
                var (stream, inbox, filled, nonce) = (client.GetStream(), new byte[16384], 0, Guid.NewGuid().ToString("N"));
                while (await stream.ReadAsync(inbox.AsMemory(filled), stop.Token) is > 0 and var read)
                {
                    filled += read;
                    while (RtspRequest.Take(inbox.AsSpan(0, filled), out var request) is > 0 and var used)
                    {
                        inbox.AsSpan(used, filled - used).CopyTo(inbox);
                        filled -= used;
                        if (request is not null)
                        {
                            await Answer(stream, request, nonce);
                        }
                    }
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
                // The client hung up.
            }
        }
    }

    private async Task Answer(NetworkStream stream, RtspRequest request, string nonce)
    {
        if (request.Method != "OPTIONS" && login is not null && !Challenge.Accepts(AuthSchemes.DigestMd5, login, nonce, request.Method, request.Header("Authorization")))
        {
            await Reply(stream, request, "401 Unauthorized", [.. Challenge.Ask(AuthSchemes.DigestMd5, nonce, stale: false).Select(ask => $"WWW-Authenticate: {ask}")]);
            return;
        }

        switch (request.Method)
        {
            case "OPTIONS":
                await Reply(stream, request, "200 OK", ["Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN"]);
                break;
            case "DESCRIBE":
                await Reply(stream, request, "200 OK", [$"Content-Base: {Url}/", "Content-Type: application/sdp"], Sdp.Of(clip, "replay"));
                break;
            case "SETUP":
                await Reply(stream, request, "200 OK", ["Transport: RTP/AVP/TCP;unicast;interleaved=0-1", "Session: r1;timeout=60"]);
                break;
            case "PLAY" when request.Header("Require") != "onvif-replay":
                await Reply(stream, request, "551 Option not supported", []);
                break;
            case "PLAY":
                await Play(stream, request);
                break;
            default:
                await Reply(stream, request, "200 OK", []);
                break;
        }
    }

    private async Task Play(NetworkStream stream, RtspRequest request)
    {
        Interlocked.Increment(ref plays);
        var range = request.Header("Range")?.Split('=', '-') is ["clock", var from, ..] ? from : "";
        var now = time.GetUtcNow() + ClockSkew;
        if (!DateTimeOffset.TryParseExact(range, ["yyyyMMdd'T'HHmmss.fff'Z'", "yyyyMMdd'T'HHmmss'Z'"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var asked)
            || Recorded.From(asked, now) is not { } first)
        {
            await Reply(stream, request, "457 Invalid Range", []);
            return;
        }

        await Reply(stream, request, "200 OK", ["Session: r1"]);
        // Keyframes lie on a grid of the clip's own interval; the one before the instant, where it was recorded.
        var grid = new DateTimeOffset(first.Ticks - (first.Ticks % clip.Gop.Ticks), TimeSpan.Zero);
        var begin = SendsNow ? now : Recorded.From(grid, now) is { } there && there <= first ? there : first;
        await Send(stream, begin);
    }

    private async Task Send(NetworkStream stream, DateTimeOffset begin)
    {
        var (sequence, ticks) = ((ushort)0, 0u);
        for (var at = TimeSpan.Zero; at < Sent; at += TimeSpan.FromSeconds(1 / clip.Fps), ticks += (uint)Math.Round(90000 / clip.Fps))
        {
            var unit = clip.Units[(int)Math.Round(at.TotalSeconds * clip.Fps) % clip.Units.Count];
            for (var i = 0; i < unit.Packets; i++)
            {
                var packet = unit.Wire[unit.Starts[i]..unit.Starts[i + 1]];
                RtpCutter.Stamp(packet, sequence++, ticks, 0x417);
                await stream.WriteAsync(i == 0 && !WithoutTime ? Dated(packet, begin + at, unit.Keyframe) : packet, stop.Token);
            }
        }
    }

    private static byte[] Dated(byte[] packet, DateTimeOffset at, bool clean)
    {
        const int extension = 16, head = RtpCutter.Framing + RtpCutter.Header;
        var dated = new byte[packet.Length + extension];
        packet.AsSpan(0, head).CopyTo(dated);
        packet.AsSpan(head).CopyTo(dated.AsSpan(head + extension));
        BinaryPrimitives.WriteUInt16BigEndian(dated.AsSpan(2), (ushort)(dated.Length - RtpCutter.Framing));
        dated[4] |= 0x10;
        BinaryPrimitives.WriteUInt16BigEndian(dated.AsSpan(head), 0xABAC);
        BinaryPrimitives.WriteUInt16BigEndian(dated.AsSpan(head + 2), 3);
        BinaryPrimitives.WriteUInt64BigEndian(dated.AsSpan(head + 4), (ulong)((at - NtpEpoch).TotalSeconds * (1L << 32)));
        dated[head + 12] = (byte)(clean ? 0x80 : 0);
        return dated;
    }

    private async Task Reply(NetworkStream stream, RtspRequest request, string status, IReadOnlyList<string> headers, string body = "")
    {
        string[] length = body.Length > 0 ? [$"Content-Length: {Encoding.UTF8.GetByteCount(body)}"] : [];
        string[] head = [$"RTSP/1.0 {status}", $"CSeq: {request.Header("CSeq")}", .. headers, .. length];
        await stream.WriteAsync(Encoding.UTF8.GetBytes(string.Join("\r\n", head) + "\r\n\r\n" + body), stop.Token);
    }
}
