using OpenCvSharp;

namespace Compliance.Probe.Look;

/// <summary>How one digit looks, held against others in a frame of few points; brightness and contrast taken away.</summary>
internal static class DigitShape
{
    const int Across = 16, Down = 24;

    /// <summary>Two digits that look more alike than this cannot be told apart.</summary>
    const double TooAlike = 0.985;

    public const int Points = Across * Down;

    /// <summary>In the middle of a frame as high as the line, so that a one stays narrow.</summary>
    public static float[] Of(Mat clip, Rect glyph, bool isLight)
    {
        using Mat cut = new(clip, glyph), scaled = new(), framed = new(Down, Across, MatType.CV_32FC1, Scalar.Black);
        var width = Math.Clamp((int)Math.Round(glyph.Width * (double)Down / glyph.Height), 2, Across);
        Cv2.Resize(cut, scaled, new(width, Down), 0, 0, InterpolationFlags.Area);
        scaled.ConvertTo(scaled, MatType.CV_32FC1, isLight ? 1 : -1, isLight ? 0 : 255);
        using (var place = new Mat(framed, new Rect((Across - width) / 2, 0, width, Down))) scaled.CopyTo(place);
        framed.GetArray(out float[] shape);
        return Normal(shape);
    }

    /// <summary>1: the same; 0: nothing in common.</summary>
    public static double Likeness(float[] a, float[] b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    public static float[] Mean(IReadOnlyCollection<float[]> shapes)
    {
        var mean = new float[Points];
        foreach (var shape in shapes)
            for (var i = 0; i < mean.Length; i++) mean[i] += shape[i];
        return Normal(mean);
    }

    public static bool Differ(IReadOnlyList<float[]> shapes)
    {
        for (var a = 0; a < shapes.Count; a++)
            for (var b = a + 1; b < shapes.Count; b++)
                if (Likeness(shapes[a], shapes[b]) > TooAlike) return false;
        return true;
    }

    static float[] Normal(float[] shape)
    {
        var mean = shape.Average();
        var length = Math.Sqrt(shape.Sum(v => (v - mean) * (v - mean)));
        return [.. shape.Select(v => (float)((v - mean) / Math.Max(length, 1e-6)))];
    }
}
