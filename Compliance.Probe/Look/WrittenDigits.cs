using System.Runtime.InteropServices;
using OpenCvSharp;

namespace Compliance.Probe.Look;

/// <summary>A gray picture large enough to read letters in: 1280x720, whatever the camera sends.</summary>
internal sealed record ReadablePicture(byte[] Luma)
{
    public const int Width = 1280, Height = 720;

    /// <summary>To be disposed of.</summary>
    public Mat ToMat()
    {
        var mat = new Mat(Height, Width, MatType.CV_8UC1);
        Marshal.Copy(Luma, 0, mat.Data, Width * Height);
        return mat;
    }
}

/// <summary>Where a line of digits stands in the picture, and how each of the ten looks there.</summary>
internal sealed record DigitFont(Rect Line, bool IsLight, IReadOnlyList<float[]> Shapes);

/// <summary>
/// Reads digits that were written into the picture, whatever their font: a line that has all ten of them, in an order we chose, teaches how each
/// looks; the next is read by that. A digit has to stand apart from its neighbours, lighter or darker than what is around it.
/// </summary>
internal static class WrittenDigits
{
    /// <summary>Gray levels: what appeared differs at least by so much from before, and at most by so much from picture to picture.</summary>
    const int Appeared = 45, Steady = 60;

    /// <summary>Pixels of a picture 720 high.</summary>
    const int Lowest = 9, Highest = 90;

    /// <summary>How alike a shape is to the one it is taken for, at least (1: the same), and how much more than to any other.</summary>
    const double Alike = 0.6, Clearly = 0.02;

    /// <summary>The line that stands in both later pictures and in neither earlier one; null when nothing like a line of text appeared.</summary>
    public static Rect? Appear(IReadOnlyList<ReadablePicture> before, IReadOnlyList<ReadablePicture> after)
    {
        using var mask = New(before, after);
        using Mat kernel = Cv2.GetStructuringElement(MorphShapes.Rect, new(31, 5)), joined = new(), labels = new(), stats = new(), middles = new();
        Cv2.MorphologyEx(mask, joined, MorphTypes.Close, kernel);
        var count = Cv2.ConnectedComponentsWithStats(joined, labels, stats, middles);
        Rect? best = null;
        for (var i = 1; i < count; i++)
        {
            var found = new Rect(stats.At<int>(i, 0), stats.At<int>(i, 1), stats.At<int>(i, 2), stats.At<int>(i, 3));
            if (found.Height is < Lowest or > Highest || found.Width < 3 * found.Height || found.Width > ReadablePicture.Width * 0.9) continue;
            if (best is null || found.Width * found.Height > best.Value.Width * best.Value.Height) best = found;
        }

        return best;
    }

    /// <summary>Learns from a line in which each digit stands once; null when its ten shapes cannot be told apart.</summary>
    public static DigitFont? Learn(IReadOnlyList<ReadablePicture> pictures, Rect line, string text)
    {
        foreach (var isLight in (bool[])[true, false])
        {
            if (Shapes(pictures, line, isLight, text.Length) is not { } shapes) continue;
            var byDigit = new float[10][];
            for (var i = 0; i < text.Length; i++) byDigit[text[i] - '0'] = shapes[i];
            if (DigitShape.Differ(byDigit)) return new(line, isLight, byDigit);
        }

        return null;
    }

    /// <summary>What stands in the line now; null when it is not so many digits of that font.</summary>
    public static string? Read(IReadOnlyList<ReadablePicture> pictures, DigitFont font, int length)
    {
        if (Shapes(pictures, font.Line, font.IsLight, length) is not { } shapes) return null;
        var read = new char[length];
        for (var i = 0; i < length; i++)
        {
            var ranked = Enumerable.Range(0, 10).Select(digit => (digit, alike: DigitShape.Likeness(shapes[i], font.Shapes[digit]))).OrderByDescending(x => x.alike).ToArray();
            if (ranked[0].alike < Alike || ranked[0].alike - ranked[1].alike < Clearly) return null;
            read[i] = (char)('0' + ranked[0].digit);
        }

        return new(read);
    }

