using System.Globalization;

namespace VenueSimulator.Load;

/// <summary>Describes a clip the way cameras do (RFC 4566 with the fmtp lines of RFC 6184 and RFC 7798).</summary>
internal static class Sdp
{
    public const string Track = "trackID=0";

    public static string Of(Clip clip, string name) => string.Join("\r\n", [
        "v=0",
        "o=- 1 1 IN IP4 127.0.0.1",
        $"s={name}",
        "c=IN IP4 0.0.0.0",
        "t=0 0",
        "a=control:*",
        $"m=video 0 RTP/AVP {RtpCutter.PayloadType}",
        $"a=rtpmap:{RtpCutter.PayloadType} {(clip.Codec is Codec.H264 ? "H264" : "H265")}/90000",
        $"a=fmtp:{RtpCutter.PayloadType} {Format(clip)}",
        string.Create(CultureInfo.InvariantCulture, $"a=framerate:{clip.Fps}"),
        $"a=control:{Track}",
        ""]);

    private static string Format(Clip clip)
    {
        var sets = clip.ParameterSets.Select(Convert.ToBase64String).ToList();
        return clip.Codec is Codec.H264
            ? $"packetization-mode=1;profile-level-id={Convert.ToHexString(clip.ParameterSets[0], 1, 3)};sprop-parameter-sets={sets[0]},{sets[1]}"
            : $"sprop-vps={sets[0]};sprop-sps={sets[1]};sprop-pps={sets[2]}";
    }
}
