namespace Compliance.Probe.Eyes.Persons;

/// <summary>How persons stand to each other and move, by their boxes, in body heights: how near, how much over each other, who moves how. Never who they are.</summary>
internal static class PersonFacts
{
    static readonly string[] PerFrame =
        ["count", "nearest", "overlap", "aspect", "speed", "speed90", "inside", "density", "second", "closing", "moved", "grown", "upper", "sure", "disorder"];

    public static readonly IReadOnlyList<string> Names =
        [.. from fact in PerFrame from over in new[] { "mean", "most", "deviation" } select $"person-{fact}-{over}", "person-any", "person-height", "person-height-guessed"];

    /// <summary>Less sure boxes are left out. Boxes of small grey frames are mostly between this and 0.8.</summary>
    public const float Sure = 0.35f;

    /// <summary>Boxes lower than this share of a body are parts of somebody.</summary>
    const double SmallestPart = 0.3;

    /// <summary>Body heights between two who are said to be far from each other, or where nobody else is.</summary>
    const double Far = 4;

    /// <summary>Overlap from which a box is the same person as one a fifth of a second before.</summary>
    const double Same = 0.15;

    /// <summary>A person's height in cells: the middle of the boxes' heights, those that move counting more. Null where there is nobody.</summary>
    public static double? Body(IReadOnlyList<MotionField?> fields, IReadOnlyList<IReadOnlyList<PersonBox>?> boxes)
    {
        List<(double Height, double Weight)> some = [.. boxes.SelectMany((all, t) => (all ?? []).Where(box => box.Score >= Sure)
            .Select(box => ((double)box.Height / MotionField.Cell, box.Score * (0.3 + Math.Min(3, Density(fields[t], box))))))];
        return some.Count == 0 ? null : PairFacts.At(some, 0.5);
    }

    /// <param name="boxes">Of each frame; null where nobody was looked for.</param>
    /// <param name="body">A person's height in cells.</param>
    /// <param name="any">Whether it is that of boxes.</param>
    /// <param name="guessed">What it is by what moves, in cells.</param>
    /// <param name="rows">Cells of the picture's height.</param>
    public static double[] Of(IReadOnlyList<MotionField?> fields, IReadOnlyList<IReadOnlyList<PersonBox>?> boxes, double body, bool any, double guessed, int rows)
    {
        var (facts, pixels) = (new List<double[]>(), body * MotionField.Cell);
        List<PersonBox>? before = null;
        for (var t = 0; t < boxes.Count; t++)
        {
            if (boxes[t] is not { } found) continue;
            var all = found.Where(box => box.Score >= Sure && box.Height > pixels * SmallestPart).ToList();
            facts.Add(OfFrame(fields[t] ?? (t + 1 < fields.Count ? fields[t + 1] : null), all, before, body));
            before = all;
        }

        var result = new double[Names.Count];
        for (var k = 0; k < PerFrame.Length && facts.Count > 0; k++)
        {
            var mean = facts.Average(one => one[k]);
            result[3 * k] = mean;
            result[(3 * k) + 1] = PerFrame[k] == "nearest" ? facts.Min(one => one[k]) : facts.Max(one => one[k]);
            result[(3 * k) + 2] = Math.Sqrt(facts.Average(one => (one[k] - mean) * (one[k] - mean)));
        }

        (result[^3], result[^2], result[^1]) = (any ? 1 : 0, body / rows, guessed / rows);
        return result;
    }

    static double[] OfFrame(MotionField? field, List<PersonBox> all, List<PersonBox>? before, double body)
    {
        var pixels = body * MotionField.Cell;
        double nearest = Far, overlap = 0, moved = 0, grown = 0;
        (PersonBox, PersonBox)? pair = null;
        for (var i = 0; i < all.Count; i++)
            for (var j = 0; j < i; j++)
            {
                overlap = Math.Max(overlap, all[i].Overlap(all[j]));
                if (Apart(all[i], all[j]) / pixels is var apart && apart < nearest) (nearest, pair) = (apart, (all[i], all[j]));
            }

        foreach (var box in before is { Count: > 0 } ? all : [])
        {
            var then = before!.MaxBy(other => other.Overlap(box));
            if (then.Overlap(box) < Same) continue;
            (moved, grown) = (Math.Max(moved, Apart(then, box) / pixels), Math.Max(grown, Math.Abs(Math.Log(then.Height / box.Height))));
        }

        var motion = field is not null && all.Count > 0 ? Motion(field, all, body) : default;
        return
        [
            all.Count, nearest, overlap, all.Select(box => (double)box.Width / box.Height).DefaultIfEmpty(0).Max(), motion.Speed, motion.Speed90, motion.Inside, motion.Density, motion.Second,
            field is not null && pair is var (a, b) ? Closing(field, a, b) / body : 0, moved, grown, motion.Upper, all.Select(box => (double)box.Score).DefaultIfEmpty(0).Average(), motion.Disorder,
        ];
    }