    static Mat New(IReadOnlyList<ReadablePicture> before, IReadOnlyList<ReadablePicture> after)
    {
        var mask = new Mat(ReadablePicture.Height, ReadablePicture.Width, MatType.CV_8UC1, Scalar.White);
        using Mat difference = new(), part = new();
        void Keep(ReadablePicture a, ReadablePicture b, double threshold, ThresholdTypes type)
        {
            using Mat x = a.ToMat(), y = b.ToMat();
            Cv2.Absdiff(x, y, difference);
            Cv2.Threshold(difference, part, threshold, 255, type);
            Cv2.BitwiseAnd(mask, part, mask);
        }

        foreach (var old in before)
            foreach (var now in after) Keep(old, now, Appeared, ThresholdTypes.Binary);
        for (var i = 1; i < after.Count; i++) Keep(after[0], after[i], Steady, ThresholdTypes.BinaryInv);
        return mask;
    }

    /// <summary>The shapes of a line from left to right; null when they are not so many.</summary>
    static float[][]? Shapes(IReadOnlyList<ReadablePicture> pictures, Rect line, bool isLight, int length)
    {
        const int around = 6;
        var whole = new Rect(0, 0, ReadablePicture.Width, ReadablePicture.Height);
        var box = new Rect(line.X - around, line.Y - around, line.Width + (2 * around), line.Height + (2 * around)).Intersect(whole);
        using Mat mean = Mean(pictures), clip = new(mean, box), ink = new();
        Cv2.Threshold(clip, ink, 0, 255, (isLight ? ThresholdTypes.Binary : ThresholdTypes.BinaryInv) | ThresholdTypes.Otsu);
        var glyphs = Glyphs(ink);
        if (glyphs.Count != length) return null;
        var (top, bottom) = (glyphs.Min(g => g.Top), glyphs.Max(g => g.Bottom));
        return [.. glyphs.Select(glyph => DigitShape.Of(clip, new(glyph.X, top, glyph.Width, bottom - top), isLight))];
    }

    static Mat Mean(IReadOnlyList<ReadablePicture> pictures)
    {
        using var sum = new Mat(ReadablePicture.Height, ReadablePicture.Width, MatType.CV_32FC1, Scalar.Black);
        foreach (var picture in pictures)
        {
            using var one = picture.ToMat();
            Cv2.Accumulate(one, sum, null!);
        }

        var mean = new Mat();
        sum.ConvertTo(mean, MatType.CV_8UC1, 1.0 / pictures.Count);
        return mean;
    }

    /// <summary>Patches of ink about as high as the line; what lies above each other in the same columns is one.</summary>
    static List<Rect> Glyphs(Mat ink)
    {
        using Mat labels = new(), stats = new(), middles = new();
        var count = Cv2.ConnectedComponentsWithStats(ink, labels, stats, middles);
        var parts = Enumerable.Range(1, Math.Max(0, count - 1)).Select(i => new Rect(stats.At<int>(i, 0), stats.At<int>(i, 1), stats.At<int>(i, 2), stats.At<int>(i, 3)))
            .Where(part => part.Height >= 4 && part.Width < ink.Width / 2 && part.Top > 0 && part.Left > 0 && part.Bottom < ink.Height && part.Right < ink.Width).OrderBy(part => part.X).ToList();
        if (parts.Count == 0) return parts;
        var tall = parts.Select(part => part.Height).Order().ElementAt(parts.Count / 2);
        var glyphs = new List<Rect>();
        foreach (var part in parts.Where(part => part.Height > tall * 0.7 && part.Height < tall * 1.4))
        {
            if (glyphs.Count > 0 && part.X < glyphs[^1].Right - (part.Width / 2)) glyphs[^1] |= part;
            else glyphs.Add(part);
        }

        return glyphs;
    }
}
