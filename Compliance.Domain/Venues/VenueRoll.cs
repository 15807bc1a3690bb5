using Compliance.Domain.Devices;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Venues;

/// <summary>
/// Every device that ever stood at a venue, retired ones too, and every inspection that began there: where an audit or an evaluation begins to
/// read. Outages are named by the devices' own facts.
/// </summary>
public sealed record VenueRoll(Guid VenueId, IReadOnlyList<Guid> Devices, IReadOnlyList<Guid> Inspections)
{
    public static readonly View<VenueRoll> View = new(
        "venue-roll", 2, fact => fact switch
        {
            DeviceEvent.Registered f => f.VenueId,
            InspectionEvent.Started f => f.VenueId,
            _ => null,
        }, Apply, _ => null, roll => roll.VenueId.ToString("N"));

    static VenueRoll? Apply(VenueRoll? roll, object fact, Recorded recorded) => fact switch
    {
        DeviceEvent.Registered f => Begun(roll, f.VenueId) with { Devices = With(roll?.Devices, f.DeviceId) },
        InspectionEvent.Started f => Begun(roll, f.VenueId) with { Inspections = With(roll?.Inspections, f.InspectionId) },
        _ => roll,
    };

    static VenueRoll Begun(VenueRoll? roll, Guid venue) => roll ?? new(venue, [], []);

    static IReadOnlyList<Guid> With(IReadOnlyList<Guid>? known, Guid id) => [.. known?.Where(k => k != id) ?? [], id];
}
