using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Venues;

/// <summary>Every device that ever stood at a venue, retired ones too: where an audit begins to read. Outages are named by the devices' own facts.</summary>
public sealed record VenueRoll(Guid VenueId, IReadOnlyList<Guid> Devices)
{
    public static readonly View<VenueRoll> View = new(
        "venue-roll", 1, fact => (fact as DeviceEvent.Registered)?.VenueId, Apply, _ => null, roll => roll.VenueId.ToString("N"));

    static VenueRoll? Apply(VenueRoll? roll, object fact, Recorded recorded) =>
        fact is DeviceEvent.Registered { DeviceId: var device, VenueId: var venue }
            ? new(venue, [.. roll?.Devices.Where(d => d != device) ?? [], device]) : roll;
}
