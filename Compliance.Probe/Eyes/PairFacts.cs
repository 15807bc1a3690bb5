namespace Compliance.Probe.Eyes;

/// <summary>The numbers of one pair of frames, all measured in body heights, so that near and far cameras agree.</summary>
internal static class PairFacts
{
    public static readonly IReadOnlyList<string> Names =
    [
        "area", "share", "change", "speed50", "speed75", "speed90", "speed97", "coherence", "turns", "spreading", "curling", "acceleration75", "acceleration95",
        "spread-x", "spread-y", "travel", "largest", "tallest", "patches", "apart", "closing", "inner", "edges", "upright", "energy-contrast", "keeping", "changing", "busiest-inner", "busiest-turn",
    ];

    /// <param name="body">A person's height in cells.</param>
    public static double[] Of(MotionField field, IReadOnlyList<Blob> blobs, MotionField? before, double body)
    {
        var (n, columns) = (field.Energy.Length, field.Columns);
        var (speeds, jerks) = (new List<(double, double)>(), new List<(double, double)>());
        double weight = 0, flow = 0, vx = 0, vy = 0, ax = 0, ay = 0, x = 0, y = 0, xx = 0, yy = 0, div = 0, curl = 0, edge = 0, squares = 0, kept = 0, keepable = 0, differs = 0, moves = 0;
        var (directions, cells, edges) = (new double[8], 0, 0);
        for (var i = 0; i < n; i++)
        {
            double w = field.Energy[i];
            if (w <= Blob.Moving) continue;
            cells++;
            var (dx, dy, cx, cy) = ((double)field.X[i], (double)field.Y[i], i % columns, i / columns);
            var speed = Math.Sqrt(dx * dx + dy * dy);
            speeds.Add((speed / body, w));
            if (before is not null)
            {
                var (bx, by) = (before.X[i], before.Y[i]);
                var (differ, then) = (Math.Sqrt(Square(dx - bx) + Square(dy - by)), Math.Sqrt(bx * bx + by * by));
                jerks.Add((differ / body, w));
                (kept, keepable, differs, moves) = (kept + w * (dx * bx + dy * by), keepable + w * speed * then, differs + w * differ, moves + w * (speed + then));
            }

            (weight, flow, vx, vy, ax, ay, squares) = (weight + w, flow + w * speed, vx + w * dx, vy + w * dy, ax + w * Math.Abs(dx), ay + w * Math.Abs(dy), squares + w * w);
            (x, y, xx, yy) = (x + w * cx, y + w * cy, xx + w * cx * cx, yy + w * cy * cy);
            directions[(int)Math.Floor((Math.Atan2(dy, dx) / Math.Tau + 1 + 1.0 / 16) * 8) & 7] += w * speed;
            if (cx + 1 >= columns || cy + 1 >= field.Rows || cx == 0 || cy == 0) continue;
            var (xr, xd, yr, yd) = (field.X[i + 1] - field.X[i - 1], field.X[i + columns] - field.X[i - columns], field.Y[i + 1] - field.Y[i - 1], field.Y[i + columns] - field.Y[i - columns]);
            (div, curl, edge, edges) = (div + Math.Abs(xr + yd) / 2, curl + Math.Abs(yr - xd) / 2, edge + Math.Sqrt(xr * xr + xd * xd + yr * yr + yd * yd) / 2, edges + 1);
        }

        if (cells == 0) return new double[Names.Count];
        var (mx, my, meanSpeed) = (x / weight, y / weight, flow / weight);
        double entropy = 0, all = directions.Sum();
        foreach (var one in directions)
            if (one > 0) entropy -= one / all * Math.Log2(one / all);
        var (first, second) = (blobs.Count > 0 ? blobs[0] : null, blobs.Count > 1 ? blobs[1] : null);
        double apart = 0, closing = 0;
        if (first is not null && second is not null)
        {
            apart = Math.Sqrt(Square(first.X - second.X) + Square(first.Y - second.Y)) / body;
            closing = Math.Sqrt(Square(first.SpeedX - second.SpeedX) + Square(first.SpeedY - second.SpeedY)) / body;
        }

        return
        [
            cells / (body * body), (double)cells / n, weight / (body * body),
            At(speeds, 0.5), At(speeds, 0.75), At(speeds, 0.9), At(speeds, 0.97),
            Math.Sqrt(vx * vx + vy * vy) / (flow + 1e-6), entropy,
            div / (edges + 1) / (meanSpeed + 0.02), curl / (edges + 1) / (meanSpeed + 0.02), At(jerks, 0.75), At(jerks, 0.95),
            Math.Sqrt(Math.Max(0, xx / weight - mx * mx)) / body, Math.Sqrt(Math.Max(0, yy / weight - my * my)) / body,
            Math.Sqrt(vx * vx + vy * vy) / weight / body,
            (first?.Cells ?? 0) / (body * body), blobs.Count == 0 ? 0 : blobs.Max(blob => blob.Height) / body, blobs.Count, apart, closing, (first?.Inner ?? 0) / body,
            edge / (edges + 1) / body, ay / (ax + ay + 1e-6), Math.Sqrt(squares * cells) / weight,
            kept / (keepable + 1e-6), differs / (moves + 1e-6), blobs.Take(4).Max(blob => (double?)blob.Inner) / body ?? 0,
            blobs.Take(4).Max(blob => (double?)(blob.Inner / (Math.Sqrt(Square(blob.SpeedX) + Square(blob.SpeedY)) + 0.02 * body))) ?? 0,
        ];
    }

    /// <summary>The value below which this share of the weight lies.</summary>
    internal static double At(List<(double Value, double Weight)> some, double share)
    {
        if (some.Count == 0) return 0;
        some.Sort((a, b) => a.Value.CompareTo(b.Value));
        var (wanted, sum) = (share * some.Sum(one => one.Weight), 0.0);
        foreach (var (value, weight) in some)
            if ((sum += weight) >= wanted) return value;
        return some[^1].Value;
    }

    static double Square(double x) => x * x;
}
