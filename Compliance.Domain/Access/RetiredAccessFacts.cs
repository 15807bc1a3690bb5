using Compliance.Domain.Kernel;

namespace Compliance.Domain.Access;

/// <summary>A review as it was stored when a reviewer's words still stood in the log.</summary>
[EventName("access.reviewed.v1")]
public sealed record AccessReviewedV1(Guid SessionId, Guid VenueId, Guid ReviewerId, bool Justified, string Grounds) : IUpcast
{
    public object Upcast() => new AccessEvent.Reviewed(SessionId, VenueId, ReviewerId, Justified, null) { OldWords = Grounds };
}
