using System.Net;
using System.Net.Sockets;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Webhooks;

/// <summary>What may be a receiver's address: by its text here, by what its name resolves to each time somebody connects.</summary>
public static class WebhookAddress
{
    const string Field = "url";
    const int Longest = 500;

    /// <param name="mayBeInside">Its host is named in the settings: it may stand in an own network, and there without TLS.</param>
    public static Refusal? Faults(string text, bool mayBeInside) =>
        text.Trim().Length > Longest || !Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) || url.Host.Length == 0
            ? new("webhook.address-malformed", $"The address of a receiver is a whole https:// address of at most {Longest} characters.", Field)
        : url.Scheme != Uri.UriSchemeHttps && !(mayBeInside && url.Scheme == Uri.UriSchemeHttp) ? new("webhook.scheme-refused", "The address of a receiver begins with https://.", Field)
        : url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0
            ? new("webhook.secret-inside", "The address carries no user, no question and no fragment: what stands there would stand in the log. The signature says who sends.", Field)
        : !mayBeInside && (IsOwnName(url.DnsSafeHost) || (IPAddress.TryParse(url.DnsSafeHost, out var ip) && IsInside(ip)))
            ? new("webhook.inside-refused", "The address points into this machine or its network.", Field)
        : null;

    static bool IsOwnName(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// No address of the open Internet (registries of special-purpose addresses, RFC 6890): this machine, somebody's own network, carrier-grade NAT,
    /// the local link, multicast, documentation, benchmarks; and whatever wraps such an IPv4 address or hides one (mapped, NAT64, 6to4, Teredo).
    /// </summary>
    public static bool IsInside(IPAddress ip)
    {
        if (ip.IsIPv4MappedToIPv6) ip = ip.MapToIPv4();
        var b = ip.GetAddressBytes();
        return ip.AddressFamily switch
        {
            AddressFamily.InterNetwork => IsInside(b[0], b[1], b[2]),
            AddressFamily.InterNetworkV6 => (b[0] & 0xE0) != 0x20 // global unicast is 2000::/3 and nothing else; ULA, link-local, multicast, loopback and NAT64 lie outside of it
                || (b[0], b[1]) == (0x20, 0x02) || (b[0], b[1], b[2] & 0xFE) == (0x20, 0x01, 0x00) || (b[0], b[1], b[2], b[3]) == (0x20, 0x01, 0x0D, 0xB8) || (b[0], b[1], b[2] & 0xF0) == (0x3F, 0xFF, 0x00),
            _ => true,
        };
    }

    static bool IsInside(byte a, byte b, byte c) => (a, b, c) switch
    {
        (0 or 10 or 127 or >= 224, _, _) => true,
        (100, >= 64 and < 128, _) => true,
        (169, 254, _) => true,
        (172, >= 16 and < 32, _) => true,
        (192, 168, _) or (192, 0, 0 or 2) or (192, 88, 99) => true,
        (198, 18 or 19, _) or (198, 51, 100) or (203, 0, 113) => true,
        _ => false,
    };
}
