using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Api.Rulebooks;

/// <summary>How the fleet stands under the rules in force, by district and size, from the cards.</summary>
static class Statistics
{
    public static async Task<IResult> Handle(Library library, IViewStore views, TimeProvider clock, CancellationToken ct)
    {
        if (await library.InForce(RulebookShelf.Usual, clock.GetUtcNow(), ct) is not { } bound)
            return Problems.Of(new Refusal("rulebook.unknown", "No rulebook is in force."));
        var (cards, venues) = (await views.All(ComplianceCard.View, null, ct), await views.All(VenueCard.View, null, ct));
        return TypedResults.Ok(FleetCompliance.Of(bound.Book, cards, venues.ToDictionary(venue => venue.VenueId)));
    }
}
