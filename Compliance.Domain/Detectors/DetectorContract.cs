using Compliance.Domain.Probes;

namespace Compliance.Domain.Detectors;

/// <summary>
/// What allows a box to run one detector on one of its cameras. The box itself keeps hours and end, so that it stops also while nobody can be asked; and it stops
/// when it was not told for too long that the list still holds.
/// </summary>
/// <param name="OperationId">The police operation under whose list faces are compared; null for detectors that compare none.</param>
public sealed record AssignedDetector(Guid BasisId, Guid DeviceId, Guid VenueId, Detector Detector, HoursOfDay Hours, DateTimeOffset From, DateTimeOffset Until, Guid? OperationId = null);

/// <summary>A detector began or stopped on a camera; sent when that changes, and becomes a fact.</summary>
/// <param name="BasisId">Under which it runs; null while it rests.</param>
/// <param name="Model">By which it judges; null while it rests.</param>
/// <param name="Because">Why it rests; null while it runs.</param>
public sealed record DetectorObserved(
    Guid Id, Guid DeviceId, DateTimeOffset ObservedAt, ClockState Clock,
    Detector Detector, Guid? BasisId, DetectorModel? Model, DetectorRest? Because) : Observation(Id, DeviceId, ObservedAt, Clock);
