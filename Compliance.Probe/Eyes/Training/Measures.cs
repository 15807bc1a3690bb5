namespace Compliance.Probe.Eyes.Training;

/// <summary>How well scores tell clips with a fight from clips without.</summary>
internal static class Measures
{
    /// <summary>The chance that a fight scores higher than another clip.</summary>
    public static double Auc(IReadOnlyList<(double Score, bool Fight)> scored)
    {
        var (fights, others) = Sides(scored);
        return fights.Average(fight => others.Average(other => fight > other ? 1.0 : fight == other ? 0.5 : 0));
    }

    public static double Accuracy(IReadOnlyList<(double Score, bool Fight)> scored, double threshold) =>
        scored.Average(one => one.Score >= threshold == one.Fight ? 1.0 : 0);

    /// <summary>The shares of other clips and of fights that score at least so much.</summary>
    public static (double FalseAlarms, double Found) At(IReadOnlyList<(double Score, bool Fight)> scored, double threshold)
    {
        var (fights, others) = Sides(scored);
        return (others.Average(score => score >= threshold ? 1.0 : 0), fights.Average(score => score >= threshold ? 1.0 : 0));
    }

    /// <summary>The lowest threshold at which no larger share of other clips than this is taken for fights.</summary>
    public static double ThresholdAt(IReadOnlyList<(double Score, bool Fight)> scored, double falseAlarms)
    {
        var (_, others) = Sides(scored);
        var allowed = (int)(falseAlarms * others.Length);
        Array.Sort(others);
        return allowed >= others.Length ? 0 : Math.BitIncrement(others[^(allowed + 1)]);
    }

    static (double[] Fights, double[] Others) Sides(IReadOnlyList<(double Score, bool Fight)> scored) =>
        ([.. scored.Where(one => one.Fight).Select(one => one.Score)], [.. scored.Where(one => !one.Fight).Select(one => one.Score)]);
}
