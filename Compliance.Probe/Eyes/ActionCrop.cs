namespace Compliance.Probe.Eyes;

/// <summary>The square of two body heights in which most happens during a window, and how bodies move in it.</summary>
internal static class ActionCrop
{
    static readonly string[] Directions = ["up", "up-aside", "aside", "down-aside", "down"];

    public static readonly IReadOnlyList<string> Names =
    [
        .. from part in new[] { "upper", "lower" } from direction in Directions select $"crop-{part}-{direction}",
        .. from way in new[] { "x", "y" } from slope in new[] { "flat", "slant", "steep" } select $"crop-edge-{way}-{slope}",
        "crop-part-of-all", "crop-part-of-change", "crop-speed-mean", "crop-speed90", "crop-speed-max", "crop-speed-jumps", "crop-opposed", "crop-filled", "crop-edge-mean",
    ];

    public static double[] Of(IReadOnlyList<MotionField> fields, double body)
    {
        var result = new double[Names.Count];
        if (fields.Count == 0) return result;
        var (columns, rows) = (fields[0].Columns, fields[0].Rows);
        var action = new double[columns * rows];
        foreach (var field in fields)
            for (var i = 0; i < action.Length; i++)
                if (field.Energy[i] > Blob.Moving) action[i] += Math.Sqrt(field.X[i] * field.X[i] + field.Y[i] * field.Y[i]) * Math.Min(field.Energy[i], 30);
        var (left, top, side) = Place(action, columns, rows, body);
        var (hof, mbh, speeds, bySpan) = (new double[10], new double[6], new List<(double, double)>(), new List<double>());
        double inside = 0, total = action.Sum(), opposed = 0, edgeSum = 0; long cells = 0, active = 0;
        foreach (var field in fields)
        {
            double sum = 0, weight = 0, positive = 0, negative = 0;
            for (var cy = top; cy < Math.Min(rows, top + side); cy++)
                for (var cx = left; cx < Math.Min(columns, left + side); cx++)
                {
                    var i = cy * columns + cx;
                    cells++;
                    if (field.Energy[i] <= Blob.Moving) continue;
                    active++;
                    double w = Math.Min(field.Energy[i], 30), dx = field.X[i], dy = field.Y[i], speed = Math.Sqrt(dx * dx + dy * dy);
                    hof[(cy - top < side / 2 ? 0 : 5) + Math.Clamp((int)Math.Round(Math.Atan2(dy, Math.Abs(dx)) / (Math.PI / 4)) + 2, 0, 4)] += w * speed;
                    (sum, weight) = (sum + w * speed, weight + w);
                    if (dx > 0) positive += w * dx; else negative -= w * dx;
                    speeds.Add((speed / body, w));
                    if (cx + 1 >= columns || cy + 1 >= rows || cx == 0 || cy == 0) continue;
                    edgeSum += Edge(field.X, i, columns, mbh, 0) + Edge(field.Y, i, columns, mbh, 3);
                }

            bySpan.Add(weight > 0 ? sum / weight / body : 0);
            opposed += Math.Min(positive, negative) / (Math.Max(positive, negative) + 1e-6);
        }

        for (var cy = top; cy < Math.Min(rows, top + side); cy++)
            for (var cx = left; cx < Math.Min(columns, left + side); cx++) inside += action[cy * columns + cx];
        var (allHof, allMbh) = (hof.Sum() + 1e-6, mbh.Sum() + 1e-6);
        for (var k = 0; k < 10; k++) result[k] = hof[k] / allHof;
        for (var k = 0; k < 6; k++) result[10 + k] = mbh[k] / allMbh;
        var jumps = bySpan.Zip(bySpan.Skip(1), (a, b) => Math.Abs(a - b)).DefaultIfEmpty(0).Average();
        double[] rest = [(double)side * side / action.Length, inside / (total + 1e-6), bySpan.Average(), PairFacts.At(speeds, 0.9), bySpan.Max(), jumps, opposed / fields.Count, (double)active / Math.Max(1, cells), edgeSum / Math.Max(1, active) / body];
        rest.CopyTo(result, 16);
        return result;
    }

    static double Edge(float[] way, int i, int columns, double[] into, int offset)
    {
        var (sx, sy) = (Math.Abs(way[i + 1] - way[i - 1]), Math.Abs(way[i + columns] - way[i - columns]));
        var size = Math.Sqrt(sx * sx + sy * sy);
        into[offset + Math.Min(2, (int)(Math.Atan2(sy, sx) / (Math.PI / 6)))] += size;
        return size;
    }

    static (int Left, int Top, int Side) Place(double[] action, int columns, int rows, double body)
    {
        var side = Math.Clamp((int)Math.Round(2 * body), 4, Math.Max(columns, rows));
        var (w, h) = (Math.Min(side, columns), Math.Min(side, rows));
        var sums = new double[(columns + 1) * (rows + 1)];
        for (var y = 0; y < rows; y++)
            for (var x = 0; x < columns; x++)
                sums[(y + 1) * (columns + 1) + x + 1] = action[y * columns + x] + sums[y * (columns + 1) + x + 1] + sums[(y + 1) * (columns + 1) + x] - sums[y * (columns + 1) + x];
        var (best, left, top) = (-1.0, 0, 0);
        for (var y = 0; y + h <= rows; y++)
            for (var x = 0; x + w <= columns; x++)
            {
                var sum = sums[(y + h) * (columns + 1) + x + w] - sums[y * (columns + 1) + x + w] - sums[(y + h) * (columns + 1) + x] + sums[y * (columns + 1) + x];
                if (sum > best + 1e-9) (best, left, top) = (sum, x, y);
            }

        return (left, top, side);
    }
}
