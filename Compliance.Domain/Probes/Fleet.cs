using Compliance.Domain.Devices;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Probes;

/// <summary>One camera of the fleet: what is held true of it, where it hangs, and which probe holds its venue. No address and no picture.</summary>
public sealed record FleetRow(
    Guid DeviceId, Guid VenueId, string NameKk, string NameRu, string District, string PlaceKk, string PlaceRu,
    Verdict Verdict, string Detail, DateTimeOffset? Since, Guid? ProbeId, string? ProbeName, int? EverySeconds);

/// <summary>One venue on the map of the fleet.</summary>
public sealed record FleetPlace(Guid VenueId, string NameKk, string NameRu, string District, GeoPosition Position, int Up, int Down, int Unknown);
