using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.WatchLists;

/// <summary>A candidate as it was stored before it said how many frames were looked at, and the hash of its picture.</summary>
[EventName("facecandidate.raised.v1")]
public sealed record CandidateRaisedV1(
    Guid CandidateId, Guid VenueId, Guid OperationId, Guid EntryId, Guid DeviceId, DateTimeOffset SeenAt, double Score, double Threshold, DetectorModel Model, int Pictures, double InterEye) : IUpcast
{
    public object Upcast() => new FaceCandidateEvent.Raised(CandidateId, VenueId, OperationId, EntryId, DeviceId, SeenAt, Score, Threshold, Model, Pictures, InterEye);
}

/// <summary>A confirmation as it was stored before it said by which model the candidate was found.</summary>
[EventName("facecandidate.confirmed.v1")]
public sealed record CandidateConfirmedV1(Guid CandidateId, Guid VenueId, Guid DeviceId, DateTimeOffset SeenAt, DateTimeOffset At) : IUpcast
{
    public object Upcast() => new FaceCandidateEvent.Confirmed(CandidateId, VenueId, DeviceId, SeenAt, At);
}
