using Compliance.Domain.Devices;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Maintenance;

namespace Compliance.Domain.Venues;

/// <summary>
/// Every device that ever stood at a venue, retired ones too, every inspection that began there and every maintenance window asked for: where
/// an audit or an evaluation begins to read. Outages are named by the devices' own facts.
/// </summary>
public sealed record VenueRoll(Guid VenueId, IReadOnlyList<Guid> Devices, IReadOnlyList<Guid> Inspections)
{
    public IReadOnlyList<Guid> Maintenance { get; init; } = [];

    public static readonly View<VenueRoll> View = new(
        "venue-roll", 3, fact => fact switch
        {
            DeviceEvent.Registered f => f.VenueId,
            InspectionEvent.Started f => f.VenueId,
            MaintenanceEvent.Requested f => f.VenueId,
            _ => null,
        }, Apply, _ => null, roll => roll.VenueId.ToString("N"));

    static VenueRoll? Apply(VenueRoll? roll, object fact, Recorded recorded) => fact switch
    {
        DeviceEvent.Registered f => Begun(roll, f.VenueId) with { Devices = With(roll?.Devices, f.DeviceId) },
        InspectionEvent.Started f => Begun(roll, f.VenueId) with { Inspections = With(roll?.Inspections, f.InspectionId) },
        MaintenanceEvent.Requested f => Begun(roll, f.VenueId) with { Maintenance = With(roll?.Maintenance, f.MaintenanceId) },
        _ => roll,
    };

    static VenueRoll Begun(VenueRoll? roll, Guid venue) => roll ?? new(venue, [], []);

    static IReadOnlyList<Guid> With(IReadOnlyList<Guid>? known, Guid id) => [.. known?.Where(k => k != id) ?? [], id];
}
