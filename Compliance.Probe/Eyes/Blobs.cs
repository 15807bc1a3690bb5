namespace Compliance.Probe.Eyes;

/// <summary>A connected patch of moving cells.</summary>
/// <param name="X">Middle, in cells, weighted by how strongly it moves.</param>
internal sealed record Blob(int Cells, int Width, int Height, double X, double Y, double SpeedX, double SpeedY, double Inner)
{
    /// <summary>Change of brightness from which a cell moves.</summary>
    public const float Moving = 2;

    /// <summary>The patches of a field, largest first.</summary>
    public static IReadOnlyList<Blob> Of(MotionField field) =>
        [.. CellGroups.Of(field.Columns, field.Rows, Array.ConvertAll(field.Energy, energy => energy > Moving)).Where(members => members.Count >= 3).Select(members => Of(field, members)).OrderByDescending(blob => blob.Cells)];

    static Blob Of(MotionField field, List<int> members)
    {
        var (left, right, top, bottom) = (int.MaxValue, 0, int.MaxValue, 0);
        double weight = 0, x = 0, y = 0, vx = 0, vy = 0, square = 0;
        foreach (var at in members)
        {
            var (cx, cy, w) = (at % field.Columns, at / field.Columns, field.Energy[at]);
            (left, right, top, bottom) = (Math.Min(left, cx), Math.Max(right, cx), Math.Min(top, cy), Math.Max(bottom, cy));
            (weight, x, y, vx, vy) = (weight + w, x + w * cx, y + w * cy, vx + w * field.X[at], vy + w * field.Y[at]);
            square += w * (field.X[at] * field.X[at] + field.Y[at] * field.Y[at]);
        }

        (vx, vy) = (vx / weight, vy / weight);
        return new(members.Count, right - left + 1, bottom - top + 1, x / weight, y / weight, vx, vy, Math.Sqrt(Math.Max(0, square / weight - vx * vx - vy * vy)));
    }
}
