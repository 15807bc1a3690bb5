using OpenCvSharp;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>A face as it was found, in pixels of the picture.</summary>
/// <param name="Score">How sure the detector is, 0 to 1: it stays sure long after a recogniser could tell anybody.</param>
/// <param name="Points">The person's right eye, left eye, nose, right and left corner of the mouth.</param>
internal sealed record Face(Rect2f Box, float Score, IReadOnlyList<Point2f> Points)
{
    /// <summary>Pixels from eye to eye.</summary>
    public double InterEye => Points[0].DistanceTo(Points[1]);

    /// <summary>How far the nose stands beside the middle of the eyes, along their line, in parts of their distance: 0.26 is a head turned by about 30 degrees.</summary>
    public double Turn
    {
        get
        {
            var (right, left, nose) = (Points[0], Points[1], Points[2]);
            var (dx, dy) = (left.X - right.X, left.Y - right.Y);
            var square = (dx * dx) + (dy * dy);
            return square == 0 ? double.PositiveInfinity
                : Math.Abs((((nose.X - ((right.X + left.X) / 2)) * dx) + ((nose.Y - ((right.Y + left.Y) / 2)) * dy)) / square);
        }
    }

    public static double Overlap(Rect2f a, Rect2f b)
    {
        var (w, h) = (Math.Min(a.Right, b.Right) - Math.Max(a.Left, b.Left), Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top));
        if (w <= 0 || h <= 0) return 0;
        var both = w * h;
        return both / ((a.Width * a.Height) + (b.Width * b.Height) - both);
    }
}
