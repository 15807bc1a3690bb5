using Compliance.Domain.Kernel;
using static Compliance.Domain.Detectors.ViewCalibration;

namespace Compliance.Domain.Detectors;

/// <summary>
/// What is wrong with a calibration as it was drawn. A camera whose persons are too tall, too small or upside down would judge no motion rightly, so what cannot be is not taken; what can be, and is
/// silly, stands for all to see with whoever drew it.
/// </summary>
static class CalibrationFaults
{
    /// <summary>Of the picture's height.</summary>
    const double Smallest = 0.03, Tallest = 1;

    /// <summary>Of the whole picture: less is no place to stand in.</summary>
    const double LeastArea = 0.001;

    /// <summary>Whoever stands this much lower in the picture stands nearer, and grown persons differ in height by no more than this share.</summary>
    const double Nearer = 0.02, Differ = 0.75;

    /// <param name="exits">Those of the camera's venue.</param>
    public static Refusal? Of(ViewCalibration drawn, IReadOnlySet<Guid> exits) => drawn switch
    {
        { Persons.Count: < FewestMarks or > MostMarks } =>
            new("device.calibration-persons", $"Mark {FewestMarks} to {MostMarks} persons, near and far.", "persons"),
        _ when !drawn.Persons.All(IsPerson) =>
            new("device.calibration-person-impossible", "A person's head is above the feet, both are in the picture, and a person takes 3 to 100 per cent of its height.", "persons"),
        _ when drawn.Persons.Any(far => drawn.Persons.Any(near => near.Foot.Y > far.Foot.Y + Nearer && near.Height < Differ * far.Height)) =>
            new("device.calibration-reversed", "Whoever stands lower in the picture stands nearer and looks no smaller.", "persons"),
        { MostPersons: < 1 or > LargestCrowd } => new("device.calibration-crowd-impossible", $"A floor holds 1 to {LargestCrowd} persons.", "mostPersons"),
        { MostPersons: not null, Floor.Count: 0 } => new("device.calibration-floor-missing", "Draw the floor that holds so many.", "floor"),
        { KeptClear.Count: > MostZones } => new("device.calibration-zones", $"At most {MostZones} places are kept clear.", "keptClear"),
        _ when drawn.Floor.Count > 0 && !IsShape(drawn.Floor) => Shape("floor"),
        _ when !drawn.KeptClear.All(zone => IsShape(zone.Corners)) => Shape("keptClear"),
        _ when drawn.KeptClear.Any(zone => zone.ExitId is { } exit && !exits.Contains(exit)) =>
            new("device.calibration-exit-foreign", "A place that is kept clear belongs to an exit of this venue, or to none.", "keptClear"),
        _ => null,
    };

    /// <summary>A finger is no finer than a ten-thousandth of the picture.</summary>
    public static ViewCalibration Rounded(ViewCalibration drawn) => new(
        [.. drawn.Persons.Select(p => new PersonMark(Rounded(p.Foot), Rounded(p.Head)))], [.. drawn.Floor.Select(Rounded)], drawn.MostPersons,
        [.. drawn.KeptClear.Select(zone => zone with { Corners = [.. zone.Corners.Select(Rounded)] })]);

    static ViewPoint Rounded(ViewPoint point) => new(Math.Round(point.X, 4), Math.Round(point.Y, 4));

    static Refusal Shape(string field) => new("device.calibration-shape", $"A floor or a place kept clear has {FewestCorners} to {MostCorners} corners in the picture, does not cross itself and is not empty.", field);

    static bool IsPerson(PersonMark person) => IsInside(person.Foot) && IsInside(person.Head) && person.Height is >= Smallest - 1e-9 and <= Tallest;

    static bool IsInside(ViewPoint point) => point.X is >= 0 and <= 1 && point.Y is >= 0 and <= 1;

    static bool IsShape(IReadOnlyList<ViewPoint> corners) =>
        corners.Count is >= FewestCorners and <= MostCorners && corners.All(IsInside) && ViewShape.Area(corners) >= LeastArea && !CrossesItself(corners);

    /// <summary>Two sides meet that are no neighbours, or two neighbours fold back on each other.</summary>
    static bool CrossesItself(IReadOnlyList<ViewPoint> c)
    {
        for (var i = 0; i < c.Count; i++)
            for (var j = i + 1; j < c.Count; j++)
            {
                var (a, b, d, e) = (c[i], c[(i + 1) % c.Count], c[j], c[(j + 1) % c.Count]);
                if (a == d || (j == i + 1 ? Touches(a, b, e) || Touches(d, e, a) : i == 0 && j == c.Count - 1 ? Touches(a, b, d) || Touches(d, e, b) : Meet(a, b, d, e))) return true;
            }

        return false;
    }

    static bool Meet(ViewPoint a, ViewPoint b, ViewPoint c, ViewPoint d) =>
        (Side(a, b, c) * Side(a, b, d) < 0 && Side(c, d, a) * Side(c, d, b) < 0) || Touches(a, b, c) || Touches(a, b, d) || Touches(c, d, a) || Touches(c, d, b);

    /// <summary>Whether a point lies on a side.</summary>
    static bool Touches(ViewPoint a, ViewPoint b, ViewPoint p) =>
        Side(a, b, p) == 0 && p.X >= Math.Min(a.X, b.X) && p.X <= Math.Max(a.X, b.X) && p.Y >= Math.Min(a.Y, b.Y) && p.Y <= Math.Max(a.Y, b.Y);

    /// <summary>On which side of a line a point lies; nearer to it than rounding tells is on it.</summary>
    static int Side(ViewPoint a, ViewPoint b, ViewPoint p) => (b.X - a.X) * (p.Y - a.Y) - (b.Y - a.Y) * (p.X - a.X) is var cross && Math.Abs(cross) < 1e-9 ? 0 : Math.Sign(cross);
}
