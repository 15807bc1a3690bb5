using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Venues;

namespace Compliance.Api.Venues;

/// <summary>An owner can consent and take his consent back; statute and court order are the authority's to record.</summary>
static class GrantLegalBasis
{
    public static async Task<Answer> Handle(Guid venueId, VenueCommand.GrantLegalBasis body, Knock knock) =>
        MayDecideOn(body.Basis.Kind, knock) ? await knock.Send(Venue.Decider, venueId, body) : Answer.Forbidden;

    internal static bool MayDecideOn(LegalBasisKind kind, Knock knock) =>
        kind == LegalBasisKind.Consent || knock.Caller.Is(Who.Authority);
}
