using System.Globalization;
using Compliance.Probe.Eyes.Still;

namespace Compliance.Probe.Eyes.Bodies;

/// <summary>
/// Somebody who fell and stays down while others are close: a tall patch that differs from the empty view is a flat one within a second and a half, stays flat, and somebody comes near. Who sits
/// down or bends is not flat; who lies down alone is nobody's aggression.
/// </summary>
internal sealed class Falls(BodyScale scale)
{
    /// <summary>In body heights: tall is so high and narrower than that share of it; flat is at most so high, and so many times as wide as high.</summary>
    const double Tall = 0.7, Narrow = 0.75, Flat = 0.55, Wide = 1.25;

    /// <summary>How far, in body heights, the feet may be from where they were; how near others are, and how much nearer they come.</summary>
    const double Place = 0.9, Near = 3, Nearer = 0.25;

    /// <summary>Of a person's area a patch that lies shows at least so much; samples of half a second: so long ago it was tall, so long it has been flat.</summary>
    const double Area = 0.35;
    const int WasTall = 4, IsFlat = 2;

    /// <summary>Where a person would be higher than this share of the picture nobody is seen whole, and nothing is said.</summary>
    const double Whole = 0.6;

    static readonly Rise Certain = new(0, 6);

    public static string Configuration => string.Create(CultureInfo.InvariantCulture,
        $"fall: tall {Tall}, narrow {Narrow}, flat {Flat}, wide {Wide}, place {Place}, near {Near}, nearer {Nearer}, area {Area}, whole {Whole}, {WasTall} and {IsFlat} samples; {Background.Configuration}");

    readonly Background _background = new(TimeSpan.FromMinutes(30));
    readonly Queue<(TimeSpan At, IReadOnlyList<CellPatch> Patches)> _before = new();
    readonly List<Lying> _lying = [];

    sealed class Lying(CellPatch patch, TimeSpan since)
    {
        public CellPatch Patch { get; set; } = patch;
        public TimeSpan Since => since;
        public int Samples { get; set; } = 1;
        public int Missed { get; set; }
        public double Farthest { get; set; }
        public bool IsCome { get; set; }
    }

    /// <summary>How much it looks like one, 0 to 1; null where this instant was no sample.</summary>
    public double? See(Glance glance)
    {
        if (!_background.See(glance) || !_background.Knows) return null;
        var patches = CellPatch.Of(_background.Columns, _background.Rows, i => _background.Now[i]);
        foreach (var lying in _lying) Go(lying, patches);
        _lying.RemoveAll(lying => lying.Missed > 2);
        foreach (var patch in patches.Where(IsDown))
            if (!_lying.Exists(lying => Off(lying.Patch, patch) < Place * Body(patch)) && WasUp(patch)) _lying.Add(new(patch, glance.At));
        _before.Enqueue((glance.At, patches));
        if (_before.Count > WasTall) _before.Dequeue();
        var sure = _lying.Where(lying => lying.Samples > IsFlat && lying.IsCome).Max(lying => (int?)lying.Samples) ?? 0;
        return Certain.Of(sure);
    }

    double Body(CellPatch patch) => scale.AtFoot(patch.Foot, _background.Rows);

    bool IsDown(CellPatch patch) => Body(patch) is var body && body <= Whole * _background.Rows && patch.Height <= Flat * body && patch.Width >= Wide * patch.Height && patch.Cells.Count >= Area * Crowds.Occupancy.Area(body) && patch.Width <= 1.8 * body;

    bool IsUp(CellPatch patch) => Body(patch) is var body && patch.Height >= Tall * body && patch.Width <= Narrow * patch.Height;

    bool WasUp(CellPatch flat) => _before.Any(then => then.Patches.Any(patch => IsUp(patch) && Off(patch, flat) < Place * Body(flat)));

    /// <summary>Between where two stand, in cells.</summary>
    static double Off(CellPatch a, CellPatch b) => Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Foot - b.Foot) * (a.Foot - b.Foot));

    void Go(Lying lying, IReadOnlyList<CellPatch> patches)
    {
        var body = Body(lying.Patch);
        var cells = lying.Patch.Cells.ToHashSet();
        if (patches.FirstOrDefault(patch => IsDown(patch) && patch.Cells.Any(cells.Contains)) is { } same) (lying.Patch, lying.Missed, lying.Samples) = (same, 0, lying.Samples + 1);
        else if (patches.FirstOrDefault(patch => patch.Cells.Count(cells.Contains) * 2 > cells.Count && patch.Cells.Count > 1.5 * cells.Count) is not null) (lying.IsCome, lying.Samples) = (true, lying.Samples + 1); // somebody stands over who lies there: one patch now
        else lying.Missed++;
        var nearest = patches.Where(patch => IsUp(patch) && !patch.Cells.Any(cells.Contains)).Select(patch => Off(patch, lying.Patch) / body).DefaultIfEmpty(double.PositiveInfinity).Min();
        if (nearest > Near) return;
        lying.Farthest = Math.Max(lying.Farthest, nearest);
        lying.IsCome |= lying.Farthest - nearest >= Nearer;
    }
}
