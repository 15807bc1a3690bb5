namespace Compliance.Probe.Eyes;

/// <summary>A connected patch of moving cells.</summary>
/// <param name="X">Middle, in cells, weighted by how strongly it moves.</param>
internal sealed record Blob(int Cells, int Width, int Height, double X, double Y, double SpeedX, double SpeedY, double Inner)
{
    /// <summary>Change of brightness from which a cell moves.</summary>
    public const float Moving = 2;

    /// <summary>The patches of a field, largest first.</summary>
    public static IReadOnlyList<Blob> Of(MotionField field)
    {
        var (seen, stack, found) = (new bool[field.Energy.Length], new Stack<int>(), new List<Blob>());
        for (var start = 0; start < seen.Length; start++)
        {
            if (seen[start] || field.Energy[start] <= Moving) continue;
            var members = new List<int>();
            seen[start] = true;
            stack.Push(start);
            while (stack.TryPop(out var at))
            {
                members.Add(at);
                var (cx, cy) = (at % field.Columns, at / field.Columns);
                for (var y = Math.Max(0, cy - 1); y <= Math.Min(field.Rows - 1, cy + 1); y++)
                    for (var x = Math.Max(0, cx - 1); x <= Math.Min(field.Columns - 1, cx + 1); x++)
                    {
                        var next = y * field.Columns + x;
                        if (seen[next] || field.Energy[next] <= Moving) continue;
                        seen[next] = true;
                        stack.Push(next);
                    }
            }

            if (members.Count >= 3) found.Add(Of(field, members));
        }

        return [.. found.OrderByDescending(blob => blob.Cells)];
    }

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
