using System.Text;

namespace VenueSimulator.Load;

/// <summary>One request as it came from a client (RFC 2326 section 6).</summary>
internal sealed record RtspRequest(string Method, string Url, IReadOnlyDictionary<string, string> Headers)
{
    private const int MaxHead = 8192;

    /// <summary>The path without slashes at its ends and without the track.</summary>
    public string Camera
    {
        get
        {
            var path = Uri.TryCreate(Url, UriKind.Absolute, out var uri) ? Uri.UnescapeDataString(uri.AbsolutePath) : Url;
            return path.Replace(Sdp.Track, "", StringComparison.Ordinal).Trim('/');
        }
    }

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Takes the next request off the front of <paramref name="inbox"/>, skipping interleaved packets (receiver reports).</summary>
    /// <returns>Bytes used; 0 when more must arrive first; -1 when this is not RTSP.</returns>
    public static int Take(ReadOnlySpan<byte> inbox, out RtspRequest? request)
    {
        request = null;
        if (inbox.Length >= 4 && inbox[0] == '$')
        {
            var length = 4 + (inbox[2] << 8) + inbox[3];
            return length <= inbox.Length ? length : 0;
        }

        var head = inbox.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return inbox.Length > MaxHead ? -1 : 0;
        }

        var lines = Encoding.UTF8.GetString(inbox[..head]).Split("\r\n");
        var first = lines[0].Split(' ');
        if (first is not [var method, var url, "RTSP/1.0"])
        {
            return -1;
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                headers[line[..colon]] = line[(colon + 1)..].Trim();
            }
        }

        var body = headers.TryGetValue("Content-Length", out var text) && int.TryParse(text, out var bytes) && bytes is > 0 and < MaxHead ? bytes : 0;
        if (head + 4 + body > inbox.Length)
        {
            return 0;
        }

        request = new(method, url, headers);
        return head + 4 + body;
    }
}
