using System.Net;
using System.Net.Sockets;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Devices;

/// <summary>What may stand as a feed's address. Guards against server-side request forgery by the text alone; the probe checks again what a name resolves to.</summary>
public static class FeedAddress
{
    const string Field = "feed.main", OnvifField = "onvif";
    const int Longest = 500;

    /// <summary>Some cameras take credentials in path or query; what stands there would stand in the log.</summary>
    static bool NamesAPassword(string path) => Words.Any(word => path.Contains(word, StringComparison.OrdinalIgnoreCase));

    static readonly string[] Words = ["password=", "passwd=", "pwd=", "passwort=", "pass="];

    /// <param name="allowLoopback">Only a demo or a test may point a feed at the machine itself.</param>
    public static Refusal? Faults(Uri address, bool allowLoopback) => address switch
    {
        { IsAbsoluteUri: false } => new("feed.address-malformed", "The address of a feed is a whole rtsp:// or rtsps:// address.", Field),
        { OriginalString.Length: > Longest } => new("feed.address-malformed", "The address of a feed is not longer than 500 characters.", Field),
        { Scheme: not ("rtsp" or "rtsps") } => new("feed.scheme-refused", "The address of a feed begins with rtsp:// or rtsps://.", Field),
        _ when address.UserInfo.Length > 0 || NamesAPassword(address.PathAndQuery) => new("feed.credentials-inside", "User name and password do not belong in the address; give them apart, they are kept in the vault.", Field),
        { Host.Length: 0 } => new("feed.address-malformed", "The address names no host.", Field),
        _ when IsForbidden(address, allowLoopback) =>
            new("feed.target-refused", "The address points at this machine or at its local link, where no camera of a venue stands.", Field),
        _ => null,
    };

    /// <summary>The same for the address of the camera's ONVIF service: it stands on the stream's own host, for it is asked with the stream's password.</summary>
    public static Refusal? OnvifFaults(Uri address, Uri stream, bool allowLoopback) => address switch
    {
        { IsAbsoluteUri: false } or { Scheme: not ("http" or "https") } or { OriginalString.Length: > Longest } or { Host.Length: 0 } =>
            new("feed.onvif-malformed", "The address of an ONVIF service is a whole http:// or https:// address.", OnvifField),
        _ when address.UserInfo.Length > 0 || NamesAPassword(address.PathAndQuery) => new("feed.credentials-inside", "User name and password do not belong in the address; give them apart, they are kept in the vault.", OnvifField),
        _ when !address.Host.Equals(stream.Host, StringComparison.OrdinalIgnoreCase) => new("feed.onvif-elsewhere", "The ONVIF service stands on the host of the stream: the camera's password goes nowhere else.", OnvifField),
        _ when IsForbidden(address, allowLoopback) => new("feed.target-refused", "The address points at this machine or at its local link, where no camera of a venue stands.", OnvifField),
        _ => null,
    };

    static bool IsForbidden(Uri address, bool allowLoopback) =>
        (!allowLoopback && (address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || address.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)))
        || (IPAddress.TryParse(address.DnsSafeHost, out var ip) && IsForbidden(ip, allowLoopback));

    /// <summary>
    /// Link-local (RFC 3927, RFC 4291; cloud metadata lives there), multicast and unspecified addresses always, and loopback
    /// (127.0.0.0/8, ::1) unless <paramref name="allowLoopback"/>.
    /// </summary>
    public static bool IsForbidden(IPAddress ip, bool allowLoopback)
    {
        if (ip.IsIPv4MappedToIPv6) ip = ip.MapToIPv4();
        if (IPAddress.IsLoopback(ip)) return !allowLoopback;
        if (ip.IsIPv6LinkLocal || ip.IsIPv6Multicast || ip.Equals(IPAddress.IPv6Any)) return true;
        return ip.AddressFamily == AddressFamily.InterNetwork && ip.GetAddressBytes() is [var a, var b, ..]
            && (a == 0 || a >= 224 || (a, b) == (169, 254));
    }

    /// <summary>By its text alone: another machine of that name or number may stand in every other network, so only who is in this one may say what is there.</summary>
    public static bool IsOfOneNetwork(Uri address) => IPAddress.TryParse(address.DnsSafeHost, out var ip) ? IsPrivate(ip)
        : !address.DnsSafeHost.Contains('.') || OwnNames.Any(end => address.DnsSafeHost.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    /// <summary>RFC 6762, RFC 8375, and what routers commonly hand out.</summary>
    static readonly string[] OwnNames = [".local", ".home.arpa", ".lan", ".internal"];

    /// <summary>Somebody's own network (RFC 1918, RFC 6598, RFC 4193): a camera there is reached from inside that network only.</summary>
    public static bool IsPrivate(IPAddress ip)
    {
        if (ip.IsIPv4MappedToIPv6) ip = ip.MapToIPv4();
        if (ip.IsIPv6UniqueLocal || ip.IsIPv6SiteLocal) return true;
        return ip.AddressFamily == AddressFamily.InterNetwork && ip.GetAddressBytes() is [var a, var b, ..]
            && (a == 10 || (a, b) is (192, 168) or (172, >= 16 and < 32) or (100, >= 64 and < 128));
    }
}
