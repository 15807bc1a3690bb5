namespace Compliance.Probe.Eyes.Faces;

/// <summary>Many likenesses, counted in steps of a ten-thousandth.</summary>
internal sealed class Scores
{
    const int Steps = 20_000;
    readonly long[] _counts = new long[Steps + 1];

    public long Count { get; private set; }

    public void Add(double cosine)
    {
        _counts[StepOf(cosine)]++;
        Count++;
    }

    public void Add(Scores others)
    {
        for (var i = 0; i <= Steps; i++) _counts[i] += others._counts[i];
        Count += others.Count;
    }

    /// <summary>The share of those at least so high.</summary>
    public double Share(double cosine) => Count == 0 ? 0 : (double)_counts.AsSpan(StepOf(cosine)).ToArray().Sum() / Count;

    /// <summary>The lowest step that at most this share reaches.</summary>
    public double Above(double share)
    {
        var (most, seen) = (share * Count, 0L);
        for (var i = Steps; i >= 0; i--)
            if ((seen += _counts[i]) > most) return ValueOf(i + 1);
        return -1;
    }

    static int StepOf(double cosine) => (int)Math.Clamp(Math.Floor((cosine + 1) * (Steps / 2) + 1e-9), 0, Steps);

    static double ValueOf(int step) => ((double)step / (Steps / 2)) - 1;
}
