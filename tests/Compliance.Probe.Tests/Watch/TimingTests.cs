using System.Diagnostics;
using System.Globalization;
using Compliance.Domain.Probes;
using Compliance.Probe.Look;
using Compliance.Probe.Watch.Rtp;
using VenueSimulator.Load;
using VenueSimulator.Media;

namespace Compliance.Probe.Tests.Watch;

/// <summary>Streams that x264 and x265 made just now say of themselves what ffprobe reads in them: profile, level, size and the frame rate of their timing.</summary>
public sealed class TimingTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Codec.H264, "640x360", "30000/1001", "yuv420p", "nal-hrd=cbr:bitrate=500:vbv-maxrate=500:vbv-bufsize=500:colorprim=bt709:sar=4/3")]
    [InlineData(Codec.H264, "720x576", "25", "yuv420p", "interlaced=1")]
    [InlineData(Codec.H264, "640x360", "15", "yuv444p", "bframes=3")]
    [InlineData(Codec.H264, "704x576", "25/2", "yuv420p", "cqm=jvt")]
    [InlineData(Codec.H265, "1920x1080", "25", "yuv420p", "hrd=1:bitrate=500:vbv-maxrate=500:vbv-bufsize=500:colorprim=bt709:range=full")]
    [InlineData(Codec.H265, "650x362", "25/2", "yuv420p10le", "scaling-list=default:bframes=3:sar=4:rect=1")]
    [InlineData(Codec.H265, "1280x720", "30000/1001", "yuv420p", "temporal-layers=3:bframes=4:b-pyramid=1:chromaloc=2")]
    [InlineData(Codec.H265, "640x360", "60", "yuv422p", "keyint=20")]
    public async Task Nominal_frame_rate_profile_level_and_size_are_those_of_ffprobe(Codec codec, string size, string rate, string pixels, string parameters)
    {
        Assert.SkipUnless(Ffmpeg.IsInstalled, "ffmpeg is not installed");
        var file = await Make(codec, size, rate, pixels, parameters);
        var (theirs, ours) = (await Probe(file), Parse(codec, await File.ReadAllBytesAsync(file, Ct)));
        Assert.Equal((theirs["width"], theirs["height"]), (Text(ours.Width), Text(ours.Height)));
        Assert.True(theirs["profile"].StartsWith(ours.Profile, StringComparison.Ordinal) || theirs["profile"] == "Rext", $"{theirs["profile"]} is {ours.Profile}");
        Assert.Equal(int.Parse(theirs["level"], CultureInfo.InvariantCulture) / (codec == Codec.H264 ? 10.0 : 30), double.Parse(ours.Level, CultureInfo.InvariantCulture), 1);
        Assert.Equal(Share(theirs["r_frame_rate"]), ours.Fps!.Value, 2);
    }

    [Theory]
    [InlineData(90_000, 0)]
    [InlineData(0, 3_600)]
    [InlineData(uint.MaxValue, 1)]
    [InlineData(1, uint.MaxValue)]
    [InlineData(90_000, 100)]
    public void What_no_camera_does_is_no_frame_rate(double ticksPerSecond, double ticksPerFrame) => Assert.Null(VideoFormat.Rate(ticksPerSecond, ticksPerFrame));

    [Fact]
    public void What_the_camera_claims_stands_in_the_measurement_beside_what_was_counted()
    {
        var (meter, begun) = (new StreamMeter(), new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
        meter.OnFormat(new(VideoCodec.H265, "Main", "4.0", 1920, 1080, 25));
        for (var unit = 0; unit < 80; unit++) meter.OnAccessUnit(begun.AddMilliseconds(125 * unit), 4000, unit % 16 == 0);
        Assert.Equal((8, 25), meter.Measure(5, begun.AddSeconds(10)) is var m ? (m.Fps, m.NominalFps) : default);
    }

    static Task<string> Make(Codec codec, string size, string rate, string pixels, string parameters)
    {
        var (encoder, kind) = codec == Codec.H264 ? ("x264", "h264") : ("x265", "hevc");
        var name = string.Concat($"timing-{size}-{rate}-{pixels}-{parameters}.{kind}".Select(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '=' ? c : '_'));
        return ClipCache.Shared.Make(name,
        [
            "-f", "lavfi", "-i", $"testsrc2=size={size}:rate={rate}:duration=1", "-frames:v", "4", "-pix_fmt", pixels, "-c:v", $"lib{encoder}", "-preset", "fast",
            $"-{encoder}-params", codec == Codec.H264 ? parameters : $"log-level=none:{parameters}", "-f", kind,
        ], Ct);
    }

    static VideoFormat Parse(Codec codec, byte[] stream)
    {
        var ours = codec == Codec.H264 ? VideoCodec.H264 : VideoCodec.H265;
        var sps = AnnexB.Pictures(stream, codec).First().First(nal => Nal.IsSps(ours, NalPieces.TypeOf(ours, nal.Span[0])));
        return VideoFormat.Parse(ours, sps.Span)!;
    }

    static async Task<Dictionary<string, string>> Probe(string file)
    {
        using var ffprobe = Process.Start(new ProcessStartInfo(
            "ffprobe", ["-v", "error", "-select_streams", "v", "-show_entries", "stream=profile,level,width,height,r_frame_rate", "-of", "default=noprint_wrappers=1", file]) { RedirectStandardOutput = true })!;
        var said = await ffprobe.StandardOutput.ReadToEndAsync(Ct);
        await ffprobe.WaitForExitAsync(Ct);
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    static double Share(string rate) => rate.Split('/').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray() is var parts ? parts[0] / parts[1] : 0;
}
