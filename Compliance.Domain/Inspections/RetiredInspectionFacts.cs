using Compliance.Domain.Kernel;

namespace Compliance.Domain.Inspections;

/// <summary>A signature as it was stored before it named what was signed.</summary>
[EventName("inspection.signed.v1")]
public sealed record SignedV1(Guid InspectionId, Guid VenueId, Guid SubjectId, Signatory As) : IUpcast
{
    public object Upcast() => new InspectionEvent.Signed(InspectionId, VenueId, SubjectId, As, null);
}

/// <summary>A refusal to sign as it was stored before it named what was not signed.</summary>
[EventName("inspection.signature-refused.v1")]
public sealed record SignatureRefusedV1(Guid InspectionId, Guid VenueId, WhyUnsigned Because) : IUpcast
{
    public object Upcast() => new InspectionEvent.SignatureRefused(InspectionId, VenueId, Because, null);
}

/// <summary>What a re-inspection verifies as it was stored before it named what called for it.</summary>
[EventName("inspection.orders-to-verify.v1")]
public sealed record OrdersToVerifyV1(Guid InspectionId, Guid VenueId, Guid ActId, IReadOnlyList<string> Rules) : IUpcast
{
    public object Upcast() => new InspectionEvent.OrdersToVerify(InspectionId, VenueId, ActId, Rules);
}
