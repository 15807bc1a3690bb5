using OpenCvSharp;

namespace Compliance.Probe.Eyes;

/// <summary>What moved between two frames, in small cells: how strongly the picture changed there and where it went.</summary>
/// <param name="Step">Frames between the two: more than one where a flash stood between them.</param>
/// <param name="Energy">Change of brightness above the camera's own noise, by cell.</param>
/// <param name="X">Motion to the right in cells a frame, the camera's own motion taken away.</param>
/// <param name="Y">Motion downwards likewise.</param>
internal sealed record MotionField(int Columns, int Rows, int Step, float[] Energy, float[] X, float[] Y)
{
    /// <summary>Pixels of a cell's side.</summary>
    public const int Cell = 4;

    /// <summary>Change of brightness (of 256 steps) below which nothing moved, beside the noise measured.</summary>
    const double Still = 4;

    /// <summary>Pixels of the side of a neighbourhood: wider than a limb, narrower than a beam of light.</summary>
    const int Neighbourhood = 13;

    /// <summary>Brightness added to a neighbourhood's, so that the noise of darkness is not blown up; the brightness an even surface is given.</summary>
    const double Floor = 16, Middle = 96;

    /// <param name="ways">Whether anybody asks where it went: most of the cost. Else <see cref="X"/> and <see cref="Y"/> are 0.</param>
    public static MotionField Between(Frame before, Frame after, int step, bool ways = true)
    {
        var (width, height) = (after.Width, after.Height);
        var (columns, rows) = (width / Cell, height / Cell);
        using var a = Even(before);
        using var b = Even(after);
        using var change = new Mat();
        Cv2.Absdiff(a, b, change);
        using var energy = new Mat();
        change.ConvertTo(energy, MatType.CV_32F);
        Cv2.Subtract(energy, new Scalar(Still + 3 * Median(change)), energy);
        Cv2.Max(energy, 0.0, energy);

        using var smallEnergy = new Mat();
        Cv2.Resize(energy, smallEnergy, new(columns, rows), 0, 0, InterpolationFlags.Area);
        smallEnergy.GetArray(out float[] cells);
        if (!ways) return new(columns, rows, step, cells, new float[cells.Length], new float[cells.Length]);

        using var flow = new Mat();
        using var smallFlow = new Mat();
        Cv2.CalcOpticalFlowFarneback(a, b, flow, 0.5, 3, 13, 2, 5, 1.1, OpticalFlowFlags.None);
        Cv2.Resize(flow, smallFlow, new(columns, rows), 0, 0, InterpolationFlags.Area);
        smallFlow.GetArray(out Vec2f[] moved);
        var (x, y) = (new float[cells.Length], new float[cells.Length]);
        for (var i = 0; i < cells.Length; i++) (x[i], y[i]) = (moved[i].Item0 / Cell / step, moved[i].Item1 / Cell / step);
        Steady(x);
        Steady(y);
        return new(columns, rows, step, cells, x, y);
    }

    /// <summary>Each pixel as a share of its neighbourhood's brightness: beams, washes and darkness change the neighbourhood alike, and so move nothing.</summary>
    internal static Mat Even(Frame frame)
    {
        using var raw = Mat.FromPixelData(frame.Height, frame.Width, MatType.CV_8UC1, frame.Luma);
        using var smooth = new Mat();
        Cv2.GaussianBlur(raw, smooth, new(3, 3), 0);
        smooth.ConvertTo(smooth, MatType.CV_32F);
        using var around = new Mat();
        Cv2.BoxFilter(smooth, around, MatType.CV_32F, new(Neighbourhood, Neighbourhood));
        Cv2.Add(around, new Scalar(Floor), around);
        Cv2.Divide(smooth, around, smooth);
        var even = new Mat();
        smooth.ConvertTo(even, MatType.CV_8U, Middle);
        return even;
    }

    static double Median(Mat bytes)
    {
        bytes.GetArray(out byte[] all);
        var counts = new int[256];
        foreach (var one in all) counts[one]++;
        var (seen, at) = (0, 0);
        while ((seen += counts[at]) * 2 < all.Length) at++;
        return at;
    }

    static void Steady(float[] way)
    {
        var sorted = (float[])way.Clone();
        Array.Sort(sorted);
        var own = sorted[sorted.Length / 2];
        for (var i = 0; i < way.Length; i++) way[i] -= own;
    }
}
