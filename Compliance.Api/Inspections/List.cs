using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Inspections;

/// <summary>
/// The queue of visits: an official's of all venues, an owner's of his own. A surprise visit is not in his until it begins, and his own check
/// is in no official's until it is over.
/// </summary>
static class List
{
    public static async Task<Page<InspectionRow>> Handle([AsParameters] Paging paging, Caller caller, OwnVenues own, IViewStore views, CancellationToken ct) =>
        await Of(await own.Of(caller, ct), paging, caller, own, views, ct);

    public static Task<Page<InspectionRow>> OfVenue(Guid venueId, [AsParameters] Paging paging, Caller caller, OwnVenues own, IViewStore views, CancellationToken ct) =>
        Of([venueId], paging, caller, own, views, ct);

    static async Task<Page<InspectionRow>> Of(
        IReadOnlyCollection<Guid>? venues, Paging paging, Caller caller, OwnVenues own, IViewStore views, CancellationToken ct)
    {
        var isOwn = await own.Confidant(caller, Who.Nobody, ct);
        return await paging.Where(
            (limit, after) => views.List(InspectionRow.View, venues, limit, after, ct),
            row => Task.FromResult(row is { Kind: InspectionKind.SelfCheck, Stage: not InspectionStage.Done } && !isOwn(row.VenueId) ? null : row));
    }
}
