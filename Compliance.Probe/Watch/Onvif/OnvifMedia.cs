using System.Globalization;
using System.Xml.Linq;
using Compliance.Domain.Probes;

namespace Compliance.Probe.Watch.Onvif;

/// <summary>What a device declares one of its streams to be. Null: it does not say.</summary>
/// <param name="SourceConfiguration">The token of the video source configuration, to which overlays belong.</param>
internal sealed record OnvifProfile(string Token, VideoCodec? Codec, int? Width, int? Height, double? Fps, double? Kbps, double? Gop, string? SourceConfiguration, string? Source)
{
    public DeclaredVideo Declared => new(Codec?.ToString(), Width, Height, Fps, Kbps, Gop);
}

/// <summary>The streams of a device: by Media2 where it has that, else by Media1.</summary>
internal static class OnvifMedia
{
    const int Most = 64;

    public static async Task<IReadOnlyList<OnvifProfile>> Profiles(this OnvifCamera camera, CancellationToken ct)
    {
        if (camera.Has(Ns.Media2))
        {
            try
            {
                var told = await camera.Ask(Ns.Media2, new(Ns.Media2 + "GetProfiles", new XElement(Ns.Media2 + "Type", "All")), ct);
                return [.. told.Elements().Take(Most).Select(Read)];
            }
            catch (OnvifFault fault) when (camera.Has(Ns.Media) && fault.Trouble is Trouble.NotSupported or Trouble.Refused or Trouble.Unreadable)
            {
                // Announced and not there: some devices do that; the older service has the same streams.
            }
        }

        var old = await camera.Ask(Ns.Media, new(Ns.Media + "GetProfiles"), ct);
        return [.. old.Elements().Take(Most).Select(Read)];
    }

    public static async Task<Uri?> StreamUri(this OnvifCamera camera, OnvifProfile profile, CancellationToken ct)
    {
        var told = camera.Has(Ns.Media2)
            ? await camera.Ask(Ns.Media2, new(Ns.Media2 + "GetStreamUri", new XElement(Ns.Media2 + "Protocol", "RTSP"), new XElement(Ns.Media2 + "ProfileToken", profile.Token)), ct)
            : await camera.Ask(Ns.Media, new(Ns.Media + "GetStreamUri", Setup(Ns.Media + "StreamSetup"), new XElement(Ns.Media + "ProfileToken", profile.Token)), ct);
        return Uri.TryCreate(told.Text("Uri"), UriKind.Absolute, out var uri) && uri.Scheme is "rtsp" or "rtsps" ? uri : null;
    }

    /// <summary>The profile whose stream this is; the only one where there is but one; null when that cannot be told.</summary>
    public static async Task<OnvifProfile?> ProfileOf(this OnvifCamera camera, Uri stream, CancellationToken ct)
    {
        var profiles = await camera.Profiles(ct);
        foreach (var profile in profiles)
        {
            try
            {
                if (await camera.StreamUri(profile, ct) is { } uri && IsSame(uri, stream)) return profile;
            }
            catch (OnvifFault fault) when (fault.Trouble is Trouble.NotSupported or Trouble.Refused)
            {
                // A profile without a stream: for analytics, or not set up.
            }
        }

        return profiles is [var only] ? only : null;
    }

    /// <summary>Interleaved over TCP, as the police would pull it.</summary>
    public static XElement Setup(XName name) => new(name,
        new XElement(Ns.Schema + "Stream", "RTP-Unicast"), new XElement(Ns.Schema + "Transport", new XElement(Ns.Schema + "Protocol", "RTSP")));

    /// <summary>Hosts differ by the network one looks from; path and query name the stream.</summary>
    static bool IsSame(Uri a, Uri b) => a.PathAndQuery.Trim('/').Equals(b.PathAndQuery.Trim('/'), StringComparison.Ordinal);

    static OnvifProfile Read(XElement profile)
    {
        var encoder = profile.Descendants().FirstOrDefault(e => e.Name.LocalName is "VideoEncoder" or "VideoEncoderConfiguration");
        var source = profile.Descendants().FirstOrDefault(e => e.Name.LocalName is "VideoSource" or "VideoSourceConfiguration");
        var resolution = encoder?.Elements().FirstOrDefault(e => e.Name.LocalName == "Resolution");
        return new(Token(profile) ?? "", CodecOf(encoder?.Text("Encoding")), Whole(resolution?.Number("Width")), Whole(resolution?.Number("Height")),
            encoder?.Number("FrameRateLimit"), encoder?.Number("BitrateLimit"), GopOf(encoder), Token(source), source?.Text("SourceToken"));
    }

    static string? Token(XElement? element) => element?.Attribute("token")?.Value is { Length: > 0 and <= 64 } token ? token : null;

    static int? Whole(double? number) => number is > 0 and < 100_000 ? (int)number : null;

    /// <summary>An attribute in Media2, an element in Media1.</summary>
    static double? GopOf(XElement? encoder) =>
        double.TryParse(encoder?.Attribute("GovLength")?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var length) ? length : encoder?.Number("GovLength");

    static VideoCodec? CodecOf(string? encoding) => encoding?.ToUpperInvariant() switch { "H264" => VideoCodec.H264, "H265" or "HEVC" => VideoCodec.H265, _ => null };
}