    /// <param name="Inside">The share of all change that is in boxes.</param>
    /// <param name="Density">Change a cell in the box where most changes; <paramref name="Second"/>: of the next one as a share of it; <paramref name="Upper"/>: the share of its upper half; <paramref name="Disorder"/>: how its parts differ.</param>
    readonly record struct BoxMotion(double Speed, double Speed90, double Inside, double Density, double Second, double Upper, double Disorder);

    static BoxMotion Motion(MotionField field, List<PersonBox> all, double body)
    {
        var (densities, counted) = (new List<double>(), new HashSet<int>());
        double inside = 0, weight = 0, flow = 0, most = -1, upper = 0, disorder = 0, speed90 = 0;
        foreach (var box in all)
        {
            double energy = 0, vx = 0, vy = 0, square = 0, above = 0, below = 0;
            var (cells, speeds) = (0, new List<(double, double)>());
            foreach (var i in Cells(field, box))
            {
                cells++;
                double e = field.Energy[i], x = field.X[i], y = field.Y[i], v = Math.Sqrt(x * x + y * y);
                if (e <= Blob.Moving) continue;
                if (counted.Add(i)) inside += e;
                speeds.Add((v / body, e));
                (energy, vx, vy, square, weight, flow) = (energy + e, vx + e * x, vy + e * y, square + e * v * v, weight + e, flow + e * v / body);
                if (i / field.Columns * MotionField.Cell < box.CentreY) above += e * v;
                else below += e * v;
            }

            if (cells == 0) continue;
            densities.Add(energy / cells);
            speed90 = Math.Max(speed90, PairFacts.At(speeds, 0.9));
            if (energy / cells <= most) continue;
            (most, vx, vy) = (energy / cells, vx / (energy + 1e-6), vy / (energy + 1e-6));
            (upper, disorder) = (above / (above + below + 1e-6), Math.Sqrt(Math.Max(0, square / (energy + 1e-6) - vx * vx - vy * vy)) / body);
        }

        densities.Sort((a, b) => b.CompareTo(a));
        return new(flow / (weight + 1e-6), speed90, inside / (field.Energy.Sum() + 1e-6), densities.FirstOrDefault(), densities.Count > 1 ? densities[1] / (densities[0] + 0.1) : 0, upper, disorder);
    }

    static double Closing(MotionField field, PersonBox a, PersonBox b)
    {
        var ((ax, ay), (bx, by)) = (Mean(field, a), Mean(field, b));
        return Math.Sqrt((ax - bx) * (ax - bx) + (ay - by) * (ay - by));
    }

    static (double X, double Y) Mean(MotionField field, PersonBox box)
    {
        double weight = 1e-6, x = 0, y = 0;
        foreach (var i in Cells(field, box))
            if (field.Energy[i] > Blob.Moving) (weight, x, y) = (weight + field.Energy[i], x + field.Energy[i] * field.X[i], y + field.Energy[i] * field.Y[i]);
        return (x / weight, y / weight);
    }

    static double Density(MotionField? field, PersonBox box) => field is null ? 0 : Cells(field, box).Select(i => (double)field.Energy[i]).DefaultIfEmpty(0).Average();

    static double Apart(PersonBox a, PersonBox b) => Math.Sqrt(((a.CentreX - b.CentreX) * (a.CentreX - b.CentreX)) + ((a.CentreY - b.CentreY) * (a.CentreY - b.CentreY)));

    static IEnumerable<int> Cells(MotionField field, PersonBox box)
    {
        int At(double pixels, int most) => Math.Clamp((int)pixels, 0, most);
        var (left, right) = (At(box.X / MotionField.Cell, field.Columns), At(Math.Ceiling((box.X + box.Width) / MotionField.Cell), field.Columns));
        var (top, bottom) = (At(box.Y / MotionField.Cell, field.Rows), At(Math.Ceiling((box.Y + box.Height) / MotionField.Cell), field.Rows));
        for (var y = top; y < bottom; y++)
            for (var x = left; x < right; x++) yield return (y * field.Columns) + x;
    }
}
