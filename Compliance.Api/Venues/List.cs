using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Venues;

/// <summary>Officials list every venue, others those they answer for. <c>search</c> finds a part of a name, the BIN or the address.</summary>
static class List
{
    public static async Task<Page<VenueCard>> Handle(
        [AsParameters] Paging paging, string? search, Caller caller, OwnVenues own, IViewStore views, CancellationToken ct)
    {
        var mine = await own.Of(caller, ct);
        return await paging.Where(
            (limit, after) => views.List(VenueCard.View, null, limit, after, ct, keys: mine),
            card => Task.FromResult(Matches(card.Details, search) ? card : null));
    }

    static bool Matches(VenueDetails venue, string? search) => string.IsNullOrWhiteSpace(search)
        || ((string[])[venue.NameKk, venue.NameRu, venue.Bin, venue.Address]).Any(text => text.Contains(search.Trim(), StringComparison.OrdinalIgnoreCase));
}
