using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Outages;

/// <summary>The beginning of an outage as it was stored before it named the one that it continues.</summary>
[EventName("outage.opened.v1")]
public sealed record OutageOpenedV1(
    Guid OutageId, Guid DeviceId, Guid VenueId, DeviceKind Kind, Verdict Verdict, DateTimeOffset StartedAt, string Detail) : IUpcast
{
    public object Upcast() => new OutageEvent.Opened(OutageId, DeviceId, VenueId, Kind, Verdict, StartedAt, Detail);
}
