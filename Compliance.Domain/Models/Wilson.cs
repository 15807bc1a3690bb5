namespace Compliance.Domain.Models;

/// <summary>
/// Between which shares the true one lies with 95 % confidence, when so many of so many were seen (E. B. Wilson, Probable inference, the law of succession, and statistical
/// inference, 1927). It says of three out of three that little is known, where a plain share would say all.
/// </summary>
public static class Wilson
{
    /// <summary>The 97.5th percentile of the normal distribution.</summary>
    const double Z = 1.959964;

    /// <summary>Of nothing anything may be true: 0 to 1.</summary>
    public static (double From, double To) Of(double share, int of)
    {
        if (of <= 0) return (0, 1);
        var (middle, half, scale) = (share + Z * Z / (2 * of), Z * Math.Sqrt(share * (1 - share) / of + Z * Z / (4.0 * of * of)), 1 + Z * Z / of);
        return (Math.Max(0, (middle - half) / scale), Math.Min(1, (middle + half) / scale));
    }

    public static (double From, double To) Of(int found, int of) => Of(of > 0 ? (double)found / of : 0, of);
}
