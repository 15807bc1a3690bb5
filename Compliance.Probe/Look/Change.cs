namespace Compliance.Probe.Look;

/// <summary>What changed from one picture to the next: the grain of a sensor never stands still, the picture of a frozen encoder does.</summary>
/// <param name="Flicker">Mean squared difference in the quiet quarter of the cells: the noise of sensor and coding.</param>
/// <param name="Stirring">Share of cells in which something moved.</param>
/// <param name="Identical">Not one pixel differs outside the letters; never of a picture that is all letters.</param>
/// <param name="Energy">By cell, the mean squared difference.</param>
internal sealed record Change(double Flicker, double Stirring, bool Identical, float[] Energy)
{
    /// <summary>A cell stirs when its difference is so much greater than the quiet ones', and visible at all (gray levels squared).</summary>
    const double StirsFrom = 20, StirsTimes = 8;

    /// <summary>Where this share of the cells stirs, somebody is there; less may be an edge that was coded anew.</summary>
    public const double Somebody = 0.02;

    const double NoGrain = 0.02;

    /// <summary>How alike the fine grain of both pictures is in flat places, 0 to 1; null where coding left no grain, or somebody stirs. It costs more than all the rest, and is asked of few pictures.</summary>
    public required Func<double?> SameGrain { get; init; }

    /// <param name="print">Cells with letters in them: a burnt-in clock runs whatever the sensor does.</param>
    public static Change Between(GrayPicture before, GrayPicture now, IReadOnlySet<int> print)
    {
        var all = CellSums.Difference(before, now);
        var energy = Outside(all, print);
        var flicker = Cells.Quantile(energy, 0.25);
        var stirring = energy.Count(e => e > StirsFrom && e > StirsTimes * flicker) / (double)Cells.Count;
        return new(flicker, stirring, energy.Length > 0 && Array.TrueForAll(energy, e => e == 0), all) { SameGrain = () => stirring > Somebody ? null : GrainOf(before, now, print) };
    }

    static float[] Outside(float[] cells, IReadOnlySet<int> print) => print.Count == 0 ? cells : [.. cells.Where((_, i) => !print.Contains(i))];

    static double? GrainOf(GrayPicture before, GrayPicture now, IReadOnlySet<int> print)
    {
        var slopes = CellSums.SlopesSquared(before);
        var flat = Cells.Quantile(slopes, 0.5);
        var (ab, aa, bb) = Grain.Products(before, now);
        double sumAb = 0, sumAa = 0, sumBb = 0;
        var cells = 0;
        for (var i = 0; i < Cells.Count; i++)
        {
            if (slopes[i] > flat || print.Contains(i)) continue;
            cells++;
            sumAb += ab[i];
            sumAa += aa[i];
            sumBb += bb[i];
        }

        return cells == 0 || sumAa / cells < NoGrain || sumBb / cells < NoGrain ? null : sumAb / Math.Sqrt(sumAa * sumBb);
    }
}
