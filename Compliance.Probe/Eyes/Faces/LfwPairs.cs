using System.Globalization;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>Two pictures to compare, by the names of their files without ending.</summary>
internal sealed record LfwPair(int Fold, string First, string Second, bool Same);

/// <summary><c>pairs.txt</c> of Labeled Faces in the Wild: a head with folds and pairs of each kind in one, then of each fold those of one person and those of two.</summary>
internal static class LfwPairs
{
    /// <exception cref="FormatException">With the line.</exception>
    public static IReadOnlyList<LfwPair> Read(string path)
    {
        if (!File.Exists(path)) throw new FormatException($"There is no file {path}.");
        var lines = File.ReadLines(path).Where(line => line.Length > 0).Select(line => line.Split('\t', ' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        if (lines is not [var head, ..] || !head.All(word => int.TryParse(word, CultureInfo.InvariantCulture, out _)) || head.Length is not (1 or 2)) throw new FormatException($"{path}: its first line does not say how many pairs a fold has.");
        var each = 2 * int.Parse(head[^1], CultureInfo.InvariantCulture);
        return [.. lines.Skip(1).Select((words, at) => Pair(words, each == 0 ? 0 : at / each) ?? throw new FormatException($"{path}, line {at + 2}: neither a person and two numbers nor two persons with a number each."))];
    }

    /// <summary><c>Name_0001</c> is a picture of <c>Name</c>.</summary>
    public static string PersonOf(string file) => file.LastIndexOf('_') is > 0 and var at ? file[..at] : file;

    static LfwPair? Pair(string[] words, int fold) => words switch
    {
        [var name, var a, var b] when Number(a) is { } first && Number(b) is { } second => new(fold, $"{name}_{first:0000}", $"{name}_{second:0000}", true),
        [var one, var a, var other, var b] when Number(a) is { } first && Number(b) is { } second => new(fold, $"{one}_{first:0000}", $"{other}_{second:0000}", false),
        _ => null,
    };

    static int? Number(string word) => int.TryParse(word, CultureInfo.InvariantCulture, out var number) ? number : null;
}
