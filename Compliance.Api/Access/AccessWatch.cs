using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Access;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Access;

/// <summary>
/// On each tick, access sessions whose time is up, whose venue police may see no more, or whose officer is gone are ended, and urgent ones that nobody
/// reviewed within a day are said to be overdue. Pictures stop earlier: the relay asks the same question every second.
/// </summary>
sealed class AccessWatch(IEventLog log, IViewStore views, Bearers bearers, TimeProvider clock)
{
    const int AtOnce = 200;

    public async Task Tick(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        for (Page<AccessRow>? page = null; page is null || page.Next is not null;)
        {
            page = await views.List(AccessRow.View, null, AtOnce, page?.Next, ct);
            foreach (var row in page.Items)
            {
                if (!row.IsOpen && row.ReviewDue is null) return; // those that wait stand on top
                if (row.IsOpen || row is { ReviewDue: not null, ReviewOverdue: false } && now >= row.ReviewDue) await Assess(row, now, ct);
            }
        }
    }

    /// <summary>Why an access session may not go on now, time apart; null where nothing stands against it.</summary>
    public async Task<AccessEnd?> Gone(Guid venueId, Guid officerId, CancellationToken ct)
    {
        var (venue, _, _) = await log.Load(Venue.Decider, new("venue", venueId), ct);
        if (venue is not Venue.Open open) return AccessEnd.VenueClosed;
        var today = VenueZone.Day(clock.GetUtcNow());
        if (!open.Bases.Any(b => b.HoldsOn(today))) return AccessEnd.BasisEnded;
        return await bearers.IsOfficer(officerId, ct) ? null : AccessEnd.OfficerGone;
    }

    async Task Assess(AccessRow row, DateTimeOffset now, CancellationToken ct)
    {
        var gone = row.IsOpen ? await Gone(row.VenueId, row.OfficerId, ct) : null;
        await log.Execute(AccessSession.Decider, row.SessionId, new AccessCommand.Assess(now, gone), new(Guid.CreateVersion7(now), "reaction:end-access-sessions"), ct);
    }
}
