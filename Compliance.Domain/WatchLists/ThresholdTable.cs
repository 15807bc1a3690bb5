namespace Compliance.Domain.WatchLists;

/// <summary>One measured point of a recogniser: of strangers compared with each other the share <paramref name="Fmr"/> looks at least as alike as <paramref name="Cosine"/>.</summary>
public sealed record FmrPoint(double Fmr, double Cosine);

/// <summary>
/// From which likeness on a recogniser's word counts, as measured: false match rate (ISO/IEC 19795-1) against cosine. Nothing is read off it that was not measured: a
/// list so long that the table does not reach is refused.
/// </summary>
public sealed record ThresholdTable(IReadOnlyList<FmrPoint> Points)
{
    /// <summary>Of the persons who pass and are on no list, so many are taken for one who is: one in six thousand.</summary>
    public const double Fpir = 1.0 / 6000;

    public static readonly ThresholdTable None = new([]);

    public bool IsMeasured => Points.Count >= 2;

    /// <summary>The false match rate of one comparison at which a list of so many persons keeps the false positive identification rate: 1-(1-FMR)^N = FPIR.</summary>
    public static double FmrFor(int listed, double fpir = Fpir) => 1 - Math.Pow(1 - fpir, 1.0 / Math.Max(1, listed));

    /// <summary>The longest list the table reaches to.</summary>
    public int Longest(double fpir = Fpir) =>
        IsMeasured && Points.Min(point => point.Fmr) is > 0 and var least && least <= fpir ? (int)Math.Floor(Math.Log(1 - fpir) / Math.Log(1 - least) + 1e-9) : 0;

    /// <summary>The likeness from which on a face counts as one of so many persons, each with one template; null where that was not measured.</summary>
    public double? For(int listed, double fpir = Fpir) => At(FmrFor(listed, fpir));

    /// <summary>Between two measured points along the logarithm of the rate; null outside of them.</summary>
    public double? At(double fmr)
    {
        var points = Points.OrderBy(point => point.Fmr).ToList();
        if (!IsMeasured || fmr < points[0].Fmr * (1 - 1e-9) || fmr > points[^1].Fmr * (1 + 1e-9)) return null;
        var above = Math.Max(1, points.FindIndex(point => point.Fmr >= fmr * (1 - 1e-9)));
        var (a, b) = (points[above - 1], points[above]);
        var part = (Math.Log(fmr) - Math.Log(a.Fmr)) / (Math.Log(b.Fmr) - Math.Log(a.Fmr));
        return a.Cosine + (Math.Clamp(part, 0, 1) * (b.Cosine - a.Cosine));
    }

    /// <summary>How many who are on no list will be taken for one who is, when so many pass.</summary>
    public static double FalseCandidates(int passers, double fpir = Fpir) => passers * fpir;
}
