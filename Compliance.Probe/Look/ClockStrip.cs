using System.Runtime.InteropServices;
using OpenCvSharp;

namespace Compliance.Probe.Look;

/// <summary>What was cut out of a picture in reading size around its burnt-in clock.</summary>
internal sealed record ClockStrip(int Width, int Height, byte[] Luma)
{
    /// <summary>Pixels of a picture 720 high.</summary>
    const int Lowest = 8, Highest = 90;

    /// <summary>A digit is narrower than this share of its height.</summary>
    const double Widest = 1.1;

    /// <summary>Strokes are thinner than this many pixels, and what is behind them is not.</summary>
    const int Stroke = 17;

    /// <summary>The light or the dark strokes in it, and the patches of them that may be digits; to be disposed of.</summary>
    public (Mat Strokes, IReadOnlyList<Rect> Patches) Ink(bool isLight)
    {
        using Mat luma = new(Height, Width, MatType.CV_8UC1), kernel = Cv2.GetStructuringElement(MorphShapes.Rect, new(Stroke, Stroke)), ink = new();
        Marshal.Copy(Luma, 0, luma.Data, Width * Height);
        var strokes = new Mat();
        Cv2.MorphologyEx(luma, strokes, isLight ? MorphTypes.TopHat : MorphTypes.BlackHat, kernel);
        Cv2.Threshold(strokes, ink, 0, 255, ThresholdTypes.Binary | ThresholdTypes.Otsu);
        return (strokes, Patches(ink));
    }

    static List<Rect> Patches(Mat ink)
    {
        using Mat labels = new(), stats = new(), middles = new();
        var count = Cv2.ConnectedComponentsWithStats(ink, labels, stats, middles);
        return [.. Enumerable.Range(1, Math.Max(0, count - 1)).Select(i => new Rect(stats.At<int>(i, 0), stats.At<int>(i, 1), stats.At<int>(i, 2), stats.At<int>(i, 3)))
            .Where(patch => patch.Height is >= Lowest and <= Highest && patch.Width <= patch.Height * Widest && patch.Top > 0 && patch.Left > 0 && patch.Bottom < ink.Height && patch.Right < ink.Width)
            .OrderBy(patch => patch.X)];
    }
}
