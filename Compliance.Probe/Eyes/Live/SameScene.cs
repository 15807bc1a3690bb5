using OpenCvSharp;

namespace Compliance.Probe.Eyes.Live;

/// <summary>
/// Whether two streams of a camera show the same place at the same time: their still parts look alike, and wherever one changes the other does at that moment. Light and movement of the
/// moment are what a film recorded earlier has not. Each part of the picture is asked by itself, and what is excused is a few cells and no part: a bar that lives vouches neither for a dance floor that stands nor for an
/// exit that is masked.
/// </summary>
internal static class SameScene
{
    /// <summary>Frames that both must have, a tenth of a second each.</summary>
    public const int Needed = 25;

    /// <summary>The one stream may come so much later, in frames.</summary>
    const int LongestLag = 5;

    const int Across = 32, Down = 18, Apart = 2;

    /// <summary>Parts of the picture, in cells.</summary>
    const int PartWidth = 8, PartHeight = 6;

    /// <summary>Letters may be burnt into one stream only: so many cells may look otherwise, or be out of step, one of so many that change, and of so many parts one in which no more cells change than letters have.</summary>
    const int Letters = 12, PerExcused = 6, LettersOfPart = 8;

    /// <summary>Brightness by which a cell looks otherwise, the whole picture's own taken away.</summary>
    const float Otherwise = 35;

    /// <summary>Moments in which a cell changes plainly, so that it can be asked by itself.</summary>
    const int EnoughOfCell = 6;

    /// <summary>Correlation of the still parts, and of what changes in a cell from moment to moment.</summary>
    const double Alike = 0.6, InStep = 0.3;

    /// <summary>A change of a cell's brightness (of 256 steps) that is no noise; in so many cells and moments there is something to compare.</summary>
    const float Change = 3;
    const int Enough = 30;

    /// <summary>Null where they have too few frames in common.</summary>
    public static bool? Judge(IReadOnlyList<LiveFrame> one, IReadOnlyList<LiveFrame> other)
    {
        var (a, b) = (Grids(one), Grids(other));
        var common = a.Keys.Intersect(b.Keys).ToList();
        if (common.Count < Needed) return null;
        var (meanA, meanB) = (Mean(common.Select(n => a[n])), Mean(common.Select(n => b[n])));
        if (Correlation(meanA, meanB) < Alike || LooksOtherwise(meanA, meanB) > Letters) return false;
        var (movesA, movesB) = (Changes(a), Changes(b));
        var parts = Parts.Where(part => Moved(movesA, part) >= Enough || Moved(movesB, part) >= Enough).ToList();
        int[][] cells = [.. Enumerable.Range(0, Across * Down).Where(i => MovesPlainly(movesA, i) || MovesPlainly(movesB, i)).Select(i => (int[])[i])];
        return parts.Count == 0 || Enumerable.Range(-LongestLag, 2 * LongestLag + 1).Any(lag => IsInStep(movesA, movesB, lag, parts, cells));
    }

    static bool IsInStep(Dictionary<long, float[]> a, Dictionary<long, float[]> b, int lag, List<int[]> parts, int[][] cells)
    {
        var off = parts.Where(part => Together(a, b, lag, part, Enough / 2) < InStep).ToList();
        return off.Count <= parts.Count / PerExcused && off.TrueForAll(part => part.Count(i => Moved(a, [i]) > 1 || Moved(b, [i]) > 1) <= LettersOfPart)
            && cells.Count(cell => Together(a, b, lag, cell, EnoughOfCell) < InStep) <= Math.Min(Letters, cells.Length / PerExcused);
    }

    /// <summary>In how many cells the one is darker or brighter than the other, where both have the same contrast and brightness (least squares).</summary>
    static int LooksOtherwise(float[] a, float[] b)
    {
        double ma = a.Average(), mb = b.Average(), ab = 0, aa = 0;
        for (var i = 0; i < a.Length; i++) (ab, aa) = (ab + (a[i] - ma) * (b[i] - mb), aa + (a[i] - ma) * (a[i] - ma));
        var gain = aa < 1e-6 ? 1 : ab / aa;
        return Enumerable.Range(0, a.Length).Count(i => Math.Abs(b[i] - mb - gain * (a[i] - ma)) > Otherwise);
    }

    static bool MovesPlainly(Dictionary<long, float[]> changes, int cell) => changes.Values.Count(cells => Math.Abs(cells[cell]) > 2 * Change) >= EnoughOfCell;

    /// <summary>The cells of each.</summary>
    static readonly int[][] Parts = [.. Enumerable.Range(0, Across * Down).GroupBy(i => (i % Across / PartWidth, i / Across / PartHeight)).Select(part => part.ToArray())];

    static Dictionary<long, float[]> Grids(IReadOnlyList<LiveFrame> frames)
    {
        var grids = new Dictionary<long, float[]>();
        foreach (var (number, frame) in frames)
        {
            using var picture = Mat.FromPixelData(frame.Height, frame.Width, MatType.CV_8UC1, frame.Luma);
            using var small = new Mat();
            Cv2.Resize(picture, small, new(Across, Down), 0, 0, InterpolationFlags.Area);
            small.ConvertTo(small, MatType.CV_32F);
            small.GetArray(out float[] cells);
            grids[number] = cells;
        }

        return grids;
    }

    static Dictionary<long, float[]> Changes(Dictionary<long, float[]> grids) => grids.Where(one => grids.ContainsKey(one.Key - Apart))
        .ToDictionary(one => one.Key, one => (float[])[.. one.Value.Zip(grids[one.Key - Apart], (now, then) => now - then)]);

    static int Moved(Dictionary<long, float[]> changes, int[] part) => changes.Values.Sum(cells => part.Count(i => Math.Abs(cells[i]) > Change));

    /// <summary>Cells that do not change in either say nothing; in fewer moments than these all is out of step.</summary>
    static double Together(Dictionary<long, float[]> a, Dictionary<long, float[]> b, int lag, int[] part, int least)
    {
        List<float> left = [], right = [];
        foreach (var (number, cells) in a)
        {
            if (!b.TryGetValue(number + lag, out var others)) continue;
            foreach (var i in part)
            {
                if (Math.Abs(cells[i]) <= Change && Math.Abs(others[i]) <= Change) continue;
                left.Add(cells[i]);
                right.Add(others[i]);
            }
        }

        return left.Count < least ? 0 : Correlation([.. left], [.. right]);
    }

    static float[] Mean(IEnumerable<float[]> grids)
    {
        var all = grids.ToList();
        return [.. Enumerable.Range(0, Across * Down).Select(i => all.Average(cells => cells[i]))];
    }

    static double Correlation(float[] a, float[] b)
    {
        double ma = a.Average(), mb = b.Average(), ab = 0, aa = 0, bb = 0;
        for (var i = 0; i < a.Length; i++) (ab, aa, bb) = (ab + (a[i] - ma) * (b[i] - mb), aa + (a[i] - ma) * (a[i] - ma), bb + (b[i] - mb) * (b[i] - mb));
        return aa < 1e-6 || bb < 1e-6 ? (aa < 1e-6 && bb < 1e-6 ? 1 : 0) : ab / Math.Sqrt(aa * bb);
    }
}
