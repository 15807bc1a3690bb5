using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Drills;

/// <summary>A drill as it was raised when nothing was drawn for it; none of them stands any more.</summary>
[EventName("drill.raised.v1")]
public sealed record DrillRaisedV1(
    Guid DrillId, Guid VenueId, Guid ShowingId, Guid ClipId, Guid DeviceId, string District, Detector Detector, bool Shows, Sighting Seen, DateTimeOffset SeenFrom, int ClipSeconds, string CopySha256, DateTimeOffset At) : IUpcast
{
    public object Upcast() => new DrillEvent.Raised(
        DrillId, VenueId, ShowingId, ClipId, DeviceId, District, Detector, Shows, Seen, SeenFrom, ClipSeconds, CopySha256, ClipSeconds, EventIds.From(DrillId, "chance"), At);
}
