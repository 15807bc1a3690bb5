using System.Globalization;
using System.Text;

namespace Compliance.Probe.Watch.Rtsp;

/// <summary>An answer of a camera (RFC 2326, 7).</summary>
internal sealed record RtspResponse(int Status, string Reason, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    public bool IsOk => Status is >= 200 and < 300;

    public string? Header(string name) => All(name).FirstOrDefault();

    public IEnumerable<string> All(string name) =>
        Headers.Where(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value);

    public int? Number(string name) =>
        int.TryParse(Header(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Null when it is something else: a request of the camera, or nonsense.</summary>
    public static RtspResponse? Parse(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        var lines = Encoding.UTF8.GetString(head).Split('\n', StringSplitOptions.TrimEntries);
        var status = lines[0].Split(' ', 3);
        if (status.Length < 2 || !status[0].StartsWith("RTSP/", StringComparison.Ordinal)
            || !int.TryParse(status[1], NumberStyles.None, CultureInfo.InvariantCulture, out var code) || code is < 100 or > 999) return null;
        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).Where(parts => parts.Length == 2)
            .Select(parts => KeyValuePair.Create(parts[0].TrimEnd(), parts[1].TrimStart()));
        return new(code, status.Length > 2 ? status[2] : "", [.. headers], body.ToArray());
    }
}
