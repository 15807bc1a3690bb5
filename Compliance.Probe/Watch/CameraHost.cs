using System.Net;
using System.Net.Sockets;
using Compliance.Domain.Devices;

namespace Compliance.Probe.Watch;

/// <summary>Finds a camera's host, and refuses what is no camera's place; connections go to the addresses checked here only.</summary>
internal static class CameraHost
{
    public const string Secure = "rtsps";
    const int DefaultPort = 554, DefaultSecurePort = 322;

    public static async Task<IReadOnlyList<IPEndPoint>> Resolve(Uri stream, bool allowLoopback, CancellationToken ct, bool allowPrivate = true)
    {
        if (FeedAddress.Faults(stream, allowLoopback) is { } refusal) throw new FeedLost(Verdict.NoStream, Reason.AddressRefused, refusal.Code);
        var found = await Find(stream.DnsSafeHost, allowLoopback, ct, allowPrivate);
        return [.. found.Select(ip => new IPEndPoint(ip, stream.Port > 0 ? stream.Port : stream.Scheme == Secure ? DefaultSecurePort : DefaultPort))];
    }

    /// <summary>The addresses of a host, whatever it is asked for.</summary>
    public static async Task<IReadOnlyList<IPAddress>> Find(string host, bool allowLoopback, CancellationToken ct, bool allowPrivate = true)
    {
        IPAddress[] found;
        try
        {
            found = await Dns.GetHostAddressesAsync(host, ct);
        }
        catch (SocketException e)
        {
            throw new FeedLost(Verdict.Unreachable, Reason.NameUnresolved, e.SocketErrorCode);
        }

        if (found.Length == 0) throw new FeedLost(Verdict.Unreachable, Reason.NameUnresolved, SocketError.NoData);
        if (Array.Exists(found, ip => FeedAddress.IsForbidden(ip, allowLoopback)))
            throw new FeedLost(Verdict.NoStream, Reason.AddressRefused, "feed.target-refused");
        if (!allowPrivate && Array.Exists(found, FeedAddress.IsPrivate))
            throw new FeedLost(Verdict.NoStream, Reason.AddressRefused, "feed.private-refused");
        return found;
    }
}
