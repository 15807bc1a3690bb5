using OpenCvSharp;

namespace Compliance.Probe.Look;

/// <summary>The squares of 20 by 20 pixels that a picture is compared by: small enough to say where, large enough to be sure.</summary>
internal static class Cells
{
    public const int Across = 32, Down = 18, Count = Across * Down, Side = GrayPicture.Width / Across;

    /// <summary>The mean of each square.</summary>
    public static float[] Pool(Mat values)
    {
        using var pooled = new Mat();
        Cv2.Resize(values, pooled, new(Across, Down), 0, 0, InterpolationFlags.Area);
        pooled.GetArray(out float[] cells);
        return cells;
    }

    /// <summary>The square of the slope at each pixel, by Sobel's operator scaled to gray levels a pixel.</summary>
    public static Mat SlopeSquared(Mat picture)
    {
        const double scale = 1 / 8.0;
        using Mat dx = new(), dy = new();
        Cv2.Sobel(picture, dx, MatType.CV_32F, 1, 0, 3, scale);
        Cv2.Sobel(picture, dy, MatType.CV_32F, 0, 1, 3, scale);
        var sum = new Mat();
        Cv2.Multiply(dx, dx, dx);
        Cv2.Multiply(dy, dy, dy);
        Cv2.Add(dx, dy, sum);
        return sum;
    }

    /// <param name="share">0 for the least, 0.5 for the median, 1 for the greatest.</param>
    public static double Quantile(IEnumerable<float> values, double share)
    {
        float[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : sorted[(int)Math.Round((sorted.Length - 1) * share)];
    }

    /// <summary>How alike two maps are whatever their strength: 1 the same, 0 nothing in common.</summary>
    public static double Likeness(ReadOnlySpan<float> a, ReadOnlySpan<float> b, IReadOnlySet<int> without)
    {
        var n = Count - without.Count;
        double sumA = 0, sumB = 0, ab = 0, aa = 0, bb = 0;
        for (var i = 0; i < Count; i++)
        {
            if (without.Contains(i)) continue;
            sumA += a[i];
            sumB += b[i];
            ab += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }

        var (varA, varB) = (aa - (sumA * sumA / n), bb - (sumB * sumB / n));
        return varA > 0 && varB > 0 ? (ab - (sumA * sumB / n)) / Math.Sqrt(varA * varB) : 0;
    }
}
