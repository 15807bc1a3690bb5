using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Maintenance;

namespace Compliance.Api.Maintenance;

/// <summary>Windows of the caller's venues, or of all: what waits stands on top, the oldest request first.</summary>
static class List
{
    /// <param name="venue">Of this venue only.</param>
    public static async Task<Page<MaintenanceRow>> Handle(
        [AsParameters] Paging paging, Guid? venue, Caller caller, OwnVenues own, IViewStore views, CancellationToken ct)
    {
        var mine = await own.Of(caller, ct);
        IReadOnlyCollection<Guid>? asked = venue is { } one ? mine is null || mine.Contains(one) ? [one] : [] : mine;
        return await views.List(MaintenanceRow.View, asked, paging.Size, paging.After, ct);
    }
}
