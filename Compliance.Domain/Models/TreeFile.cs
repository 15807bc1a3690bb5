using System.Security.Cryptography;
using System.Text.Json;

namespace Compliance.Domain.Models;

/// <summary>Why a file of weights is not taken: too large or empty, no JSON or not whole, another format, trained on other numbers, or it does not score as its trainer did.</summary>
public enum TreeFault { Size, Unreadable, OtherFormat, OtherFeatures, OtherScores }

/// <summary>
/// Trees that tell a fight, as <c>./run train</c> writes them and a box reads them: data and no code, the one format that is distributed. Whoever takes such a file, server or box,
/// reads it by this and nothing else.
/// </summary>
/// <param name="Sha256">Of the file, hexadecimal in small letters.</param>
/// <param name="Threshold">From this score on it is called a fight.</param>
/// <param name="Start">Odds before any tree was asked.</param>
/// <param name="Likeness">To windows of the training; null in files of the earlier format: trees alone.</param>
/// <param name="Features">Names of the numbers that the trees ask about, in their order.</param>
public sealed record TreeFile(string Sha256, double Threshold, double Start, IReadOnlyList<Tree> Trees, IReadOnlyList<OperatingPoint> Points, IReadOnlyList<string> Features, Likeness? Likeness = null)
{
    public const string Format = "compliance.fights.v2", EarlierFormat = "compliance.fights.v1";

    /// <summary>Bytes; the delivered file has about a quarter of a million.</summary>
    public const int Largest = 4 << 20;

    /// <summary>A score that the trainer got is met to within this.</summary>
    const double Tolerance = 1e-6;

    /// <summary>How much these numbers look like a fight, from 0 to 1.</summary>
    public double Score(float[] numbers) => ScoreOf(Start, Trees, Likeness, numbers);

    /// <summary>Odds of the trees and of the likeness count the same.</summary>
    public static double ScoreOf(double start, IReadOnlyList<Tree> trees, Likeness? likeness, float[] numbers)
    {
        var odds = start;
        foreach (var tree in trees) odds += tree.Value(numbers);
        if (likeness is not null) odds = (odds + likeness.Odds(numbers)) / 2;
        return 1 / (1 + Math.Exp(-odds));
    }

    /// <param name="features">That whoever runs it computes; null where any are taken.</param>
    public static TreeReading Read(byte[] bytes, IReadOnlyList<string>? features)
    {
        if (bytes.Length is 0 or > Largest) return new(null, TreeFault.Size, $"it has {bytes.Length} bytes; from 1 to {Largest} are read");
        try
        {
            using var json = JsonDocument.Parse(bytes);
            var root = json.RootElement;
            var format = root.GetProperty("format").GetString();
            if (format is not (Format or EarlierFormat)) return new(null, TreeFault.OtherFormat, $"its format is not {Format}");
            string[] own = [.. root.GetProperty("features").EnumerateArray().Select(name => name.GetString() ?? "")];
            if (features is not null && !own.SequenceEqual(features)) return new(null, TreeFault.OtherFeatures, "it was trained on other features");
            var file = new TreeFile(
                Convert.ToHexStringLower(SHA256.HashData(bytes)), root.GetProperty("threshold").GetDouble(), root.GetProperty("start").GetDouble(),
                [.. root.GetProperty("trees").EnumerateArray().Select(tree => TreeText.Read(tree, own.Length))],
                root.GetProperty("operatingPoints").Deserialize<OperatingPoint[]>(JsonSerializerOptions.Web)?.OfType<OperatingPoint>().ToList() ?? [], own,
                format == EarlierFormat ? null : LikenessText.Read(root.GetProperty("likeness"), own.Length));
            if (!(file.Threshold is > 0 and < 1) || !double.IsFinite(file.Start)) return new(null, TreeFault.Unreadable, "its threshold lies outside 0 to 1, or it begins with no number");
            var checks = root.GetProperty("checks").Deserialize<TreeCheck?[]>(JsonSerializerOptions.Web) ?? [];
            if (checks.Length == 0) return new(null, TreeFault.Unreadable, "it brings no window that its trainer scored");
            foreach (var check in checks)
            {
                if (check is not { Numbers: { } numbers } || numbers.Length != own.Length) return new(null, TreeFault.Unreadable, "a window of its trainer has another count of numbers");
                if (file.Score(numbers) is var score && !(Math.Abs(score - check.Score) <= Tolerance)) return new(null, TreeFault.OtherScores, $"it scores {score} where its trainer got {check.Score}");
            }

            return new(file, null, "");
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return new(null, TreeFault.Unreadable, broken.Message);
        }
    }
}

/// <summary>What came of reading a file of weights.</summary>
/// <param name="File">Null where it is not taken.</param>
/// <param name="Because">For engineers, in English; empty where it is taken.</param>
public sealed record TreeReading(TreeFile? File, TreeFault? Fault, string Because);

/// <summary>A threshold, and what it costs and brings on plain footage that the trees had not seen.</summary>
/// <param name="FalseAlarms">The share of clips without a fight that score at least so much.</param>
/// <param name="Found">The share of fights that do.</param>
public sealed record OperatingPoint(string Name, double Threshold, double FalseAlarms, double Found);

/// <summary>A window and what the trainer's own trees made of it.</summary>
public sealed record TreeCheck(float[] Numbers, double Score);
