using System.Text.Json;
using Compliance.Probe.Eyes;
using Compliance.Probe.Tests.Tell;
using VenueSimulator.Media;

namespace Compliance.Probe.Tests.Eyes;

public sealed class EvaluateTamperTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_file_of_a_folder_is_told_with_what_was_done_to_it()
    {
        Assert.SkipUnless(Ffmpeg.IsInstalled, "ffmpeg is not installed");
        using var folder = new Folder();
        const string source = "-f lavfi -i mandelbrot=size=640x360:rate=10:start_scale=0.5:end_scale=0.49 -t 12 -pix_fmt yuv420p";
        await Footages.Make(folder["clear.mp4"], $"{source} -vf noise=alls=6:allf=t", Ct);
        await Footages.Make(folder["black.mp4"], $"{source} -vf noise=alls=6:allf=t,drawbox=c=black:t=fill:enable='gt(t,6)'", Ct);
        await Footages.Make(folder["soft.mp4"], $"{source} -vf noise=alls=6:allf=t,gblur=sigma=8:enable='gt(t,6)'", Ct);
        await Footages.Make(folder["cloth.mp4"], $"{source} -vf noise=alls=6:allf=t,drawbox=c=gray:t=fill:enable='gt(t,6)',noise=alls=4:allf=t", Ct);
        await Footages.Make(folder["turned.mp4"], $"{source} -vf rotate=a='0.3*gt(t,6)',noise=alls=6:allf=t", Ct);
        await Footages.Make(folder["still.mp4"], $"{source} -vf noise=alls=6:allf=t,loop=loop=80:size=1:start=60", Ct);
        await File.WriteAllTextAsync(folder["words.txt"], "no video", Ct);
        var said = new StringWriter();

        Assert.Equal(0, await EvaluateTamper.Folder(folder[""], null, said, Ct));

        var lines = said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(line => line.GetProperty("file").GetString()!);
        Assert.Equal((false, null), (lines["clear.mp4"].GetProperty("tampered").GetBoolean(), lines["clear.mp4"].GetProperty("kind").GetString()));
        foreach (var (file, kind) in ((string, string)[])[("black.mp4", "Black"), ("soft.mp4", "Defocused"), ("cloth.mp4", "Covered"), ("turned.mp4", "Moved"), ("still.mp4", "FrozenPicture")])
        {
            Assert.Equal(kind, lines[file].GetProperty("kind").GetString());
            Assert.InRange(lines[file].GetProperty("from").GetDouble(), 5.5, 7.5);
        }

        Assert.True(lines["words.txt"].TryGetProperty("error", out _));
    }
}
