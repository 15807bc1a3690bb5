namespace Compliance.Probe.Eyes;

/// <summary>Cells that hang together, corners included.</summary>
internal static class CellGroups
{
    /// <summary>The groups by their first cell, each in the order in which it is found from there: sums over a group depend on it, and models were trained with them.</summary>
    public static IEnumerable<List<int>> Of(int columns, int rows, bool[] belongs)
    {
        var (seen, stack) = (new bool[belongs.Length], new Stack<int>());
        for (var start = 0; start < seen.Length; start++)
        {
            if (seen[start] || !belongs[start]) continue;
            var members = new List<int>();
            seen[start] = true;
            stack.Push(start);
            while (stack.TryPop(out var at))
            {
                members.Add(at);
                var (cx, cy) = (at % columns, at / columns);
                for (var y = Math.Max(0, cy - 1); y <= Math.Min(rows - 1, cy + 1); y++)
                    for (var x = Math.Max(0, cx - 1); x <= Math.Min(columns - 1, cx + 1); x++)
                    {
                        var next = y * columns + x;
                        if (seen[next] || !belongs[next]) continue;
                        seen[next] = true;
                        stack.Push(next);
                    }
            }

            yield return members;
        }
    }
}
