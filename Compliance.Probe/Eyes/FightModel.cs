using System.Security.Cryptography;
using Compliance.Domain.Models;

namespace Compliance.Probe.Eyes;

/// <summary>What tells a fight: trees grown from footage, likeness to windows of that footage, and from which score on a window counts.</summary>
/// <param name="Hash">SHA-256 of the file it was read from.</param>
/// <param name="Likeness">Its odds and those of the trees count the same; null: trees alone.</param>
/// <param name="WithPersons">It judges by the boxes of persons too.</param>
/// <param name="Threshold">From this score on it is called a fight.</param>
internal sealed record FightModel(string Hash, double Threshold, double Start, IReadOnlyList<Tree> Trees, IReadOnlyList<OperatingPoint> Points, Likeness? Likeness = null, bool WithPersons = false)
{
    public const string FileName = "fights.json", WithPersonsName = "fights-boxes.json", SumsName = "SHA256SUMS", Format = TreeFile.Format;

    /// <summary>The point in the file at which alerts begin: stricter than what a single clip is called a fight by.</summary>
    public const string AlertsPoint = "alerts";

    public double AlertThreshold => ThresholdOf(AlertsPoint) ?? Threshold;

    /// <summary>The point from which on fewer windows are enough; a file without it has alerts that begin by the slower rule alone.</summary>
    public const string SurePoint = "false-alarms-2";

    public double? SureThreshold => ThresholdOf(SurePoint);

    double? ThresholdOf(string point) => Points.FirstOrDefault(one => one.Name == point)?.Threshold;

    /// <summary>How much a window looks like a fight, from 0 to 1.</summary>
    public double Score(float[] numbers) => TreeFile.ScoreOf(Start, Trees, Likeness, numbers);

    /// <summary>The score of a whole file: of the three seconds that look most like a fight; null where no window tells anything.</summary>
    /// <param name="help">What is asked beside the trees.</param>
    public double? Score(IReadOnlyList<Window> windows, FightHelp? help = null)
    {
        const int together = 3;
        var scores = windows.Where(window => window.Tells).Select(window => help?.Score(this, window) ?? Score(window.Numbers)).ToList();
        if (scores.Count == 0) return null;
        return Enumerable.Range(0, Math.Max(1, scores.Count - together + 1)).Max(at => scores.Skip(at).Take(together).Average());
    }

    /// <summary>The model that came with the program.</summary>
    /// <param name="persons">The one that also wants the boxes of persons.</param>
    /// <exception cref="ModelRefused">Where the file is not the one that was listed.</exception>
    public static FightModel Shipped(bool persons = false) => Read(Path.Combine(AppContext.BaseDirectory, "models"), persons);

    /// <param name="folder">With the file and the list of its hash.</param>
    /// <exception cref="ModelRefused">Where the file is not the one that was listed.</exception>
    public static FightModel Read(string folder, bool persons = false)
    {
        var path = Path.Combine(folder, NameOf(persons));
        if (!File.Exists(path)) throw new ModelRefused(path, "is missing");
        if (Listed(Path.Combine(folder, SumsName), NameOf(persons)) is not { } listed) throw new ModelRefused(path, $"has no line in {SumsName}");
        var bytes = File.ReadAllBytes(path);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (hash != listed) throw new ModelRefused(path, $"has the SHA-256 {hash}; {SumsName} says {listed}");
        return Of(bytes, path, persons);
    }

    /// <summary>A file that was fetched or read, by the same rules as the delivered one.</summary>
    /// <param name="place">Where it came from, for the engineer who reads why it was refused.</param>
    /// <param name="persons">It is to judge by the boxes of persons too.</param>
    /// <exception cref="ModelRefused">It cannot be understood, or was trained on other numbers.</exception>
    public static FightModel Of(byte[] bytes, string place, bool persons = false)
    {
        var read = TreeFile.Read(bytes, FeaturesOf(persons));
        return read.File is { } file
            ? new(file.Sha256, file.Threshold, file.Start, file.Trees, file.Points, file.Likeness, persons)
            : throw new ModelRefused(place, $"(SHA-256 {Convert.ToHexStringLower(SHA256.HashData(bytes))}) cannot be understood: {read.Because}");
    }

    internal static string NameOf(bool persons) => persons ? WithPersonsName : FileName;

    internal static IReadOnlyList<string> FeaturesOf(bool persons) => persons ? WindowFeatures.NamesWithPersons : WindowFeatures.Names;

    static string? Listed(string sums, string name) => !File.Exists(sums) ? null : File.ReadLines(sums)
        .Select(line => line.Split("  ", 2)).FirstOrDefault(parts => parts.Length == 2 && parts[1] == name)?[0];
}

/// <summary>A file of weights is not used, and why.</summary>
internal sealed class ModelRefused(string path, string why) : Exception($"{path} {why}");
