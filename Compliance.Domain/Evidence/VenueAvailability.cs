using Compliance.Domain.Devices;

namespace Compliance.Domain.Evidence;

/// <summary>The attributed availability of a venue's devices over some time, by a named version of the formula.</summary>
public sealed record VenueAvailability(Guid VenueId, Period Period, string Formula, IReadOnlyList<DeviceAvailability> Devices)
{
    public static VenueAvailability Of(VenueAudit audit) => new(audit.VenueId, audit.Period, audit.Formula,
        [.. audit.Devices.Where(d => d.Score is not null).Select(d => new DeviceAvailability(d.DeviceId, d.Spec.Kind, d.Score!.Value))]);

    /// <summary>Of all devices of one kind together.</summary>
    public AvailabilityScore Score(DeviceKind kind) =>
        Devices.Where(d => d.Kind == kind).Aggregate(AvailabilityScore.None, (sum, d) => sum + d.Score.Mandated);
}

public sealed record DeviceAvailability(Guid DeviceId, DeviceKind Kind, DeviceScore Score);
