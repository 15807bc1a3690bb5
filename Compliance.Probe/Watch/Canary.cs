using System.Net.Http;
using System.Net.Sockets;
using Compliance.Domain.Devices;
using Compliance.Probe.Look;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Watch;

/// <summary>
/// Something on our own way to the cameras that is always there: a gateway's port (<c>tcp://host:port</c>), a web server
/// (<c>http://</c>, any answer will do) or a stream (<c>rtsp://</c>, seen by the same code as a camera). When it falls silent
/// together with the cameras, it is us who do not see.
/// </summary>
internal sealed class Canary(Uri address, OpenFeed open, HttpClient http, TimeSpan patience, TimeProvider clock)
{
    static readonly string[] Schemes = ["tcp", "http", "https", "rtsp", "rtsps"];

    public Uri Address { get; } = Schemes.Contains(address.Scheme) && address.Host.Length > 0 && (address.Scheme != "tcp" || address.Port > 0) && address.UserInfo.Length == 0
        ? address : throw new InvalidOperationException($"Probe:Canaries takes tcp://host:port, http(s):// and rtsp(s):// without a user, not {address.Scheme}://");

    public async Task<bool> Sings(CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            await Hear(either.Token);
            return true;
        }
        catch (Exception e) when (e is FeedLost or SocketException or HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }

    Task Hear(CancellationToken ct) => Address.Scheme switch
    {
        "tcp" => HearPort(ct),
        "rtsp" or "rtsps" => HearStream(ct),
        _ => HearWeb(ct),
    };

    async Task HearPort(CancellationToken ct)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(Address.DnsSafeHost, Address.Port, ct);
    }

    async Task HearStream(CancellationToken ct)
    {
        var outlet = new FeedOutlet(new StreamMeter(), new Fanout());
        var picture = outlet.Fanout.NextKeyframe(ct);
        await using var feed = await open(new(Address, null, null, FeedTransport.Tcp), outlet, null, ct);
        await picture;
    }

    async Task HearWeb(CancellationToken ct)
    {
        using var answer = await http.GetAsync(Address, HttpCompletionOption.ResponseHeadersRead, ct);
    }
}
