using System.Net;
using System.Net.Sockets;
using Compliance.Domain.Devices;

namespace Compliance.Probe.Watch;

/// <summary>Finds a camera's host, and refuses what is no camera's place; connections go to the addresses checked here only.</summary>
internal static class CameraHost
{
    public const string Secure = "rtsps";
    const int DefaultPort = 554, DefaultSecurePort = 322;

    public static async Task<IReadOnlyList<IPEndPoint>> Resolve(Uri stream, bool allowLoopback, CancellationToken ct)
    {
        if (FeedAddress.Faults(stream, allowLoopback) is { } refusal) throw new FeedLost(Verdict.NoStream, $"{refusal.Code}: {refusal.Because}");
        IPAddress[] found;
        try
        {
            found = await Dns.GetHostAddressesAsync(stream.DnsSafeHost, ct);
        }
        catch (SocketException e)
        {
            throw new FeedLost(Verdict.Unreachable, $"the name does not resolve: {e.SocketErrorCode}");
        }

        if (found.Length == 0) throw new FeedLost(Verdict.Unreachable, "the name has no address");
        if (Array.Exists(found, ip => IsRefused(ip, allowLoopback)))
            throw new FeedLost(Verdict.NoStream, "feed.target-refused: the name points at this machine or its local link");
        return [.. found.Select(ip => new IPEndPoint(ip, stream.Port > 0 ? stream.Port : stream.Scheme == Secure ? DefaultSecurePort : DefaultPort))];
    }

    static bool IsRefused(IPAddress ip, bool allowLoopback) =>
        FeedAddress.IsForbidden(ip) && !(allowLoopback && IPAddress.IsLoopback(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip));
}
