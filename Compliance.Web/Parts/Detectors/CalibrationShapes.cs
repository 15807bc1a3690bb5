using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Web.Parts.Venues;

namespace Compliance.Web.Parts.Detectors;

/// <summary>A calibration as it is drawn: a sheet a thousand units wide, in the shape of the picture.</summary>
public static class CalibrationShapes
{
    public const double Width = PlanShapes.Width;

    /// <summary>Where nobody measured the picture.</summary>
    const double UsualRatio = 16.0 / 9;

    /// <summary>Persons are drawn to try it in so many columns, one in each, so that none hides another; near and far take turns.</summary>
    const int Columns = 14, Rows = 5, Turn = 2;

    /// <summary>Of the sheet, by the shape of the picture as it was measured last.</summary>
    public static double HeightOf(DeviceCard camera) => Width / (camera.Measured is { Width: > 0 and var width, Height: > 0 and var height } ? (double)width / height : UsualRatio);

    public static string Points(IEnumerable<ViewPoint> corners, double height) => string.Join(' ', corners.Select(c => $"{PlanShapes.N(c.X * Width)},{PlanShapes.N(c.Y * height)}"));

    public static string At(ViewPoint point, double height) => $"translate({PlanShapes.N(point.X * Width)} {PlanShapes.N(point.Y * height)})";

    /// <summary>Persons as detectors expect them all over the floor: where one is too tall or too small beside the picture, a mark is wrong.</summary>
    public static IReadOnlyList<PersonMark> Expected(this ViewCalibration view)
    {
        var (top, bottom) = view.Floor.Count > 0 ? (view.Floor.Min(c => c.Y), view.Floor.Max(c => c.Y)) : (Math.Max(0.1, view.Persons.Min(p => p.Foot.Y) - 0.1), 1);
        return [.. from column in Enumerable.Range(0, Columns)
            let foot = new ViewPoint((column + 0.5) / Columns, top + (bottom - top) * (column * Turn % Rows + 0.5) / Rows)
            where view.Floor.Count == 0 || Holds(view.Floor, foot)
            select new PersonMark(foot, foot with { Y = foot.Y - view.HeightAt(foot.Y) })];
    }

    /// <summary>Of the whole picture, 0 to 1 (the shoelace formula).</summary>
    public static double Share(IReadOnlyList<ViewPoint> corners) =>
        Math.Abs(Enumerable.Range(0, corners.Count).Sum(i => (A: corners[i], B: corners[(i + 1) % corners.Count]) is var side ? side.A.X * side.B.Y - side.B.X * side.A.Y : 0)) / 2;

    /// <summary>Whether a place is inside: a line from it to the right meets the wall an odd number of times.</summary>
    static bool Holds(IReadOnlyList<ViewPoint> corners, ViewPoint p) => Enumerable.Range(0, corners.Count).Count(i =>
        (A: corners[i], B: corners[(i + 1) % corners.Count]) is var side && side.A.Y > p.Y != side.B.Y > p.Y && p.X < side.A.X + (side.B.X - side.A.X) * (p.Y - side.A.Y) / (side.B.Y - side.A.Y)) % 2 == 1;
}
