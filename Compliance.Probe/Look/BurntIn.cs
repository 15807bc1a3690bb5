using System.Runtime.Intrinsics;
using OpenCvSharp;

namespace Compliance.Probe.Look;

/// <summary>Letters a camera burns into its picture: bright on dark or dark on bright with little between, always in the same place. A clock is a line of them of which one end changes and another does not.</summary>
internal sealed class BurntIn
{
    /// <summary>Looks before anything is said.</summary>
    const int Enough = 6;
    const float Weight = 0.15f;

    /// <summary>Gray levels between ink and paper; how often they change places in a row, in how many rows; how much a digit changes its cell (gray levels squared).</summary>
    const int Contrast = 90, LeastStrokes = 3, LeastRows = 4, Changed = 150;

    readonly float[] _letters = new float[Cells.Count], _changes = new float[Cells.Count];
    int _looks;

    /// <summary>Whether a clock runs in the picture; null before enough was seen.</summary>
    public bool? HasClock => _looks < Enough ? null : Clock.Count > 0;

    /// <summary>The cells in which its digits change.</summary>
    public IReadOnlySet<int> Clock { get; private set; } = new HashSet<int>();

    /// <summary>The line of print in which they change, with what touches it, in a <see cref="ReadablePicture"/>; null where there is none.</summary>
    public Rect? Line { get; private set; }

    /// <param name="changes">By cell, the mean squared difference to the picture before; null for the first.</param>
    public void Look(GrayPicture picture, float[]? changes)
    {
        if (changes is null) return;
        var (letters, weight) = (Letters(picture), Math.Max(Weight, 1f / ++_looks));
        for (var i = 0; i < Cells.Count; i++)
        {
            _letters[i] += weight * ((letters.Contains(i) ? 1 : 0) - _letters[i]);
            _changes[i] += weight * ((changes[i] > Changed ? 1 : 0) - _changes[i]);
        }

        if (_looks >= Enough) Clock = FindClock();
    }

    /// <summary>Cells that look like print: rows in which light and dark change places again and again.</summary>
    public static HashSet<int> Letters(GrayPicture picture)
    {
        var found = new HashSet<int>();
        var luma = picture.Luma.Span;
        for (var cell = 0; cell < Cells.Count; cell++)
        {
            var (top, left) = (cell / Cells.Across * Cells.Side, cell % Cells.Across * Cells.Side);
            var rows = 0;
            for (var y = 0; y < Cells.Side; y++)
                if (IsPrint(luma.Slice(((top + y) * GrayPicture.Width) + left, Cells.Side))) rows++;
            if (rows >= LeastRows) found.Add(cell);
        }

        return found;
    }

    /// <summary>The same cells and those that touch them.</summary>
    public static HashSet<int> Around(HashSet<int> cells)
    {
        var around = new HashSet<int>();
        foreach (var cell in cells)
            for (var row = Math.Max(0, (cell / Cells.Across) - 1); row <= Math.Min(Cells.Down - 1, (cell / Cells.Across) + 1); row++)
                for (var column = Math.Max(0, (cell % Cells.Across) - 1); column <= Math.Min(Cells.Across - 1, (cell % Cells.Across) + 1); column++)
                    around.Add((row * Cells.Across) + column);
        return around;
    }

    static bool IsPrint(ReadOnlySpan<byte> row)
    {
        var (low, high) = Extremes(row);
        if (high - low < Contrast) return false;
        var (third, strokes, isLight) = ((high - low) / 3, 0, row[0] > (low + high) / 2);
        foreach (var luma in row)
        {
            if (isLight ? luma > low + third : luma < high - third) continue;
            isLight = !isLight;
            strokes++;
        }

        return strokes >= LeastStrokes;
    }

    /// <summary>The darkest and the brightest of a row; nearly all rows are done with it.</summary>
    static (int Low, int High) Extremes(ReadOnlySpan<byte> row)
    {
        Vector128<byte> left = Vector128.Create(row), right = Vector128.Create(row[^Vector128<byte>.Count..]), low = Vector128.Min(left, right), high = Vector128.Max(left, right);
        (low, high) = (Vector128.Min(low, Vector128.Create(low.GetUpper(), low.GetLower())), Vector128.Max(high, Vector128.Create(high.GetUpper(), high.GetLower())));
        // Folded in halves, until the first stands for all.
        for (var bits = 32; bits >= 8; bits /= 2) (low, high) = (Vector128.Min(low, (low.AsUInt64() >> bits).AsByte()), Vector128.Max(high, (high.AsUInt64() >> bits).AsByte()));
        return (low[0], high[0]);
    }

    HashSet<int> FindClock()
    {
        var clock = new HashSet<int>();
        Line = null;
        for (var row = 0; row < Cells.Down; row++)
        {
            for (var from = 0; from < Cells.Across; from++)
            {
                var to = from;
                while (to < Cells.Across && IsPart(row, to)) to++;
                if (to - from >= 3) Add(clock, row, from, to);
                from = Math.Max(from, to);
            }
        }

        return clock;
    }

    static Rect Around(int row, int from, int to)
    {
        const int side = Cells.Side * ReadablePicture.Width / GrayPicture.Width;
        return new Rect((from - 1) * side, (row - 1) * side, (to - from + 2) * side, 3 * side).Intersect(new(0, 0, ReadablePicture.Width, ReadablePicture.Height));
    }

    /// <summary>Of a line of print is also what stands between two letters.</summary>
    bool IsPart(int row, int column)
    {
        for (var near = Math.Max(0, column - 1); near <= Math.Min(Cells.Across - 1, column + 1); near++)
            if (_letters[(row * Cells.Across) + near] > 0.5) return true;
        return false;
    }

    void Add(HashSet<int> clock, int row, int from, int to)
    {
        var line = Enumerable.Range((row * Cells.Across) + from, to - from).ToArray();
        var running = line.Where(i => _changes[i] > 0.7).ToArray();
        if (running.Length is 0 or > 4 || !line.Any(i => _changes[i] < 0.3)) return;
        clock.UnionWith(running);
        var place = Around(row, from, to);
        Line = Line is { } above && above.IntersectsWith(place) ? above | place : Line ?? place;
    }
}
