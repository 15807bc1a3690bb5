namespace Compliance.Domain.Detectors;

/// <summary>What follows from a polygon drawn over a picture: the same for whoever draws it, judges it and looks by it.</summary>
public static class ViewShape
{
    /// <summary>As a share of the whole picture, 0 to 1 (the shoelace formula).</summary>
    public static double Area(IReadOnlyList<ViewPoint> corners) => Math.Abs(Enumerable.Range(0, corners.Count).Sum(i => Cross(corners[i], corners[(i + 1) % corners.Count]))) / 2;

    /// <summary>Whether a place, in shares of the picture, is inside (even-odd rule).</summary>
    public static bool Holds(IReadOnlyList<ViewPoint> corners, double x, double y)
    {
        var inside = false;
        for (int i = 0, before = corners.Count - 1; i < corners.Count; before = i++)
        {
            var (a, b) = (corners[i], corners[before]);
            if (a.Y > y != b.Y > y && x < (b.X - a.X) * (y - a.Y) / (b.Y - a.Y) + a.X) inside = !inside;
        }

        return inside;
    }

    static double Cross(ViewPoint a, ViewPoint b) => a.X * b.Y - b.X * a.Y;
}
