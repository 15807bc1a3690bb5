using Compliance.Domain.Devices;

namespace Compliance.Domain.Alerts;

/// <summary>An incident as the queue shows it: where, what was seen, how surely, and where it stands.</summary>
/// <param name="Alerts">Its alerts, the newest first.</param>
public sealed record IncidentLine(IncidentCard Card, string NameKk, string NameRu, string Address, string District, IReadOnlyList<AlertSeen> Alerts);

/// <summary>An alert, and where what saw it stands.</summary>
/// <param name="PlaceKk">Of the device; null where no device spoke, or it is gone.</param>
public sealed record AlertSeen(AlertRow Row, string? PlaceKk, string? PlaceRu, DeviceKind? Device);

/// <summary>An alert that no desk was called for.</summary>
public sealed record HeldBackAlert(AlertSeen Alert, string NameKk, string NameRu, string District);

/// <summary>How a desk stands: what waits, what is in hand, what was held back, and its last hours.</summary>
/// <param name="HeldBack">In the hours shown, and not fetched since.</param>
/// <param name="LateProbes">Boxes that are not heard: what their detectors would tell does not come.</param>
public sealed record DeskCounts(int Untaken, int InHand, int HeldBack, int LateProbes, IReadOnlyList<DeskHour> Hours);

/// <summary>What those who answer for a venue are told of an incident, once it is over: that there was one, of what kind, and what came of it.</summary>
/// <param name="Outcome">Null where nothing was found to be an incident, or nobody took it.</param>
public sealed record EndedIncident(Guid IncidentId, IReadOnlyList<AlertKind> Kinds, DateTimeOffset OpenedAt, DateTimeOffset EndedAt, bool IsConfirmed, IncidentOutcome? Outcome);
