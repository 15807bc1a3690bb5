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

    /// <summary>By cell, the mean square of the slope, over three by three pixels as Sobel's; without a buffer the size of the picture, which would cost more than the sums.</summary>
    public static float[] SlopesSquared(GrayPicture picture)
    {
        const int width = GrayPicture.Width, last = width - 2;
        var luma = picture.Luma.Span;
        var slopes = new float[Count];
        Span<int> above = stackalloc int[width], below = stackalloc int[width];
        Pairs(luma, 0, above);
        for (var y = 0; y < GrayPicture.Height - 2; y++)
        {
            Pairs(luma, y + 1, below);
            for (var column = 0; column < Across; column++)
            {
                var sum = 0;
                for (int x = column * Side, end = Math.Min(x + Side, last); x < end; x++)
                {
                    var (falling, rising) = (below[x + 1] - above[x], above[x + 1] - below[x]);
                    sum += (falling * falling) + (rising * rising);
                }

                slopes[((y + 1) / Side * Across) + column] += sum;
            }

            var spent = above;
            above = below;
            below = spent;
        }

        // Four pixels are added up, and the squares of the two diagonals are twice those of the slopes to the right and downwards.
        for (var i = 0; i < Count; i++) slopes[i] /= 16 * 2 * Side * Side;
        return slopes;
    }

    /// <summary>Each pixel and its neighbours to the right, below and between, added up.</summary>
    static void Pairs(ReadOnlySpan<byte> luma, int y, Span<int> sums)
    {
        var row = luma.Slice(y * GrayPicture.Width, GrayPicture.Width);
        var next = luma.Slice((y + 1) * GrayPicture.Width, GrayPicture.Width);
        for (var x = 0; x < GrayPicture.Width - 1; x++) sums[x] = row[x] + row[x + 1] + next[x] + next[x + 1];
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
