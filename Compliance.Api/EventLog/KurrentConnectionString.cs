using System.Globalization;
using System.Net;

namespace Compliance.Api.EventLog;

/// <summary>
/// Where a KurrentDB (EventStoreDB) is and how to speak to it:
/// <c>kurrentdb+discover://user:password@host:2113,host:2113?option=value&amp;…</c>. The words and defaults are the vendor's.
/// </summary>
/// <param name="Discover">Ask the hosts who leads, instead of taking the only one for the leader.</param>
/// <param name="Login">User and password; a cluster with anonymous access, or a client certificate, needs none.</param>
sealed record KurrentConnectionString(IReadOnlyList<DnsEndPoint> Hosts, bool Discover, NetworkCredential? Login)
{
    const string UsualPort = "2113";

    public bool Tls { get; init; } = true;
    public bool TlsVerifyCert { get; init; } = true;
    public string? TlsCaFile { get; init; }
    public string? UserCertFile { get; init; }
    public string? UserKeyFile { get; init; }
    public string? ConnectionName { get; init; }
    public int MaxDiscoverAttempts { get; init; } = 10;
    public TimeSpan DiscoveryInterval { get; init; } = TimeSpan.FromMilliseconds(100);
    public TimeSpan GossipTimeout { get; init; } = TimeSpan.FromSeconds(5);
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(10);
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(10);
    public TimeSpan DefaultDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Throws a <see cref="FormatException"/> that names the fault and never repeats a password.</summary>
    public static KurrentConnectionString Parse(string text)
    {
        var (scheme, rest) = Cut(text.Trim(), "://");
        var (kind, discover) = Cut(scheme, "+");
        if (rest is null || kind is not ("esdb" or "kdb" or "kurrent" or "kurrentdb") || discover is not (null or "discover"))
            throw new FormatException("a KurrentDB connection string starts with esdb://, kdb://, kurrent:// or kurrentdb://, each with or without +discover");

        var (authority, query) = Cut(rest, "?");
        var at = authority.LastIndexOf('@');
        DnsEndPoint[] hosts = [.. authority[(at + 1)..].TrimEnd('/').Split(',').Select(Host)];
        var parsed = new KurrentConnectionString(hosts, discover is not null || hosts.Length > 1, at < 0 ? null : LoginIn(authority[..at]));
        parsed = (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries).Aggregate(parsed, (so, option) => so.With(option));
        return (parsed.UserCertFile is null) == (parsed.UserKeyFile is null)
            ? parsed : throw new FormatException("userCertFile and userKeyFile go together");
    }

    KurrentConnectionString With(string option)
    {
        var (name, raw) = Cut(option, "=");
        var value = Uri.UnescapeDataString(raw ?? "");
        return name.ToLowerInvariant() switch
        {
            "tls" => this with { Tls = Switch() },
            "tlsverifycert" => this with { TlsVerifyCert = Switch() },
            "tlscafile" => this with { TlsCaFile = value },
            "usercertfile" => this with { UserCertFile = value },
            "userkeyfile" => this with { UserKeyFile = value },
            "connectionname" => this with { ConnectionName = value },
            "maxdiscoverattempts" => this with { MaxDiscoverAttempts = Number() },
            "discoveryinterval" => this with { DiscoveryInterval = TimeSpan.FromMilliseconds(Number()) },
            "gossiptimeout" => this with { GossipTimeout = TimeSpan.FromSeconds(Number()) },
            "keepaliveinterval" => this with { KeepAliveInterval = TimeSpan.FromMilliseconds(Number()) },
            "keepalivetimeout" => this with { KeepAliveTimeout = TimeSpan.FromMilliseconds(Number()) },
            "defaultdeadline" => this with { DefaultDeadline = TimeSpan.FromMilliseconds(Number()) },
            // Deciding needs the newest facts, and only the leader has them for certain.
            "nodepreference" => value == "leader" ? this : throw new FormatException("the only nodePreference this log can live with is leader"),
            _ => throw new FormatException($"'{name}' is not a known option of a KurrentDB connection string"),
        };

        bool Switch() => bool.TryParse(value, out var on) ? on : throw new FormatException($"{name} is true or false");
        int Number() => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number : throw new FormatException($"{name} is a whole number above 0");
    }

    static DnsEndPoint Host(string text)
    {
        var colon = text.LastIndexOf(':');
        var (host, port) = colon > text.LastIndexOf(']') ? (text[..colon], text[(colon + 1)..]) : (text, UsualPort);
        return Uri.CheckHostName(host) != UriHostNameType.Unknown
            && ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? new(host, number) : throw new FormatException($"'{text}' is not a host, or a host and a port");
    }

    static NetworkCredential LoginIn(string text)
    {
        var (user, password) = Cut(text, ":");
        return password is not null
            ? new(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password)) : throw new FormatException("a user comes with a password: user:password@");
    }

    static (string Before, string? After) Cut(string text, string mark) =>
        text.IndexOf(mark, StringComparison.Ordinal) is var at and >= 0 ? (text[..at], text[(at + mark.Length)..]) : (text, null);

    /// <summary>For logs: the hosts, never the login.</summary>
    public override string ToString() => string.Join(',', Hosts.Select(h => $"{h.Host}:{h.Port}"));
}
