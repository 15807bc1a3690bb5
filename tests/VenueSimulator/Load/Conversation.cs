using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace VenueSimulator.Load;

/// <summary>One client's talk with the server: requests in, replies out, at most one session.</summary>
internal sealed partial class Conversation(Connection connection, LoadServer server)
{
    private readonly string session = server.NewToken();
    private string nonce = server.NewToken();
    private TimeSpan nonceSince = server.Now;
    private Camera? camera;
    private IPEndPoint? media, reports;
    private Viewer? viewer;

    public Connection Connection => connection;
    public Camera? Camera => camera;
    public TimeSpan LastHeard { get; private set; } = server.Now;

    /// <summary>Answers every request that has arrived whole.</summary>
    public void Listen()
    {
        connection.Receive();
        LastHeard = server.Now;
        while (!connection.Closed && RtspRequest.Take(connection.Inbox, out var request) is not 0 and var used)
        {
            if (used < 0)
            {
                connection.Close();
                return;
            }

            connection.Consume(used);
            if (request is not null)
            {
                Answer(request);
            }
        }
    }

    public void Leave()
    {
        if (camera is not null)
        {
            camera.Sessions--;
            StopPlaying();
        }

        camera = null;
    }

    private void StopPlaying()
    {
        if (viewer is not null)
        {
            camera?.Leave(viewer);
        }

        viewer = null;
    }

    private void Answer(RtspRequest request)
    {
        var asked = server.Find(request.Camera) ?? camera;
        if (asked is { Faults.Cut: true })
        {
            connection.Close();
        }
        else if (request.Method is not "OPTIONS" && asked is null or { Faults.Missing: true })
        {
            Reply(request, 404);
        }
        else if (request.Method is not "OPTIONS" && !Admitted(request, asked!, out var stale))
        {
            Reply(request, 401, Ask(asked!, stale));
        }
        else
        {
            Obey(request, asked);
        }
    }

    private bool Admitted(RtspRequest request, Camera asked, out bool stale)
    {
        stale = false;
        if (asked.Login is not { } login)
        {
            return true;
        }

        var good = Challenge.Accepts(asked.Auth, login, nonce, request.Method, request.Header("Authorization"));
        if (server.Now - nonceSince < server.Settings.NonceLifetime)
        {
            return good;
        }

        (nonce, nonceSince, stale) = (server.NewToken(), server.Now, good);
        return false;
    }

    private void Obey(RtspRequest request, Camera? asked)
    {
        switch (request.Method)
        {
            case "OPTIONS":
                Reply(request, 200, ["Public: OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, GET_PARAMETER, TEARDOWN"]);
                break;
            case "DESCRIBE" when asked!.Faults.SessionLimitAtDescribe && IsFull(asked):
            case "SETUP" when IsFull(asked!):
                Refuse(request, asked!);
                break;
            case "DESCRIBE":
                Reply(request, 200, [$"Content-Base: {request.Url}/", "Content-Type: application/sdp"], asked!.Describe());
                break;
            case "SETUP":
                SetUp(request, asked!);
                break;
            case "GET_PARAMETER" when asked!.Faults.NoGetParameter:
                Reply(request, 501);
                break;
            case "GET_PARAMETER" or "SET_PARAMETER":
                Reply(request, 200, [$"Session: {session}"]);
                break;
            case "PLAY" or "PAUSE" or "TEARDOWN" when camera is null || request.Header("Session")?.Split(';')[0] != session:
                Reply(request, 454);
                break;
            case "PLAY":
                Play(request, camera!);
                break;
            case "PAUSE":
                StopPlaying();
                Reply(request, 200, [$"Session: {session}"]);
                break;
            case "TEARDOWN":
                Leave();
                Reply(request, 200);
                break;
            default:
                Reply(request, 501);
                break;
        }
    }

    private void SetUp(RtspRequest request, Camera asked)
    {
        var wanted = request.Header("Transport") ?? "";
        var tcp = wanted.Contains("TCP", StringComparison.OrdinalIgnoreCase);
        var ports = PortsOf(wanted);
        if (!asked.Faults.Transports.HasFlag(tcp ? Transports.Tcp : Transports.Udp) || (!tcp && ports is not [> 0, > 0]))
        {
            Reply(request, 461);
        }
        else
        {
            Leave();
            camera = asked;
            camera.Sessions++;
            (media, reports) = tcp ? (null, null) : (new IPEndPoint(connection.Peer, ports[0]), new IPEndPoint(connection.Peer, ports[1]));
            var transport = tcp
                ? "RTP/AVP/TCP;unicast;interleaved=0-1"
                : $"RTP/AVP;unicast;client_port={ports[0]}-{ports[1]};server_port={server.MediaPort}-{server.ReportsPort}";
            Reply(request, 200,
                [$"Transport: {transport};ssrc={camera.Source:X8}", $"Session: {session};timeout={server.Settings.SessionTimeout.TotalSeconds:0}"]);
        }
    }

    private bool IsFull(Camera asked) => camera is null && asked.Sessions >= (asked.Faults.SessionLimit ?? int.MaxValue);

    private void Refuse(RtspRequest request, Camera asked)
    {
        if (asked.Faults.SessionLimitStatus == 0)
        {
            connection.Close();
            return;
        }

        (nonce, nonceSince) = (server.NewToken(), server.Now);
        Reply(request, asked.Faults.SessionLimitStatus, Ask(asked, stale: false));
    }

    private IEnumerable<string> Ask(Camera asked, bool stale) => Challenge.Ask(asked.Auth, nonce, stale).Select(ask => $"WWW-Authenticate: {ask}");

    private void Play(RtspRequest request, Camera playing)
    {
        Reply(request, 200, [
            $"Session: {session}", "Range: npt=0.000-",
            $"RTP-Info: url={request.Url.TrimEnd('/')}/{Sdp.Track};seq={playing.NextSequence};rtptime={playing.Timestamp}"]);
        if (viewer is null)
        {
            viewer = new(connection, media, reports, server.MediaSocket, server.ReportsSocket, server.Now + playing.Faults.SlowStart);
            playing.Join(viewer, server.Now);
        }
    }

    private static ushort[] PortsOf(string transport) =>
        [.. ClientPorts().Match(transport).Groups.Values.Skip(1)
            .Select(port => ushort.TryParse(port.ValueSpan, CultureInfo.InvariantCulture, out var number) ? number : (ushort)0)];

    private void Reply(RtspRequest request, int status, IEnumerable<string>? headers = null, string body = "")
    {
        string[] length = body.Length > 0 ? [$"Content-Length: {Encoding.UTF8.GetByteCount(body)}"] : [];
        string[] head = [$"RTSP/1.0 {status} {Reason(status)}", $"CSeq: {request.Header("CSeq")}", "Server: VenueSimulator", .. headers ?? [], .. length];
        connection.Send(Encoding.UTF8.GetBytes(string.Join("\r\n", head) + "\r\n\r\n" + body));
    }

    private static string Reason(int status) => status switch
    {
        200 => "OK",
        401 => "Unauthorized",
        403 => "Online user amount has reached the threshold",
        404 => "Not Found",
        453 => "Not Enough Bandwidth",
        454 => "Session Not Found",
        461 => "Unsupported Transport",
        503 => "Service Unavailable",
        _ => "Not Implemented",
    };

    [GeneratedRegex(@"client_port=(\d{1,5})-(\d{1,5})")]
    private static partial Regex ClientPorts();
}
