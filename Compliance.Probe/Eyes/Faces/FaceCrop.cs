using OpenCvSharp;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>A face turned upright and cut out as recognisers want it: 112 by 112, its five points as near as can be to the usual places (those of ArcFace's training).</summary>
internal static class FaceCrop
{
    public const int Side = 112;

    /// <summary>Pixels from eye to eye in a crop.</summary>
    public const double InterEye = 35.2;

    static readonly Point2f[] Places = [new(38.2946f, 51.6963f), new(73.5318f, 51.5014f), new(56.0252f, 71.7366f), new(41.5493f, 92.3655f), new(70.7299f, 92.2041f)];

    /// <summary>A new picture; the caller wipes and frees it.</summary>
    public static Mat Of(Mat bgr, Face face)
    {
        using var turn = Turn(face.Points);
        var crop = new Mat();
        Cv2.WarpAffine(bgr, crop, turn, new(Side, Side), InterpolationFlags.Linear, BorderTypes.Constant);
        return crop;
    }

    /// <summary>Rotation, one scale and shift with the least squares between the points and their places.</summary>
    static Mat Turn(IReadOnlyList<Point2f> points)
    {
        var (px, py, qx, qy) = (points.Average(p => p.X), points.Average(p => p.Y), Places.Average(q => q.X), Places.Average(q => q.Y));
        double along = 0, across = 0, square = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var (x, y, u, v) = (points[i].X - px, points[i].Y - py, Places[i].X - qx, Places[i].Y - qy);
            along += (x * u) + (y * v);
            across += (x * v) - (y * u);
            square += (x * x) + (y * y);
        }

        var (a, b) = square == 0 ? (1.0, 0.0) : (along / square, across / square);
        return Mat.FromPixelData(2, 3, MatType.CV_64FC1, new[] { a, -b, qx - (a * px) + (b * py), b, a, qy - (b * px) - (a * py) }).Clone();
    }
}
