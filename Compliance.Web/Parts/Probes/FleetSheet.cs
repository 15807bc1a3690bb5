using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Web.Shell;

namespace Compliance.Web.Parts.Probes;

/// <summary>Where each venue lies on a sheet of paper: north above, equal scale both ways, what fails drawn last and so on top.</summary>
/// <param name="Dots">With the middle and the half width of each, in units of the sheet.</param>
/// <param name="BarKm">So many kilometres are as long as <paramref name="BarLength"/>.</param>
public sealed record FleetSheet(double Height, IReadOnlyList<(FleetPlace Place, double X, double Y, double R)> Dots, double BarKm, double BarLength)
{
    const double Margin = 26, KmPerDegree = 111.32, Smallest = 4.5, Largest = 12;

    /// <summary>Kilometres shown at least: one venue alone is no world.</summary>
    const double LeastKm = 4;

    static readonly double[] Bars = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

    public static Availability StateOf(FleetPlace place) => place.Down > 0 ? Availability.Down : place.Unknown > 0 || place.Up == 0 ? Availability.Unknown : Availability.Up;

    public static FleetSheet Of(IReadOnlyList<FleetPlace> places, double width)
    {
        if (places.Count == 0) return new(width / 2, [], 1, width / 10);
        var (south, north) = (places.Min(p => p.Position.Latitude), places.Max(p => p.Position.Latitude));
        var (west, east) = (places.Min(p => p.Position.Longitude), places.Max(p => p.Position.Longitude));
        var narrowing = Math.Cos((south + north) / 2 * Math.PI / 180); // of a degree of longitude, this far from the equator
        var (wide, high) = (Math.Max((east - west) * KmPerDegree * narrowing, LeastKm), Math.Max((north - south) * KmPerDegree, LeastKm / 2));
        var height = Math.Clamp(((width - (2 * Margin)) * high / wide) + (2 * Margin), width * 0.4, width);
        var perKm = Math.Min((width - (2 * Margin)) / wide, (height - (2 * Margin)) / high);
        var (middleX, middleY) = ((west + east) / 2, (south + north) / 2);
        var bar = Bars.LastOrDefault(km => km * perKm <= width / 4, Bars[0]);
        return new(height, [.. places.OrderBy(Rank).Select(place => (place,
            (width / 2) + ((place.Position.Longitude - middleX) * KmPerDegree * narrowing * perKm),
            (height / 2) - ((place.Position.Latitude - middleY) * KmPerDegree * perKm),
            Math.Clamp(3 + Math.Sqrt(place.Up + place.Down + place.Unknown), Smallest, Largest)))], bar, bar * perKm);
    }

    static int Rank(FleetPlace place) => StateOf(place) switch
    {
        Availability.Down => 2,
        Availability.Unknown => 1,
        _ => 0,
    };
}

/// <summary>The names of venues and places in the reader's language.</summary>
public static class FleetNames
{
    public static string Name(this FleetPlace place) => Languages.Current == "kk" ? place.NameKk : place.NameRu;

    public static string Name(this HeldVenue venue) => Languages.Current == "kk" ? venue.NameKk : venue.NameRu;

    public static string Name(this FleetRow row) => Languages.Current == "kk" ? row.NameKk : row.NameRu;

    public static string Place(this FleetRow row) => Languages.Current == "kk" ? row.PlaceKk : row.PlaceRu;
}
