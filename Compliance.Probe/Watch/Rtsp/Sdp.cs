using System.Globalization;
using System.Text;
using Compliance.Domain.Probes;

namespace Compliance.Probe.Watch.Rtsp;

/// <summary>The video a camera announces (RFC 8866): how to ask for it, and parameter sets to begin with.</summary>
/// <param name="Control">The track's own address, absolute or relative; empty when there is none.</param>
internal sealed record Announced(VideoCodec Codec, byte PayloadType, string Control, IReadOnlyList<byte[]> ParameterSets);

internal static class Sdp
{
    /// <summary>The first video in H.264 or H.265; null when there is none.</summary>
    public static Announced? FindVideo(ReadOnlySpan<byte> sdp)
    {
        var lines = Encoding.UTF8.GetString(sdp).Split('\n', StringSplitOptions.TrimEntries);
        for (var at = 0; at < lines.Length; at++)
        {
            if (!lines[at].StartsWith("m=video ", StringComparison.Ordinal)) continue;
            var media = lines.Skip(at + 1).TakeWhile(line => !line.StartsWith("m=", StringComparison.Ordinal)).ToArray();
            foreach (var format in lines[at].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(3))
                if (byte.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out var type) && Read(media, type) is { } video)
                    return video;
        }

        return null;
    }

    static Announced? Read(string[] media, byte type)
    {
        VideoCodec? codec = Attribute(media, $"rtpmap:{type} ")?.Split('/')[0].ToUpperInvariant() switch
        {
            "H264" => VideoCodec.H264,
            "H265" or "HEVC" => VideoCodec.H265,
            _ => null,
        };
        return codec is { } known && type < 128
            ? new(known, type, Attribute(media, "control:") ?? "", Sets(Attribute(media, $"fmtp:{type} ") ?? "")) : null;
    }

    static string? Attribute(string[] media, string name) =>
        media.FirstOrDefault(line => line.StartsWith($"a={name}", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..].Trim();

    static List<byte[]> Sets(string parameters)
    {
        var sets = new List<byte[]>();
        foreach (var parameter in parameters.Split(';', StringSplitOptions.TrimEntries))
        {
            if (parameter.Split('=', 2) is not [var name, var value] || name is not ("sprop-parameter-sets" or "sprop-vps" or "sprop-sps" or "sprop-pps")) continue;
            foreach (var coded in value.Split(','))
            {
                var set = new byte[coded.Length];
                if (Convert.TryFromBase64String(coded, set, out var length) && length > 0) sets.Add(set[..length]);
            }
        }

        return sets;
    }
}
