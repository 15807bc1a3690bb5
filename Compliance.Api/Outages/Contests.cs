using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;

namespace Compliance.Api.Outages;

/// <summary>Minutes that those who answer for a venue contest, and the list of what waits for the authority: the oldest on top.</summary>
static class Contests
{
    public static Task<Answer> Plead(Guid outageId, OutageCommand.Contest body, Knock knock, TimeProvider clock) =>
        knock.Send(Outage.Decider, outageId, body with { At = clock.GetUtcNow() });

    public static async Task<Page<ContestRow>> List([AsParameters] Paging paging, Caller caller, OwnVenues own, IViewStore views, CancellationToken ct) =>
        await views.List(ContestRow.View, await own.Of(caller, ct), paging.Size, paging.After, ct);
}
