using OpenCvSharp;

namespace Compliance.Probe.Eyes.Live;

/// <summary>
/// Whether two streams of a camera show the same place at the same time: their still parts look alike, and wherever one changes the other does at that moment. Light and movement of the
/// moment are what a film recorded earlier has not. Each part of the picture is asked by itself: a bar that lives does not vouch for a dance floor that stands.
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

    /// <summary>Of so many parts that change one may be out of step: letters are burnt into one stream only.</summary>
    const int PerExcused = 6;

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
        if (Correlation(Mean(common.Select(n => a[n])), Mean(common.Select(n => b[n]))) < Alike) return false;
        var (movesA, movesB) = (Changes(a), Changes(b));
        var parts = Parts.Where(part => Moved(movesA, part) >= Enough || Moved(movesB, part) >= Enough).ToList();
        return parts.Count == 0 || Enumerable.Range(-LongestLag, 2 * LongestLag + 1).Min(lag => parts.Count(part => Together(movesA, movesB, lag, part) < InStep)) <= parts.Count / PerExcused;
    }

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

    /// <summary>Cells that do not change in either say nothing.</summary>
    static double Together(Dictionary<long, float[]> a, Dictionary<long, float[]> b, int lag, int[] part)
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

        return left.Count < Enough / 2 ? 0 : Correlation([.. left], [.. right]);
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
