using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;

namespace Compliance.Api.Notices;

/// <summary>The inbox of those who answer for venues, newest first.</summary>
static class List
{
    public static async Task<Page<NoticeRow>> Handle(
        [AsParameters] Paging paging, Caller caller, OwnVenues own, IViewStore views, CancellationToken ct) =>
        await views.List(NoticeRow.View, await own.Of(caller, ct), paging.Size, paging.After, ct);

    /// <summary>However long the inbox is: one row a venue is read.</summary>
    public static async Task<UnreadNotices> Unread(Caller caller, OwnVenues own, IViewStore views, CancellationToken ct) =>
        new((await views.All(NoticeTally.View, await own.Of(caller, ct), ct)).Sum(venue => venue.UnreadBy(caller.Id)));
}
