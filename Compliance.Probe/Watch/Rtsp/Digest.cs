using System.Security.Cryptography;
using System.Text;

namespace Compliance.Probe.Watch.Rtsp;

/// <summary>Answers a Digest challenge (RFC 7616; without qop as RFC 2069): MD5 and SHA-256, and their session forms.</summary>
internal static class Digest
{
    /// <param name="count">How often this nonce has been used, this time included.</param>
    public static string Answer(Challenge challenge, string userName, string password, string method, string uri, int count, string clientNonce)
    {
        var algorithm = challenge["algorithm"];
        var (realm, nonce) = (challenge["realm"] ?? "", challenge["nonce"] ?? "");
        string Hash(string text) => Hex(algorithm, text);

        var secret = Hash($"{userName}:{realm}:{password}");
        if (algorithm?.EndsWith("-sess", StringComparison.OrdinalIgnoreCase) == true) secret = Hash($"{secret}:{nonce}:{clientNonce}");
        var request = Hash($"{method}:{uri}");
        var withQop = challenge["qop"]?.Split(',', StringSplitOptions.TrimEntries).Contains("auth", StringComparer.OrdinalIgnoreCase) == true;
        var response = withQop ? Hash($"{secret}:{nonce}:{count:x8}:{clientNonce}:auth:{request}") : Hash($"{secret}:{nonce}:{request}");

        var answer = $"Digest username=\"{Quote(userName)}\", realm=\"{Quote(realm)}\", nonce=\"{Quote(nonce)}\", uri=\"{uri}\", response=\"{response}\"";
        if (algorithm is not null) answer += $", algorithm={algorithm}";
        if (withQop) answer += $", qop=auth, nc={count:x8}, cnonce=\"{clientNonce}\"";
        return challenge["opaque"] is { } opaque ? $"{answer}, opaque=\"{Quote(opaque)}\"" : answer;
    }

#pragma warning disable CA5351 // MD5 is what most cameras ask for; the stronger one is taken where it is offered.
    static string Hex(string? algorithm, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var hash = algorithm?.StartsWith("SHA-256", StringComparison.OrdinalIgnoreCase) == true ? SHA256.HashData(bytes) : MD5.HashData(bytes);
        return Convert.ToHexStringLower(hash);
    }
#pragma warning restore CA5351

    static string Quote(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
