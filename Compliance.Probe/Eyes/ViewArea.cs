using Compliance.Domain.Detectors;

namespace Compliance.Probe.Eyes;

/// <summary>Which cells of a picture lie inside a polygon that was drawn over it.</summary>
internal static class ViewArea
{
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

    /// <summary>The cells whose middle is inside.</summary>
    public static IReadOnlyList<int> Cells(IReadOnlyList<ViewPoint> corners, int columns, int rows) =>
        [.. Enumerable.Range(0, columns * rows).Where(i => Holds(corners, (i % columns + 0.5) / columns, (i / columns + 0.5) / rows))];
}
