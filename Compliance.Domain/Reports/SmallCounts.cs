namespace Compliance.Domain.Reports;

/// <summary>A number of a published table; null where it is withheld.</summary>
public sealed record PublishedLine(string Key, int? Count);

/// <summary>
/// Counts as they may be published: from 1 to 4 they are withheld, for they could point at somebody, and with them whatever they would follow from.
/// What is withheld is not told apart: a reader does not learn whether it is small or was only left out for another's sake.
/// </summary>
public static class SmallCounts
{
    /// <summary>This project's own number: counts below it are withheld.</summary>
    public const int Least = 5;

    /// <param name="total">The line that the others are parts of: withheld with any of them, for what is missing would be what is left of it.</param>
    public static IReadOnlyList<PublishedLine> Of(IEnumerable<KeyValuePair<string, int>> counts, string? total = null)
    {
        var lines = counts.ToArray();
        var isPartWithheld = lines.Any(line => line.Key != total && IsSmall(line.Value));
        return [.. lines.Select(line => new PublishedLine(line.Key, IsSmall(line.Value) || (isPartWithheld && line.Key == total) ? null : line.Value))];
    }

    /// <summary>The same sum told in two ways: where either has a gap, or another table <paramref name="restsOnIt"/> has one, both have, so that neither tells the sum.</summary>
    public static (IReadOnlyList<PublishedLine> One, IReadOnlyList<PublishedLine> Other) OfOneSum(
        IEnumerable<KeyValuePair<string, int>> one, IEnumerable<KeyValuePair<string, int>> other, IReadOnlyList<PublishedLine> restsOnIt)
    {
        var (first, second) = (Of(one), Of(other));
        return first.Concat(second).Concat(restsOnIt).Any(line => line.Count is null) ? (WithGap(first), WithGap(second)) : (first, second);
    }

    /// <summary>The smallest that says anything goes, where nothing is withheld yet.</summary>
    static IReadOnlyList<PublishedLine> WithGap(IReadOnlyList<PublishedLine> lines) =>
        lines.All(line => line.Count is not null) && lines.Where(line => line.Count > 0).OrderBy(line => line.Count).ThenBy(line => line.Key, StringComparer.Ordinal).FirstOrDefault() is { } least
            ? [.. lines.Select(line => line == least ? line with { Count = null } : line)] : lines;

    static bool IsSmall(int count) => count is > 0 and < Least;
}
