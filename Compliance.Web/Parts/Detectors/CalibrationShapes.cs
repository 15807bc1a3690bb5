using System.Globalization;
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
            where view.Floor.Count == 0 || ViewShape.Holds(view.Floor, foot.X, foot.Y)
            select new PersonMark(foot, foot with { Y = foot.Y - view.HeightAt(foot.Y) })];
    }

    /// <summary>A share as a reader is told it, without the sign.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.CurrentCulture);
}
