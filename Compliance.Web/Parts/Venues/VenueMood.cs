using Compliance.Domain.Devices;
using Compliance.Domain.Venues;

namespace Compliance.Web.Parts.Venues;

/// <summary>How a venue, or several, stand: what calls for somebody, what nobody knows, and what one of them lacks altogether.</summary>
public sealed record VenueMood(int Up, int Down, int Unknown, bool NoFireAlarm = false, bool NoExit = false)
{
    public int Devices => Up + Down + Unknown;

    public Availability Availability => this switch
    {
        { Down: > 0 } => Domain.Devices.Availability.Down,
        { Unknown: > 0 } or { Up: 0 } => Domain.Devices.Availability.Unknown,
        _ => Domain.Devices.Availability.Up,
    };

    public static VenueMood Of(params IEnumerable<VenueCard> venues)
    {
        var all = venues.SelectMany(v => v.Devices.Values).ToLookup(d => d.Verdict.Availability());
        return new(
            all[Domain.Devices.Availability.Up].Count(), all[Domain.Devices.Availability.Down].Count(), all[Domain.Devices.Availability.Unknown].Count(),
            Lacks(DeviceKind.FireAlarm), Lacks(DeviceKind.Exit));

        bool Lacks(DeviceKind kind) => venues.Any(venue => venue.ClosedBecause is null && venue.Count(kind) == 0);
    }
}
