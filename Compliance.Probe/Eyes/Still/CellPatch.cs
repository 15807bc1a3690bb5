namespace Compliance.Probe.Eyes.Still;

/// <summary>A connected patch of cells.</summary>
internal sealed record CellPatch(IReadOnlyList<int> Cells, int Left, int Top, int Width, int Height)
{
    public double X => Left + (Width - 1) / 2.0;

    /// <summary>The row in which it stands.</summary>
    public int Foot => Top + Height - 1;

    public static IReadOnlyList<CellPatch> Of(int columns, int rows, Func<int, bool> belongs)
    {
        var mask = new bool[columns * rows];
        for (var i = 0; i < mask.Length; i++) mask[i] = belongs(i);
        return [.. CellGroups.Of(columns, rows, mask).Select(Bounded)];

        CellPatch Bounded(List<int> members)
        {
            var (left, top) = (members.Min(i => i % columns), members.Min(i => i / columns));
            return new(members, left, top, members.Max(i => i % columns) - left + 1, members.Max(i => i / columns) - top + 1);
        }
    }

    /// <summary>Its cells and all within so many of one of them.</summary>
    public HashSet<int> Around(int reach, int columns, int rows) => [.. Cells.SelectMany(i => Neighbours(i, reach, columns, rows))];

    /// <summary>Where it ends: its outermost cells and the first ones beyond.</summary>
    public IReadOnlyList<int> Rim(int columns, int rows)
    {
        var own = Cells.ToHashSet();
        return [.. Around(1, columns, rows).Where(i => !own.Contains(i) || Neighbours(i, 1, columns, rows).Any(next => !own.Contains(next)))];
    }

    static IEnumerable<int> Neighbours(int at, int reach, int columns, int rows)
    {
        var (cx, cy) = (at % columns, at / columns);
        for (var y = Math.Max(0, cy - reach); y <= Math.Min(rows - 1, cy + reach); y++)
            for (var x = Math.Max(0, cx - reach); x <= Math.Min(columns - 1, cx + reach); x++) yield return y * columns + x;
    }
}
