using Compliance.Domain.Kernel;

namespace Compliance.Domain.Alerts;

/// <summary>A rejection as it was stored when an officer's words still stood in the log.</summary>
[EventName("policeincident.rejected.v1")]
public sealed record IncidentRejectedV1(
    Guid IncidentId, Guid VenueId, Guid By, RejectReason Reason, string? Grounds, IReadOnlyList<Guid> Alerts, DateTimeOffset At) : IUpcast
{
    public object Upcast() => new IncidentEvent.Rejected(IncidentId, VenueId, By, Reason, null, Alerts, At) { OldWords = Grounds };
}

/// <summary>What came of an incident as it was stored when an officer's words still stood in the log.</summary>
[EventName("policeincident.closed.v1")]
public sealed record IncidentClosedV1(
    Guid IncidentId, Guid VenueId, Guid By, IncidentOutcome Outcome, string? Grounds, IReadOnlyList<Guid> Alerts, DateTimeOffset At) : IUpcast
{
    public object Upcast() => new IncidentEvent.Closed(IncidentId, VenueId, By, Outcome, null, Alerts, At) { OldWords = Grounds };
}
