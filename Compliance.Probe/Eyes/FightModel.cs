using System.Security.Cryptography;
using Compliance.Domain.Models;

namespace Compliance.Probe.Eyes;

/// <summary>What tells a fight: trees grown from footage, and from which score on a window counts.</summary>
/// <param name="Hash">SHA-256 of the file it was read from.</param>
/// <param name="Threshold">From this score on it is called a fight.</param>
internal sealed record FightModel(string Hash, double Threshold, double Start, IReadOnlyList<Tree> Trees, IReadOnlyList<OperatingPoint> Points)
{
    public const string FileName = "fights.json", SumsName = "SHA256SUMS", Format = TreeFile.Format;

    /// <summary>How much a window looks like a fight, from 0 to 1.</summary>
    public double Score(float[] numbers) => TreeFile.ScoreOf(Start, Trees, numbers);

    /// <summary>The score of a whole file: of the three seconds that look most like a fight; null where no window tells anything.</summary>
    public double? Score(IReadOnlyList<Window> windows)
    {
        const int together = 3;
        var scores = windows.Where(window => window.Tells).Select(window => Score(window.Numbers)).ToList();
        if (scores.Count == 0) return null;
        return Enumerable.Range(0, Math.Max(1, scores.Count - together + 1)).Max(at => scores.Skip(at).Take(together).Average());
    }

    /// <summary>The model that came with the program.</summary>
    /// <exception cref="ModelRefused">Where the file is not the one that was listed.</exception>
    public static FightModel Shipped() => Read(Path.Combine(AppContext.BaseDirectory, "models"));

    /// <param name="folder">With the file and the list of its hash.</param>
    /// <exception cref="ModelRefused">Where the file is not the one that was listed.</exception>
    public static FightModel Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw new ModelRefused(path, "is missing");
        if (Listed(Path.Combine(folder, SumsName)) is not { } listed) throw new ModelRefused(path, $"has no line in {SumsName}");
        var bytes = File.ReadAllBytes(path);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (hash != listed) throw new ModelRefused(path, $"has the SHA-256 {hash}; {SumsName} says {listed}");
        return Of(bytes, path);
    }

    /// <summary>A file that was fetched or read, by the same rules as the delivered one.</summary>
    /// <param name="place">Where it came from, for the engineer who reads why it was refused.</param>
    /// <exception cref="ModelRefused">It cannot be understood, or was trained on other numbers.</exception>
    public static FightModel Of(byte[] bytes, string place)
    {
        var read = TreeFile.Read(bytes, WindowFeatures.Names);
        return read.File is { } file
            ? new(file.Sha256, file.Threshold, file.Start, file.Trees, file.Points)
            : throw new ModelRefused(place, $"(SHA-256 {Convert.ToHexStringLower(SHA256.HashData(bytes))}) cannot be understood: {read.Because}");
    }

    static string? Listed(string sums) => !File.Exists(sums) ? null : File.ReadLines(sums)
        .Select(line => line.Split("  ", 2)).FirstOrDefault(parts => parts.Length == 2 && parts[1] == FileName)?[0];
}

/// <summary>A file of weights is not used, and why.</summary>
internal sealed class ModelRefused(string path, string why) : Exception($"{path} {why}");
