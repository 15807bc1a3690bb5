using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;

namespace Compliance.Api.Outages;

/// <summary>Outages of one venue, or of all the caller may see; those that run stand on top.</summary>
static class List
{
    public static Task<Page<OutageRow>> OfVenue(Guid venueId, [AsParameters] Paging paging, bool? open, Caller caller, OwnVenues own, IViewStore views, CancellationToken ct) =>
        Of([venueId], paging, open, caller, own, views, ct);

    public static async Task<Page<OutageRow>> Handle(
        [AsParameters] Paging paging, bool? open, Caller caller, OwnVenues own, IViewStore views, CancellationToken ct) =>
        await Of(await own.Of(caller, ct), paging, open, caller, own, views, ct);

    /// <summary>Proofs and grounds of contests are for those who may read contests. Past the first one that is over no further one runs, so the page of open ones ends there.</summary>
    static async Task<Page<OutageRow>> Of(IReadOnlyCollection<Guid>? venues, Paging paging, bool? open, Caller caller, OwnVenues own, IViewStore views, CancellationToken ct)
    {
        var reads = await own.Confidant(caller, Who.Authority | Who.Oversight, ct);
        var found = await views.List(OutageRow.View, venues, paging.Size, paging.After, ct);
        var page = found with { Items = [.. found.Items.Select(row => reads(row.VenueId) ? row : row.WithoutPleas())] };
        return open != true || page.Items.All(IsOpen) ? page : new([.. page.Items.TakeWhile(IsOpen)], null);
    }

    static bool IsOpen(OutageRow row) => row.EndedAt is null;
}
