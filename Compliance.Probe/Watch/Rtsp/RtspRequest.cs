using System.Text;

namespace Compliance.Probe.Watch.Rtsp;

/// <summary>A request to a camera, and its bytes.</summary>
internal sealed record RtspRequest(string Method, string Uri, params (string Name, string Value)[] Headers)
{
    public byte[] Write(int sequence, string? authorization, string? session)
    {
        var text = new StringBuilder().Append(Method).Append(' ').Append(Uri).Append(" RTSP/1.0\r\n");
        Line(text, "CSeq", $"{sequence}");
        Line(text, "User-Agent", "Compliance");
        if (authorization is not null) Line(text, "Authorization", authorization);
        if (session is not null) Line(text, "Session", session);
        foreach (var (name, value) in Headers) Line(text, name, value);
        if (Uri.Any(char.IsControl)) throw new FormatException("an RTSP address holds no control characters");
        return Encoding.UTF8.GetBytes(text.Append("\r\n").ToString());
    }

    /// <summary>What a camera told us may come back to it, but never as a line of its own.</summary>
    static void Line(StringBuilder text, string name, string value)
    {
        if (value.Any(char.IsControl)) throw new FormatException($"an RTSP header holds no control characters: {name}");
        text.Append(name).Append(": ").Append(value).Append("\r\n");
    }
}
