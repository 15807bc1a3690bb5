using Compliance.Domain.Kernel;

namespace Compliance.Domain.Devices;

/// <summary>A verdict as it was stored before it named the outage that it continues.</summary>
[EventName("device.verdict-changed.v1")]
public sealed record VerdictChangedV1(
    Guid DeviceId, Guid VenueId, DeviceKind Kind, Verdict From, Verdict To,
    DateTimeOffset Since, DateTimeOffset ObservedAt, Guid? OutageId, string Detail, Measured? Measured) : IUpcast
{
    public object Upcast() => new DeviceEvent.VerdictChanged(DeviceId, VenueId, Kind, From, To, Since, ObservedAt, OutageId, Detail, Measured);
}
