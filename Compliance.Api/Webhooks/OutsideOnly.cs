using System.Net;
using System.Net.Sockets;
using Compliance.Domain.Webhooks;

namespace Compliance.Api.Webhooks;

/// <summary>The name leads only to addresses where no receiver stands.</summary>
sealed class InsideException(string host) : Exception($"{host} leads into a network that is nobody's receiver");

/// <summary>What a name resolves to; the system's own resolver but in tests.</summary>
delegate Task<IPAddress[]> Resolve(string host, CancellationToken ct);

/// <summary>
/// Connections to receivers: to an address that was looked at, not to a name that may lead elsewhere a moment later; no proxy, no cookie, no redirect,
/// and of an answer nothing but its status.
/// </summary>
static class OutsideOnly
{
    /// <summary>Of a body that nobody reads, so many bytes are taken off the line before it is closed.</summary>
    const int Drained = 4096;

    public static HttpMessageInvoker Line(WebhookRules rules, Resolve? resolve = null) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseProxy = false, UseCookies = false, PreAuthenticate = false, ActivityHeadersPropagator = null,
        MaxConnectionsPerServer = 4, MaxResponseHeadersLength = 16, MaxResponseDrainSize = Drained, ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20), PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ConnectCallback = async (asked, ct) => await Connect(asked.DnsEndPoint, rules, resolve ?? Dns.GetHostAddressesAsync, ct),
    });

    static async Task<Stream> Connect(DnsEndPoint to, WebhookRules rules, Resolve resolve, CancellationToken ct)
    {
        var found = await resolve(to.Host, ct);
        IPAddress[] fit = rules.MayBeInside(to.Host, to.Port) ? found : Array.FindAll(found, ip => !WebhookAddress.IsInside(ip));
        if (fit.Length == 0 && found.Length > 0) throw new InsideException(to.Host);
        if (fit.Length == 0) throw new SocketException((int)SocketError.HostNotFound);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(fit, to.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
