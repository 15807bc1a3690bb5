namespace Compliance.Probe.Eyes;

/// <summary>What a whole window shows and no pair of frames does: whether motion stays in its place, and whether it leads anywhere.</summary>
internal static class WholeMotion
{
    public static readonly IReadOnlyList<string> Names =
        ["way-kept", "way-kept-crosswise", "place-kept-soon", "place-kept-late", "ever-moved", "often-moved", "often-of-ever", "densest-tenth", "middle-way", "middle-leads", "burst", "burst-length"];

    public static double[] Of(IReadOnlyList<MotionField> fields, double body)
    {
        var result = new double[Names.Count];
        if (fields.Count < 2) return result;
        var (n, columns) = (fields[0].Energy.Length, fields[0].Columns);
        var (times, action) = (new int[n], new double[n]);
        double net = 0, way = 0, crosswise = 0;
        for (var i = 0; i < n; i++)
        {
            double x = 0, y = 0, length = 0, sideways = 0;
            foreach (var field in fields)
            {
                if (field.Energy[i] <= Blob.Moving) continue;
                times[i]++;
                var speed = Math.Sqrt(field.X[i] * field.X[i] + field.Y[i] * field.Y[i]);
                (x, y, length, sideways) = (x + field.X[i], y + field.Y[i], length + speed, sideways + Math.Abs(field.X[i]));
            }

            action[i] = length;
            (net, way, crosswise) = (net + Math.Sqrt(x * x + y * y), way + length, crosswise + sideways - Math.Abs(x));
        }

        var (ever, often) = (times.Count(t => t > 0), times.Count(t => t * 3 >= fields.Count));
        var sorted = action.OrderDescending().ToArray();
        var middles = fields.Select(Middle).ToList();
        var steps = middles.Zip(middles.Skip(1), Apart).Sum();
        var sums = fields.Select(field => (double)field.Energy.Sum()).ToList();
        var mean = sums.Average() + 1e-6;
        return
        [
            net / (way + 1e-6), crosswise / (way + 1e-6), Overlap(fields, 3), Overlap(fields, 8), ever / (body * body), often / (body * body), often / (ever + 1.0),
            sorted.Take(Math.Max(1, ever / 10)).Sum() / (way + 1e-6), steps / body, Apart(middles[0], middles[^1]) / (steps + 1e-6), sums.Max() / mean, sums.Count(sum => sum > 1.3 * mean) / (double)sums.Count,
        ];

        (double X, double Y) Middle(MotionField field)
        {
            double weight = 1e-6, x = 0, y = 0;
            for (var i = 0; i < n; i++)
                if (field.Energy[i] > Blob.Moving) (weight, x, y) = (weight + field.Energy[i], x + field.Energy[i] * (i % columns), y + field.Energy[i] * (i / columns));
            return (x / weight, y / weight);
        }
    }

    static double Apart((double X, double Y) a, (double X, double Y) b) => Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));

    /// <summary>How much of what moves in a frame moves again so many later.</summary>
    static double Overlap(IReadOnlyList<MotionField> fields, int later)
    {
        double both = 0, any = 1e-6;
        for (var t = 0; t + later < fields.Count; t++)
            for (var i = 0; i < fields[t].Energy.Length; i++)
            {
                var (now, then) = (fields[t].Energy[i] > Blob.Moving, fields[t + later].Energy[i] > Blob.Moving);
                if (now && then) both++;
                if (now || then) any++;
            }

        return both / any;
    }
}
