using Compliance.Domain.Models;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Training;
using Compliance.Probe.Tests.Tell;

namespace Compliance.Probe.Tests.Eyes;

public sealed class TrainingTests
{
    static readonly IReadOnlyList<Clip> Clips = [.. Enumerable.Range(0, 100).Select(i => new Clip($"{i}", i % 2 == 0, $"source {i / 4}", $"{i:x}"))];

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3)]
    public void Clips_of_one_source_are_never_on_both_sides(int seed)
    {
        var parts = Folds.Of(Clips, seed);
        Assert.Equal(25, parts.Count);
        Assert.All(Enumerable.Range(0, Folds.Count), part => Assert.InRange(Clips.Count(clip => parts[clip.Source] == part), 12, 28));
        Assert.Equal(parts, Folds.Of(Clips, seed));
    }

    [Fact]
    public async Task Too_few_clips_are_refused_before_anything_is_computed()
    {
        using var folder = new Folder();
        Directory.CreateDirectory(folder["clips"]);
        Assert.Equal(2, await TrainFights.Run(folder["."], folder["models"], 1, false, ct: TestContext.Current.CancellationToken));
        await File.WriteAllTextAsync(folder["labels.tsv"], "file\tfight\tgroup\na.mp4\t1\tx\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder["clips"], "a.mp4"), "", TestContext.Current.CancellationToken);
        Assert.Equal(2, await TrainFights.Run(folder["."], folder["models"], 1, false, ct: TestContext.Current.CancellationToken));
        Assert.False(Directory.Exists(folder["models"]));
    }

    [Fact]
    public void A_text_that_was_written_is_read_as_the_same_model()
    {
        var clips = Enumerable.Range(0, 60).Select(i => new SeenClip(
            new($"{i}.mp4", i % 2 == 0, $"source {i / 2}", $"{i:x64}"), ClubLight.Kinds.ToDictionary(light => light, _ => (IReadOnlyList<float[]>)[Numbers(i)]))).ToList();
        var training = new FightTraining(clips, new() { Trees = 20 }, 1);
        var own = training.Grow();
        var report = TrainingReport.Of(clips, training, 1);
        using var folder = new Folder();
        ModelText.Write(folder["models"], ModelText.Of(own, report, new(), 1, clips));
        var read = FightModel.Read(folder["models"]);
        Assert.All(clips, clip => Assert.Equal(own.Score(clip.Windows["plain"][0]), read.Score(clip.Windows["plain"][0])));
        Assert.True(report.Lights[0].Auc > 0.9);
    }

    /// <summary>Twenty numbers tell a fight, all others are noise.</summary>
    static float[] Numbers(int clip)
    {
        var chance = new Random(clip);
        var numbers = WindowFeatures.Names.Select(_ => chance.NextSingle()).ToArray();
        for (var i = 0; i < 20; i++) numbers[i] += clip % 2 == 0 ? 1 : 0;
        return numbers;
    }

    [Fact]
    public void What_chance_gives_is_a_half()
    {
        Assert.Equal(0.5, Measures.Auc([(0.3, true), (0.3, false)]));
        Assert.Equal(1, Measures.Auc([(0.9, true), (0.8, true), (0.3, false)]));
        Assert.Equal(0.75, Measures.Accuracy([(0.9, true), (0.2, true), (0.3, false), (0.1, false)], 0.5));
    }

    [Fact]
    public void A_threshold_lets_no_more_false_alarms_through_than_asked()
    {
        var scored = Enumerable.Range(0, 100).Select(i => (i / 100.0, false)).Append((0.97, true)).ToList();
        var threshold = Measures.ThresholdAt(scored, 0.05);
        Assert.Equal((0.05, 1.0), Measures.At(scored, threshold));
    }

    [Fact]
    public void Wilson_says_what_the_books_say()
    {
        var (from, to) = Wilson.Of(0.5, 10);
        Assert.Equal((0.2366, 0.7634), (Math.Round(from, 4), Math.Round(to, 4)));
        Assert.InRange(Wilson.Of(0, 20).To, 0.16, 0.162);
    }

    [Fact]
    public void The_same_seed_gives_the_same_light_and_each_light_changes_the_picture()
    {
        var frames = Pictures.Moving(24, 2, 6);
        foreach (var light in ClubLight.Kinds.Skip(1))
        {
            var lit = ClubLight.Over(frames, light, 3);
            Assert.Equal(lit.SelectMany(frame => frame.Luma), ClubLight.Over(frames, light, 3).SelectMany(frame => frame.Luma));
            Assert.NotEqual(frames.SelectMany(frame => frame.Luma), lit.SelectMany(frame => frame.Luma));
        }

        Assert.Same(frames, ClubLight.Over(frames, "plain", 3));
    }
}
