using Compliance.Domain.Detectors;

namespace Compliance.Probe.Eyes;

/// <summary>Which cells of a picture lie inside a polygon that was drawn over it.</summary>
internal static class ViewArea
{
    /// <summary>The cells whose middle is inside.</summary>
    public static IReadOnlyList<int> Cells(IReadOnlyList<ViewPoint> corners, int columns, int rows) =>
        [.. Enumerable.Range(0, columns * rows).Where(i => ViewShape.Holds(corners, (i % columns + 0.5) / columns, (i / columns + 0.5) / rows))];
}
