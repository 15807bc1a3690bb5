using System.Security.Cryptography;
using System.Text;
using Compliance.Probe.Eyes.Faces;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Eyes.Persons;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Eyes;

/// <summary>What the score of a network of the user's own is for: to be averaged with the trees' one, or to stand alone.</summary>
internal enum VideoUse { Join, Alone }

/// <summary>What a box may have beside the model of fights that came with the program, brought by its user: nothing of it is needed.</summary>
/// <param name="Persons">For a model that judges by boxes too.</param>
/// <param name="Video">Null where the user brought none.</param>
internal sealed record FightHelp(PersonFinder? Persons = null, VideoClassifier? Video = null, VideoUse Use = VideoUse.Join)
{
    public static readonly FightHelp None = new();

    /// <summary>So many cores are needed before persons are looked for without being asked: it costs about as much again as all else that is done for a camera.</summary>
    const int CoresForBoxes = 4;

    bool IsAlone => Video is not null && Use == VideoUse.Alone;

    public double ThresholdBeside(FightModel trees) => IsAlone ? Video!.Threshold : trees.AlertThreshold;

    /// <summary>Of a network that stands alone nobody measured from which score on it is sure.</summary>
    public double? SureBeside(FightModel trees) => IsAlone ? null : trees.SureThreshold;

    /// <summary>From this score on a single clip is called a fight.</summary>
    public double ThresholdOfClip(FightModel trees) => IsAlone ? Video!.Threshold : trees.Threshold;

    /// <summary>How much a window looks like a fight, 0 to 1.</summary>
    public double Score(FightModel trees, Window window)
    {
        if (Video?.Score(window.Pictures ?? []) is not { } seen) return trees.Score(window.Numbers);
        return IsAlone ? seen : (seen + trees.Score(window.Numbers)) / 2;
    }

    /// <summary>Finds persons for a model that wants them.</summary>
    public FindPersons? FindFor(FightModel trees) => !trees.WithPersons ? null : Persons is { } finder ? frame => finder.Find(frame, PersonFacts.Sure) : throw new InvalidOperationException("this model judges by boxes, and nothing finds any");

    /// <summary>All that turns pictures into alerts beside the trees, in words.</summary>
    public string ConfigurationBeside(FightModel trees) =>
        FightAlerts.Configuration + (trees.WithPersons ? $"; persons by {Persons!.Slot.Sha256}" : "") + (Video is null ? "" : $"; clips by {Video.Slot.Sha256}, {Use}");

    /// <summary>The same trees under a hash that another network's scores are not kept under.</summary>
    public FightModel Named(FightModel trees) => Video is null ? trees : trees with { Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{trees.Hash} {Video.Slot.Sha256} {Use}"))) };

    /// <summary>What this box has. What was brought and is refused is said, and all else runs.</summary>
    public static FightHelp Installed(PersonMeans persons, EyesSettings settings, ILogger log)
    {
        var boxes = settings.Boxes ?? Environment.ProcessorCount >= CoresForBoxes;
        try
        {
            return new(boxes ? persons.Finder : null, VideoClassifier.Open(ModelSlots.Read()), settings.Video);
        }
        catch (ModelRefused refused)
        {
            HelpLog.NoVideo(log, refused.Message);
            return new(boxes ? persons.Finder : null);
        }
    }
}

static partial class HelpLog
{
    [LoggerMessage(LogLevel.Warning, "Clips are judged without the network that was brought for them: {Why}")]
    public static partial void NoVideo(ILogger log, string why);
}
