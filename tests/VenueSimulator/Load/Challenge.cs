using System.Security.Cryptography;
using System.Text;

namespace VenueSimulator.Load;

/// <summary>Asks for a password and checks the answer: Basic (RFC 7617), Digest MD5 as cameras speak it (RFC 2069), Digest SHA-256 (RFC 7616).</summary>
internal static class Challenge
{
    private const string Realm = "camera";

    public static IEnumerable<string> Ask(AuthSchemes schemes, string nonce, bool stale)
    {
        var tail = stale ? ", stale=true" : "";
        if (schemes.HasFlag(AuthSchemes.DigestSha256))
        {
            yield return $"Digest realm=\"{Realm}\", nonce=\"{nonce}\", algorithm=SHA-256, qop=\"auth\"{tail}";
        }

        if (schemes.HasFlag(AuthSchemes.DigestMd5))
        {
            yield return $"Digest realm=\"{Realm}\", nonce=\"{nonce}\"{tail}";
        }

        if (schemes.HasFlag(AuthSchemes.Basic))
        {
            yield return $"Basic realm=\"{Realm}\"";
        }
    }

    /// <summary>Whether the answer proves the password; an answer to another nonce proves nothing.</summary>
    public static bool Accepts(AuthSchemes schemes, Login login, string nonce, string method, string? answer)
    {
        if (answer is null)
        {
            return false;
        }

        if (answer.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return schemes.HasFlag(AuthSchemes.Basic)
                && answer[6..].Trim() == Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.User}:{login.Password}"));
        }

        var said = Parameters(answer);
        var sha256 = said.GetValueOrDefault("algorithm", "MD5").Equals("SHA-256", StringComparison.OrdinalIgnoreCase);
        return schemes.HasFlag(sha256 ? AuthSchemes.DigestSha256 : AuthSchemes.DigestMd5)
            && said.GetValueOrDefault("username") == login.User
            && said.GetValueOrDefault("nonce") == nonce
            && said.GetValueOrDefault("response") == Response(said, login, nonce, method, sha256);
    }

    private static string Response(Dictionary<string, string> said, Login login, string nonce, string method, bool sha256)
    {
        var who = Hash($"{login.User}:{said.GetValueOrDefault("realm")}:{login.Password}", sha256);
        var what = Hash($"{method}:{said.GetValueOrDefault("uri")}", sha256);
        return said.TryGetValue("qop", out var qop)
            ? Hash($"{who}:{nonce}:{said.GetValueOrDefault("nc")}:{said.GetValueOrDefault("cnonce")}:{qop}:{what}", sha256)
            : Hash($"{who}:{nonce}:{what}", sha256);
    }

#pragma warning disable CA5351 // MD5 is what the cameras of this trade speak.
    private static string Hash(string text, bool sha256) => Convert.ToHexStringLower(
        sha256 ? SHA256.HashData(Encoding.UTF8.GetBytes(text)) : MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351

    private static Dictionary<string, string> Parameters(string answer)
    {
        var said = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in answer[(answer.IndexOf(' ', StringComparison.Ordinal) + 1)..].Split(','))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                said[pair[..equals].Trim()] = pair[(equals + 1)..].Trim().Trim('"');
            }
        }

        return said;
    }
}
