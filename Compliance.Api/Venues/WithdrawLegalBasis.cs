using Compliance.Api.Entrance;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Venues;

/// <summary>With the last basis gone the feed stops; what stands in the log stays.</summary>
static class WithdrawLegalBasis
{
    public static async Task<Answer> Handle(Guid venueId, VenueCommand.WithdrawLegalBasis body, Knock knock)
    {
        var (state, _, _) = await knock.Log.Load(Venue.Decider, new("venue", venueId), knock.Ct);
        var kind = (state as Venue.Open)?.Bases.FirstOrDefault(b => b.BasisId == body.BasisId)?.Kind ?? LegalBasisKind.Consent;
        return GrantLegalBasis.MayDecideOn(kind, knock) ? await knock.Send(Venue.Decider, venueId, body) : Answer.Forbidden;
    }
}
