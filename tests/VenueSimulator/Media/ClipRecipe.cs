using System.Globalization;
using VenueSimulator.Load;

namespace VenueSimulator.Media;

/// <summary>A test clip in words: generated picture with a burnt-in clock, closed GOPs, no B-frames.</summary>
public sealed record ClipRecipe
{
    public static readonly ClipRecipe Small = new();
    public static readonly ClipRecipe FullHd = new() { Width = 1920, Height = 1080, Kbps = 4000 };

    /// <summary>What a camera sees through a covered lens: near-uniform dark, with a little noise.</summary>
    public static readonly ClipRecipe Covered = new() { Picture = "color=c=0x101010", Noise = 2, Kbps = 200, Clock = false };

    public Codec Codec { get; init; } = Codec.H264;
    public int Width { get; init; } = 640;
    public int Height { get; init; } = 360;
    public double Fps { get; init; } = 25;
    public int Seconds { get; init; } = 10;
    public double GopSeconds { get; init; } = 2;
    public int Kbps { get; init; } = 600;

    /// <summary>An ffmpeg source filter, without size and rate.</summary>
    public string Picture { get; init; } = "testsrc2";

    /// <summary>Whether the place in the clip is burnt in.</summary>
    public bool Clock { get; init; } = true;

    /// <summary>Grain on top of the picture, 0 to 100.</summary>
    public int Noise { get; init; } = 6;

    /// <summary>Says everything the bytes depend on.</summary>
    public string FileName => string.Create(CultureInfo.InvariantCulture,
        $"{Picture.Split('=')[0]}-{Width}x{Height}-{Fps}fps-{GopSeconds}s-of-{Seconds}s-{Kbps}k-{Noise}n{(Clock ? "-clock" : "")}.{(Codec is Codec.H264 ? "h264" : "h265")}");

    internal IReadOnlyList<string> FfmpegArguments
    {
        get
        {
            var source = string.Create(CultureInfo.InvariantCulture,
                $"{Picture}{(Picture.Contains('=', StringComparison.Ordinal) ? ":" : "=")}size={Width}x{Height}:rate={Fps}:duration={Seconds}");
            var noise = $"noise=alls={Noise}:allf=t";
            var clock = $",drawtext=text='%{{pts\\:hms}}':fontsize={Height / 15}:fontcolor=white:box=1:boxcolor=black:x=16:y=16";
            return ["-f", "lavfi", "-i", source, "-vf", Clock ? noise + clock : noise, .. FfmpegEncoding(Codec, Math.Round(Fps * GopSeconds).ToString(CultureInfo.InvariantCulture), Kbps)];
        }
    }

    /// <summary>How every clip of the simulator is encoded: constant rate, closed GOPs, one picture in, one picture out.</summary>
    /// <param name="codec">Which encoder.</param>
    /// <param name="gop">Pictures from keyframe to keyframe.</param>
    /// <param name="kbps">Kilobits a second.</param>
    internal static IReadOnlyList<string> FfmpegEncoding(Codec codec, string gop, int kbps)
    {
        var common = $"keyint={gop}:min-keyint={gop}:scenecut=0:bframes=0:repeat-headers=1:aud=1";
        string[] encoder = codec is Codec.H264
            ? ["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-x264-params", common + ":sliced-threads=0", "-f", "h264"]
            : ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", common + ":log-level=error", "-f", "hevc"];
        return ["-an", "-pix_fmt", "yuv420p", "-b:v", $"{kbps}k", "-maxrate", $"{kbps}k", "-bufsize", $"{kbps}k", .. encoder];
    }
}
