using System.Text.Json;
using Compliance.Domain.Kernel;
using Compliance.Probe.Eyes;
using Compliance.Probe.Tests.Tell;
using VenueSimulator.Media;
using VenueSimulator.Pictures;

namespace Compliance.Probe.Tests.Eyes;

/// <summary>The commands on files as people hand them in, with the model that is shipped.</summary>
public sealed class EvaluateFightsTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static async Task<Dictionary<string, JsonElement>> Lines(string folder)
    {
        using var output = new StringWriter();
        Assert.Equal(0, await EvaluateFights.Folder(folder, FightModel.Shipped(), FightHelp.None, output, Stop));
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToDictionary(line => line.GetProperty("file").GetString()!);
    }

    [Fact]
    public async Task Each_file_has_one_line_whatever_it_is()
    {
        Assert.SkipUnless(Ffmpeg.IsInstalled, "ffmpeg is not installed");
        using var folder = new Folder();
        Directory.CreateDirectory(folder["."]);
        await Footages.Make(folder["plain.mp4"], "-f lavfi -i testsrc2=size=640x360:rate=25:duration=3 -c:v libx264 -preset ultrafast", Stop);
        await Footages.Make(folder["deep.mkv"], "-f lavfi -i testsrc2=size=350x262:rate=12:duration=2 -c:v ffv1 -pix_fmt yuv444p10", Stop);
        await Footages.Make(folder["grey.avi"], "-f lavfi -i testsrc2=size=322x240:rate=30:duration=2 -c:v rawvideo -pix_fmt gray", Stop);
        await Footages.Make(folder["palette.gif"], "-f lavfi -i testsrc2=size=200x300:rate=10:duration=2", Stop);
        await Footages.Make(folder["one.mp4"], "-f lavfi -i testsrc2=size=320x240:rate=10:duration=0.1 -c:v libx264", Stop);
        await Footages.Make(folder["sound.m4a"], "-f lavfi -i sine=duration=1 -c:a aac", Stop);
        await Footages.Make(folder["giant.mkv"], "-f lavfi -i color=size=8192x8192:rate=1:duration=1 -frames:v 1 -c:v ffv1", Stop);
        await Footages.Make(folder["ribbon.mkv"], "-f lavfi -i testsrc2=size=4096x32:rate=10:duration=1 -c:v ffv1", Stop);
        await File.WriteAllBytesAsync(folder["cut.mp4"], (await File.ReadAllBytesAsync(folder["plain.mp4"], Stop))[..4000], Stop);
        await File.WriteAllTextAsync(folder["empty.mp4"], "", Stop);
        await File.WriteAllTextAsync(folder["letter.mp4"], "Dear operator", Stop);
        await File.WriteAllTextAsync(folder["letter.txt"], "Dear operator", Stop);
        await File.WriteAllTextAsync(folder["list.ffconcat"], $"ffconcat version 1.0\nfile '{folder["plain.mp4"]}'\n", Stop);

        var lines = await Lines(folder["."]);

        Assert.Equal(13, lines.Count);
        Assert.All(["plain.mp4", "deep.mkv", "grey.avi", "palette.gif"], name =>
        {
            Assert.InRange(lines[name].GetProperty("score").GetDouble(), 0, 1);
            Assert.Equal(lines[name].GetProperty("score").GetDouble() >= FightModel.Shipped().Threshold, lines[name].GetProperty("fight").GetBoolean());
        });
        Assert.Equal("the file is empty", lines["empty.mp4"].GetProperty("error").GetString());
        Assert.All(["cut.mp4", "letter.mp4"], name => Assert.Equal("its index is missing: the file was cut off, or is no video", lines[name].GetProperty("error").GetString()));
        Assert.Equal("there is no picture in the file", lines["sound.m4a"].GetProperty("error").GetString());
        Assert.Equal("the picture is larger than 7680x4320", lines["giant.mkv"].GetProperty("error").GetString());
        Assert.Equal("the picture is far wider than high", lines["ribbon.mkv"].GetProperty("error").GetString());
        Assert.All(["letter.txt", "list.ffconcat"], name => Assert.Equal("this is no video file that can be read", lines[name].GetProperty("error").GetString()));
        Assert.Contains("too short", lines["one.mp4"].GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Equal((0, false), (lines["one.mp4"].GetProperty("score").GetDouble(), lines["one.mp4"].GetProperty("fight").GetBoolean()));
    }

    [Fact]
    public async Task A_stream_of_nothing_gives_no_alert_and_a_file_that_is_none_an_error()
    {
        Assert.SkipUnless(Ffmpeg.IsInstalled, "ffmpeg is not installed");
        using var folder = new Folder();
        await Footages.Make(folder["still.mp4"], "-f lavfi -i color=gray:size=320x240:rate=10:duration=20 -c:v libx264 -preset ultrafast", Stop);
        using var output = new StringWriter();
        using var summary = new StringWriter();
        await File.WriteAllTextAsync(folder["view.json"], JsonSerializer.Serialize(Stage.View(100, [new(null, [new(0, 0), new(1, 0), new(1, 1)])]), EventCatalog.Json), Stop);
        Assert.Equal(0, await EvaluateStream.File(folder["still.mp4"], null, EvaluateStream.View(folder["view.json"]), FightModel.Shipped(), output, summary, Stop));
        Assert.Equal("", output.ToString());
        var said = JsonElement.Parse(summary.ToString());
        Assert.Equal((200, 0), (said.GetProperty("frames").GetInt32(), said.GetProperty("alerts").GetInt32()));
        Assert.Equal(19, said.GetProperty("detectors").GetProperty("fight").GetProperty("judged").GetInt32());
        Assert.All(["crowd", "aggression", "exitBlockage", "leftObject"], sense => Assert.InRange(said.GetProperty("detectors").GetProperty(sense).GetProperty("judged").GetInt32(), 15, 40));
        Assert.Throws<FormatException>(() => EvaluateStream.View(folder["still.mp4"]));

        await Footages.Make(folder["short.mp4"], "-f lavfi -i testsrc2=size=320x240:rate=10:duration=3 -c:v libx264 -preset ultrafast", Stop);
        Assert.Equal(0, await EvaluateStream.File(folder["short.mp4"], null, new([], [], null, [new(null, [new(0, 0), new(1, 0), new(1, 1)])]), FightModel.Shipped(), output, summary, Stop)); // nobody drew a person
        Assert.Equal(1, await EvaluateStream.File(folder["none.mp4"], null, null, FightModel.Shipped(), output, summary, Stop));
        Assert.Contains("there is no such file", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Real_fights_score_above_people_who_walk()
    {
        Assert.SkipUnless(Ffmpeg.IsInstalled, "ffmpeg is not installed");
        Assert.SkipWhen(RealFootage.Folder is null, "no footage lies beside the repository");
        using var folder = new Folder();
        Directory.CreateDirectory(folder["."]);
        string[] fights = ["fi001.mp4", "fi010.mp4", "fi075.mp4"], others = ["nofi031.mp4", "nofi070.mp4", "nofi127.mp4"];
        foreach (var file in Directory.EnumerateFiles(Path.Combine(RealFootage.Folder!, "fight", "clips")).Where(file => fights.Concat(others).Contains(Path.GetFileName(file))))
            File.Copy(file, folder[Path.GetFileName(file)]);
        var lines = await Lines(folder["."]);
        double Mean(string[] names) => names.Average(name => lines[name].GetProperty("score").GetDouble());
        Assert.True(Mean(fights) > Mean(others) + 0.2);
    }
}
