using Compliance.Domain.Contacts;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Guards;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Panels;

namespace Compliance.Domain.Venues;

/// <summary>
/// Every device that ever stood at a venue, retired ones too, every inspection that began there and every maintenance window asked for,
/// every order of an act, every panel and contact that speaks for a device, every night's sheet of guards and every entry of the incident book: where an audit or an evaluation begins to read. Outages are named by the devices' own facts.
/// </summary>
public sealed record VenueRoll(Guid VenueId, IReadOnlyList<Guid> Devices, IReadOnlyList<Guid> Inspections)
{
    public IReadOnlyList<Guid> Maintenance { get; init; } = [];

    /// <summary>Duties that the acts of inspections ordered.</summary>
    public IReadOnlyList<Guid> Orders { get; init; } = [];

    /// <summary>Nights that have a sheet of guards, in the order they were begun.</summary>
    public IReadOnlyList<DateOnly> Nights { get; init; } = [];

    /// <summary>Entries of the incident book, and the day each happened.</summary>
    public IReadOnlyList<RolledEntry> Book { get; init; } = [];

    /// <summary>Fire alarms with a panel that reports, and exits with a contact.</summary>
    public IReadOnlyList<Guid> Panels { get; init; } = [];

    public IReadOnlyList<Guid> Contacts { get; init; } = [];

    public static readonly View<VenueRoll> View = new(
        "venue-roll", 6, fact => fact switch
        {
            DeviceEvent.Registered f => f.VenueId,
            InspectionEvent.Started f => f.VenueId,
            MaintenanceEvent.Requested f => f.VenueId,
            DutyEvent.Arose { Source: DutySource.OfFinding } f => f.VenueId,
            PanelEvent.Enrolled f => f.VenueId,
            ContactEvent.Fitted f => f.VenueId,
            ShiftEvent f => f.VenueId,
            BookEvent.Opened { OutageId: null } f => f.VenueId,
            _ => null,
        }, Apply, _ => null, roll => roll.VenueId.ToString("N"));

    static VenueRoll? Apply(VenueRoll? roll, object fact, Recorded recorded) => fact switch
    {
        DeviceEvent.Registered f => Begun(roll, f.VenueId) with { Devices = With(roll?.Devices, f.DeviceId) },
        InspectionEvent.Started f => Begun(roll, f.VenueId) with { Inspections = With(roll?.Inspections, f.InspectionId) },
        MaintenanceEvent.Requested f => Begun(roll, f.VenueId) with { Maintenance = With(roll?.Maintenance, f.MaintenanceId) },
        DutyEvent.Arose f => Begun(roll, f.VenueId) with { Orders = With(roll?.Orders, f.DutyId) },
        PanelEvent.Enrolled f => Begun(roll, f.VenueId) with { Panels = With(roll?.Panels, f.PanelId) },
        ContactEvent.Fitted f => Begun(roll, f.VenueId) with { Contacts = With(roll?.Contacts, f.DeviceId) },
        ShiftEvent f => roll?.Nights.Contains(f.Night) == true ? roll : Begun(roll, f.VenueId) with { Nights = [.. roll?.Nights ?? [], f.Night] },
        BookEvent.Opened f => Begun(roll, f.VenueId) with { Book = [.. roll?.Book ?? [], new(f.EntryId, VenueZone.Day(f.HappenedAt))] },
        _ => roll,
    };

    static VenueRoll Begun(VenueRoll? roll, Guid venue) => roll ?? new(venue, [], []);

    static IReadOnlyList<Guid> With(IReadOnlyList<Guid>? known, Guid id) => [.. known?.Where(k => k != id) ?? [], id];
}

/// <summary>An entry of the incident book, and the day it happened.</summary>
public sealed record RolledEntry(Guid EntryId, DateOnly Day);
