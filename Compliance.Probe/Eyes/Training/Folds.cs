namespace Compliance.Probe.Eyes.Training;

/// <summary>Divides sources, never clips, into five parts of about as many clips with and without a fight.</summary>
internal static class Folds
{
    public const int Count = 5;

    /// <summary>The part each source belongs to; the same seed gives the same.</summary>
    public static IReadOnlyDictionary<string, int> Of(IReadOnlyList<Clip> clips, int seed)
    {
        var chance = new Random(seed);
        var load = new int[Count, 2];
        var parts = new Dictionary<string, int>(StringComparer.Ordinal);
        var sources = clips.GroupBy(clip => clip.Source).OrderBy(source => source.Key, StringComparer.Ordinal)
            .Select(source => (source.Key, Fights: source.Count(clip => clip.Fight), Others: source.Count(clip => !clip.Fight), Order: chance.Next())).ToList();
        foreach (var (source, fights, others, _) in sources.OrderByDescending(one => one.Fights + one.Others).ThenBy(one => one.Order))
        {
            var best = Enumerable.Range(0, Count).MinBy(part => 2 * load[part, 0] * fights + 2 * load[part, 1] * others + 30 * chance.NextDouble());
            (parts[source], load[best, 0], load[best, 1]) = (best, load[best, 0] + fights, load[best, 1] + others);
        }

        return parts;
    }
}
