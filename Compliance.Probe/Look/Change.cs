using OpenCvSharp;

namespace Compliance.Probe.Look;

/// <summary>What changed from one picture to the next: the grain of a sensor never stands still, the picture of a frozen encoder does.</summary>
/// <param name="Flicker">Mean squared difference in the quiet quarter of the cells: the noise of sensor and coding.</param>
/// <param name="Stirring">Share of cells in which something moved.</param>
/// <param name="SameGrain">How alike the fine grain of both pictures is in flat places, 0 to 1; null where coding left no grain, or somebody stirs.</param>
/// <param name="Identical">Not one pixel differs outside the letters; never of a picture that is all letters.</param>
/// <param name="Energy">By cell, the mean squared difference.</param>
internal sealed record Change(double Flicker, double Stirring, double? SameGrain, bool Identical, float[] Energy)
{
    /// <summary>A cell stirs when its difference is so much greater than the quiet ones', and visible at all (gray levels squared).</summary>
    const double StirsFrom = 20, StirsTimes = 8;

    /// <summary>Where this share of the cells stirs, somebody is there; less may be an edge that was coded anew.</summary>
    public const double Somebody = 0.02;

    const double NoGrain = 0.02;

    /// <param name="print">Cells with letters in them: a burnt-in clock runs whatever the sensor does.</param>
    public static Change Between(GrayPicture before, GrayPicture now, IReadOnlySet<int> print)
    {
        using Mat a = before.ToMat(), b = now.ToMat(), difference = new();
        Cv2.Absdiff(a, b, difference);
        difference.ConvertTo(difference, MatType.CV_32F);
        Cv2.Multiply(difference, difference, difference);
        var all = Cells.Pool(difference);
        var energy = Outside(all, print);
        var flicker = Cells.Quantile(energy, 0.25);
        var stirring = energy.Count(e => e > StirsFrom && e > StirsTimes * flicker) / (double)Cells.Count;
        return new(flicker, stirring, stirring > Somebody ? null : Grain(before, a, b, print), energy.Length > 0 && Array.TrueForAll(energy, e => e == 0), all);
    }

    static float[] Outside(float[] cells, IReadOnlySet<int> print) => print.Count == 0 ? cells : [.. cells.Where((_, i) => !print.Contains(i))];

    static double? Grain(GrayPicture before, Mat a, Mat b, IReadOnlySet<int> print)
    {
        using Mat grainA = GrainOf(a), grainB = GrainOf(b), product = new();
        float[] Products(Mat x, Mat y)
        {
            Cv2.Multiply(x, y, product);
            return Cells.Pool(product);
        }

        var slopes = Cells.SlopesSquared(before);
        var flat = Cells.Quantile(slopes, 0.5);
        var (ab, aa, bb) = (Products(grainA, grainB), Products(grainA, grainA), Products(grainB, grainB));
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

    /// <summary>What is left of a picture when its five by five mean is taken away.</summary>
    static Mat GrainOf(Mat picture)
    {
        using Mat exact = new(), smooth = new();
        picture.ConvertTo(exact, MatType.CV_32F);
        Cv2.BoxFilter(exact, smooth, -1, new(5, 5));
        var grain = new Mat();
        Cv2.Subtract(exact, smooth, grain);
        return grain;
    }
}
