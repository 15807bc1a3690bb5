using Compliance.Domain.Venues;
using VenueSimulator.Cities;

namespace VenueSimulator.Seeding;

/// <summary>An invented floor for a venue of the demo: a hall with a foyer, cameras in its corners and along its walls that look inwards, doors in the walls.</summary>
internal static class DemoPlan
{
    private static readonly PlanPoint[] Wall = [new(.06, .08), new(.72, .08), new(.72, .24), new(.94, .24), new(.94, .92), new(.06, .92)];

    /// <summary>Where cameras hang, and which way is inwards from there (degrees clockwise from the top).</summary>
    private static readonly (double X, double Y, double Inwards)[] Corners = [(.11, .86, 45), (.4, .13, 180), (.89, .3, 235), (.66, .13, 200), (.89, .86, 315), (.11, .14, 135), (.5, .87, 0), (.11, .5, 90)];

    private static readonly (double X, double Y)[] Doors = [(.06, .7), (.94, .6), (.3, .92), (.72, .16), (.55, .08)];

    public static VenueCommand.DrawPlan Of(CityVenue venue)
    {
        IEnumerable<PlanMark> marks =
        [
            .. venue.Cameras.Select((_, i) => Corners[i % Corners.Length] is var at ? new PlanMark(venue.CameraId(i), at.X, at.Y, at.Inwards, 80) : null!),
            .. venue.Exits.Select((_, i) => new PlanMark(venue.ExitId(i), Doors[i % Doors.Length].X, Doors[i % Doors.Length].Y)),
            new PlanMark(venue.PanelId, .2, .08),
        ];
        return new([new Floor(1, 1.5, Wall, null, [.. marks])]);
    }
}
