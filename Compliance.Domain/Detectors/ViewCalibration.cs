namespace Compliance.Domain.Detectors;

/// <summary>A place in a picture, in shares of its width (from the left) and height (from the top).</summary>
public readonly record struct ViewPoint(double X, double Y);

/// <summary>A grown person who stands, as marked on a still.</summary>
public sealed record PersonMark(ViewPoint Foot, ViewPoint Head)
{
    /// <summary>As a share of the picture's height.</summary>
    public double Height => Foot.Y - Head.Y;
}

/// <summary>A part of the picture that has to stay free.</summary>
/// <param name="ExitId">The exit it belongs to; null where none is registered.</param>
public sealed record ClearZone(Guid? ExitId, IReadOnlyList<ViewPoint> Corners);

/// <summary>
/// Where people stand in a camera's picture, how tall they look there, how many the floor it shows may hold, and what must stay free: drawn by a person over a still.
/// Detectors count lengths and speeds in body heights by it; without it they guess.
/// </summary>
/// <param name="Persons">At least two, at different distances.</param>
/// <param name="Floor">Corners of where feet may be; empty: anywhere.</param>
/// <param name="MostPersons">So many that part of the floor may hold; null: nobody said.</param>
public sealed record ViewCalibration(IReadOnlyList<PersonMark> Persons, IReadOnlyList<ViewPoint> Floor, int? MostPersons, IReadOnlyList<ClearZone> KeptClear)
{
    /// <summary>Persons that are marked; corners of a floor or a place kept clear; such places; persons a floor may hold.</summary>
    public const int FewestMarks = 2, MostMarks = 6, FewestCorners = 3, MostCorners = 12, MostZones = 8, LargestCrowd = 20_000;

    const double Least = 0.01, Most = 1;

    /// <summary>How tall somebody looks whose feet are at this height of the picture: on an even floor a straight line, here the best one through the marks (least squares).</summary>
    public double HeightAt(double footY)
    {
        var (y, h) = (Persons.Average(p => p.Foot.Y), Persons.Average(p => p.Height));
        var spread = Persons.Sum(p => (p.Foot.Y - y) * (p.Foot.Y - y));
        var slope = spread < 1e-9 ? 0 : Persons.Sum(p => (p.Foot.Y - y) * (p.Height - h)) / spread;
        return Math.Clamp(h + slope * (footY - y), Least, Most);
    }

    public bool Equals(ViewCalibration? other) => other is not null && MostPersons == other.MostPersons && Persons.SequenceEqual(other.Persons) && Floor.SequenceEqual(other.Floor)
        && KeptClear.Count == other.KeptClear.Count && KeptClear.Zip(other.KeptClear).All(pair => pair.First.ExitId == pair.Second.ExitId && pair.First.Corners.SequenceEqual(pair.Second.Corners));

    public override int GetHashCode() => HashCode.Combine(Persons.Count, Floor.Count, MostPersons, KeptClear.Count);
}
