using System.Security.Cryptography;
using System.Text.Json;

namespace Compliance.Probe.Eyes;

/// <summary>What tells a fight: trees grown from footage, and from which score on a window counts.</summary>
/// <param name="Hash">SHA-256 of the file it was read from.</param>
/// <param name="Threshold">From this score on it is called a fight.</param>
internal sealed record FightModel(string Hash, double Threshold, double Start, IReadOnlyList<Tree> Trees, IReadOnlyList<OperatingPoint> Points)
{
    public const string FileName = "fights.json", SumsName = "SHA256SUMS", Format = "compliance.fights.v1";

    /// <summary>How much a window looks like a fight, from 0 to 1.</summary>
    public double Score(float[] numbers)
    {
        var odds = Start;
        foreach (var tree in Trees) odds += tree.Value(numbers);
        return 1 / (1 + Math.Exp(-odds));
    }

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
        try
        {
            return Parse(bytes, hash);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new ModelRefused(path, $"(SHA-256 {hash}) cannot be understood: {broken.Message}");
        }
    }

    static FightModel Parse(byte[] bytes, string hash)
    {
        using var json = JsonDocument.Parse(bytes);
        var root = json.RootElement;
        if (root.GetProperty("format").GetString() != Format) throw new FormatException($"its format is not {Format}");
        if (!root.GetProperty("features").EnumerateArray().Select(name => name.GetString()).SequenceEqual(WindowFeatures.Names)) throw new FormatException("it was trained on other features");
        var model = new FightModel(
            hash, root.GetProperty("threshold").GetDouble(), root.GetProperty("start").GetDouble(),
            [.. root.GetProperty("trees").EnumerateArray().Select(tree => TreeText.Read(tree, WindowFeatures.Names.Count))],
            root.GetProperty("operatingPoints").Deserialize<OperatingPoint[]>(JsonSerializerOptions.Web)!);
        foreach (var check in root.GetProperty("checks").Deserialize<Check[]>(JsonSerializerOptions.Web)!)
            if (model.Score(check.Numbers) is var score && Math.Abs(score - check.Score) > 1e-6) throw new FormatException($"it scores {score} where its trainer got {check.Score}");
        return model;
    }

    static string? Listed(string sums) => !File.Exists(sums) ? null : File.ReadLines(sums)
        .Select(line => line.Split("  ", 2)).FirstOrDefault(parts => parts.Length == 2 && parts[1] == FileName)?[0];
}

/// <summary>A threshold, and what it costs and brings on plain footage that the trees had not seen.</summary>
/// <param name="FalseAlarms">The share of clips without a fight that score at least so much.</param>
/// <param name="Found">The share of fights that do.</param>
internal sealed record OperatingPoint(string Name, double Threshold, double FalseAlarms, double Found);

/// <summary>A window and what the trainer's own trees made of it.</summary>
internal sealed record Check(float[] Numbers, double Score);

/// <summary>A file of weights is not used, and why.</summary>
internal sealed class ModelRefused(string path, string why) : Exception($"{path} {why}");
