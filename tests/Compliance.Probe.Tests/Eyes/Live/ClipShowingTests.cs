using Compliance.Domain.Detectors;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Tests.Tell;
using VenueSimulator.Pictures;

namespace Compliance.Probe.Tests.Eyes.Live;

/// <summary>The shipped model on clips of real cameras, played at the pace of their own time; only where such clips lie beside the repository.</summary>
public sealed class ClipShowingTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fight_is_found_in_a_clip_and_people_who_walk_are_not_one()
    {
        var there = RealFootage.Folder;
        if (there is null) Assert.Skip("No clips of real cameras lie beside the repository.");
        using var folder = new Folder();
        var trees = FightModel.Shipped();
        var group = File.ReadLines(Path.Combine(there, "fight", "labels.tsv")).Skip(1).Select(line => line.Split('\t')).Where(clip => clip[1] == "1").GroupBy(clip => clip[2]).First(clips => clips.Count() >= 5);
        await File.WriteAllLinesAsync(folder["list.txt"], group.Take(5).Select(clip => $"file '{Path.Combine(there, "fight", "clips", clip[0])}'"), Ct);
        await Footages.Make(folder["fight.mp4"], $"-safe 0 -f concat -i {folder["list.txt"]} -an -c:v libx264 -preset ultrafast -pix_fmt yuv420p", Ct);
        await Footages.Make(folder["calm.mp4"], $"-i {Directory.GetFiles(Path.Combine(there, "calm"), "*.mp4").Order(StringComparer.Ordinal).First()} -t 9 -an -c:v libx264 -preset ultrafast -pix_fmt yuv420p", Ct);
        using var lanes = new SemaphoreSlim(2);
        var shown = await Task.WhenAll(Shown("fight.mp4"), Shown("calm.mp4"));
        Assert.InRange(shown[0].After ?? TimeSpan.Zero, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(12));
        Assert.True(shown[0].Score >= trees.Threshold, $"{shown[0].Score}");
        Assert.Equal((null, null), (shown[1].After, shown[1].Score));
        Assert.True(shown[1].Analysed > 60, $"{shown[1].Analysed} and {shown[1].Skipped}");

        Task<ShownClip> Shown(string name) =>
            ClipShowing.Play(Footage.Frames(folder[name], Ct), new FightSense(trees, new DetectorModel("fights", trees.Hash, trees.Threshold, ""), new()).Beside(), lanes, TimeProvider.System, Ct);
    }
}
