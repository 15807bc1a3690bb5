using Compliance.Domain.Detectors;
using Compliance.Domain.Models;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Faces;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Eyes.Persons;
using Compliance.Probe.Tests.Eyes.Faces;
using Compliance.Probe.Tests.Tell;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compliance.Probe.Tests.Eyes;

public sealed class FightHelpTests : IDisposable
{
    /// <summary>Scores 0.5 whatever it is shown.</summary>
    static readonly FightModel Trees = new(new('a', 64), 0.6, 0, [], [new("alerts", 0.7, 0, 0), new("false-alarms-2", 0.9, 0, 0)]);

    readonly Folder _folder = new();
    readonly VideoClassifier _video;

    public FightHelpTests() => _video = Network();

    public void Dispose()
    {
        _video.Dispose();
        _folder.Dispose();
    }

    /// <summary>Says of a clip how bright it is, 0 to 1.</summary>
    VideoClassifier Network()
    {
        var input = new SlotInput(8, 8, "RGB", 0, 1 / 255f, Frames: 4);
        var bytes = TinyNet.Clip([.. input.Shape.Select(size => (long)size)]);
        File.WriteAllBytes(_folder["tiny.onnx"], bytes);
        return VideoClassifier.Open(new(_folder[""], [FaceModels.TinySlot(bytes) with { Slot = ModelSlots.Video, Input = input, Answer = new(0, 3, false, 0.8) }]))!;
    }

    static Window Bright => new(default, default, 20, 0, [], [.. Enumerable.Range(0, 20).Select(t => new Frame(16, 12, default, [.. Enumerable.Repeat((byte)255, 16 * 12)]))]);

    [Fact]
    public void A_network_for_clips_joins_the_trees_or_stands_alone_and_whoever_brings_none_has_the_trees()
    {
        var (joined, alone) = (new FightHelp(Video: _video), new FightHelp(Video: _video, Use: VideoUse.Alone));
        Assert.Equal((0.5, 0.7), (FightHelp.None.Score(Trees, Bright), FightHelp.None.ThresholdBeside(Trees)));
        Assert.Equal((0.75, 0.7), (Math.Round(joined.Score(Trees, Bright), 4), joined.ThresholdBeside(Trees)));
        Assert.Equal((1, 0.8), (Math.Round(alone.Score(Trees, Bright), 4), alone.ThresholdBeside(Trees)));
        Assert.Equal((0.9, 0.9, null), (FightHelp.None.SureBeside(Trees), joined.SureBeside(Trees), alone.SureBeside(Trees)));
        Assert.Equal(0.5, alone.Score(Trees, Bright with { Pictures = null })); // nothing to be shown: the trees have something
        Assert.Equal(3, new[] { FightHelp.None, joined, alone }.Select(help => help.ConfigurationBeside(Trees)).Distinct().Count());
        Assert.Equal(3, new[] { FightHelp.None, joined, alone }.Select(help => help.Named(Trees).Hash).Distinct().Count());
    }

    [Fact]
    public void It_is_shown_the_pictures_of_each_window_and_its_scores_make_alerts()
    {
        var told = new DetectorModel("fights", Trees.Hash, 0.8, new('b', 64));
        Alert? First(FightHelp help)
        {
            var sight = new Sight([new FightSense(Trees, told, new(), help: help)]);
            // Bright, and something moves in it.
            return Pictures.Moving(48, 4, 80, _ => 4).SelectMany((frame, n) => sight.See(new(n, frame))).FirstOrDefault()?.Alert;
        }

        Assert.True(First(new(Video: _video, Use: VideoUse.Alone))?.Score > 0.8);
        Assert.Null(First(FightHelp.None));
    }

    [Fact]
    public void A_model_that_judges_by_boxes_needs_somebody_to_find_them()
    {
        Assert.Null(FightHelp.None.FindFor(Trees));
        Assert.Throws<InvalidOperationException>(() => FightHelp.None.FindFor(Trees with { WithPersons = true }));
        var help = FightHelp.Installed(new((Probe.Eyes.Persons.PersonFinder?)null), new() { Boxes = true }, NullLogger.Instance);
        Assert.Null(help.Persons);
    }
}
