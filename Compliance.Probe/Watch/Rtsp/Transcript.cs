using System.Text;
using System.Text.RegularExpressions;
using Compliance.Domain.Devices;

namespace Compliance.Probe.Watch.Rtsp;

/// <summary>
/// An answer of a camera written down as evidence: the request it was to, status line and headers. Of headers that may name a place, a session or a
/// person only the name is kept, and what we sign in with stands nowhere, also when the camera repeats it.
/// </summary>
internal static partial class Transcript
{
    const string Withheld = "…";

    /// <summary>Headers whose values open nothing.</summary>
    static readonly string[] Harmless =
        ["Allow", "Cache-Control", "Connection", "Content-Length", "Content-Type", "CSeq", "Date", "Public", "Retry-After", "Server", "Unsupported", "WWW-Authenticate"];

    public static string? Of(string method, RtspResponse response, FeedTarget target)
    {
        var head = $"{method} > RTSP/1.0 {response.Status}";
        var rest = new StringBuilder(" ").Append(response.Reason);
        foreach (var (name, value) in response.Headers)
            rest.Append('\n').Append(name).Append(": ").Append(Harmless.Contains(name, StringComparer.OrdinalIgnoreCase) ? OneTime().Replace(value, $"$1={Withheld}") : Withheld);
        return RawAnswer.Bounded(head + Clean(rest.ToString(), target));
    }

    static string Clean(string text, FeedTarget target)
    {
        if (target.UserName is not { } user) return text;
        var password = target.Password ?? "";
        string[] secrets = [Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")), password, Uri.EscapeDataString(password), user, Uri.EscapeDataString(user)];
        return secrets.Where(secret => secret.Length > 0).Distinct().OrderByDescending(secret => secret.Length)
            .Aggregate(text, (clean, secret) => clean.Replace(secret, Withheld, StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex("""\b(nonce|cnonce|opaque|domain)\s*=\s*("[^"]*"?|[^\s,]*)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex OneTime();
}
