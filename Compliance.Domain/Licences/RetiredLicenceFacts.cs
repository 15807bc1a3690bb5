using Compliance.Domain.Kernel;

namespace Compliance.Domain.Licences;

/// <summary>A grant as it was stored before it said on which act it rests.</summary>
[EventName("licence.granted.v1")]
public sealed record LicenceGrantedV1(
    Guid VenueId, string Number, DateOnly From, DateOnly Until, IReadOnlyList<Condition> Conditions, Ruling Ruling, DateTimeOffset At) : IUpcast
{
    public object Upcast() => new LicenceEvent.Granted(VenueId, Number, From, Until, Conditions, Ruling, At);
}

/// <summary>A proposal as it was stored before it named the duty that overstayed.</summary>
[EventName("licence.suspension-proposed.v1")]
public sealed record SuspensionProposedV1(
    Guid VenueId, Guid ProposalId, IReadOnlyList<string> Rules, IReadOnlyList<Guid> RestsOn, DateTimeOffset At, DateTimeOffset Due) : IUpcast
{
    public object Upcast() => new LicenceEvent.SuspensionProposed(VenueId, ProposalId, Rules, RestsOn, At, Due);
}
