using System.Globalization;
using Compliance.Domain.Venues;

namespace Compliance.Web.Parts.Venues;

/// <summary>A floor as it is drawn: a sheet a thousand units wide, as high as its ratio says.</summary>
public static class PlanShapes
{
    public const double Width = 1000;

    /// <summary>How far a camera's view is drawn; how far it really sees nobody measured.</summary>
    const double Reach = 150;

    public static double Height(this Floor floor) => Width / floor.Ratio;

    public static string Points(this Floor floor) => string.Join(' ', floor.Outline.Select(p => $"{N(p.X * Width)},{N(p.Y * floor.Height())}"));

    public static string At(this Floor floor, double x, double y) => $"translate({N(x * Width)} {N(y * floor.Height())})";

    /// <summary>What a camera sees, from where it hangs: a piece of a disc, or all of one. Degrees go clockwise from the top.</summary>
    public static string Sector(double direction, double angle)
    {
        if (angle >= 360) return $"M 0 {N(-Reach)} A {N(Reach)} {N(Reach)} 0 1 1 0 {N(Reach)} A {N(Reach)} {N(Reach)} 0 1 1 0 {N(-Reach)} Z";
        var (from, to) = (direction - (angle / 2), direction + (angle / 2));
        return $"M 0 0 L {Edge(from)} A {N(Reach)} {N(Reach)} 0 {(angle > 180 ? 1 : 0)} 1 {Edge(to)} Z";

        static string Edge(double degrees) => double.DegreesToRadians(degrees) is var a ? $"{N(Reach * Math.Sin(a))} {N(-Reach * Math.Cos(a))}" : "";
    }

    /// <summary>The cameras that stand nearest to one on its floor, that one first; those on no plan come last, as they are registered.</summary>
    public static IReadOnlyList<Guid> NearestTo(this PlanCard? plan, Guid camera, IReadOnlyList<Guid> cameras)
    {
        var (floor, here) = (plan?.Floors ?? []).SelectMany(f => f.Marks, (f, m) => (f, m)).FirstOrDefault(on => on.m.DeviceId == camera);
        return [.. cameras.OrderBy(id => id == camera ? -1 : here is not null && floor.Marks.FirstOrDefault(m => m.DeviceId == id) is { } there ? Distance(here, there, floor.Ratio) : double.MaxValue)];
    }

    static double Distance(PlanMark a, PlanMark b, double ratio) => Math.Sqrt(Math.Pow(a.X - b.X, 2) + Math.Pow((a.Y - b.Y) / ratio, 2));

    public static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
