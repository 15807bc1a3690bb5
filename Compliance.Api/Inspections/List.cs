using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Inspections;

/// <summary>The queue of visits: an official's of all venues, an owner's of his own; a surprise visit is not in his until it begins.</summary>
static class List
{
    public static async Task<Page<InspectionRow>> Handle([AsParameters] Paging paging, Caller caller, OwnVenues own, IViewStore views, CancellationToken ct) =>
        await views.List(InspectionRow.View, await own.Of(caller, ct), paging.Size, paging.After, ct);

    public static async Task<Page<InspectionRow>> OfVenue(Guid venueId, [AsParameters] Paging paging, IViewStore views, CancellationToken ct) =>
        await views.List(InspectionRow.View, [venueId], paging.Size, paging.After, ct);
}
