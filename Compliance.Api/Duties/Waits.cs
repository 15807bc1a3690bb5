using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Rulebooks;
using Compliance.Api.Views;
using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Duties;

/// <summary>
/// What waits for officials: shown to them, and put before the authority when the term of a wait passed, and once more before the limitation.
/// It compares what is with what should be, so a missed tick changes nothing.
/// </summary>
sealed class Waits(IEventLog log, IViewStore views, TimeProvider clock)
{
    const int AtOnce = 200;
    const string Actor = "reaction:escalate-what-waits-for-officials";

    /// <summary>Wishes and repairs, the longest overdue on top.</summary>
    public static Task<Page<WaitingDuty>> Duties([AsParameters] Paging paging, IViewStore views, Library library, TimeProvider clock, CancellationToken ct) => paging.Where(
        (limit, after) => views.List(OfficialWait.ByDue, null, limit, after, ct),
        async row => !row.Rests && await views.Find(DutyRow.View, row.DutyId, ct) is { } duty
            ? new WaitingDuty(new(duty.AsOf(clock.GetUtcNow()), await Requirements.Of(duty, library, ct), null), row.Waits) : null);

    /// <summary>Cases whose limitation draws near, whose penalty is to be set anew, that can only be dismissed, and appeals.</summary>
    public static async Task<Page<CaseRow>> Cases([AsParameters] Paging paging, IViewStore views, CancellationToken ct)
    {
        var page = await views.List(CaseRow.View, null, paging.Size, paging.After, ct);
        var urgent = page.Items.TakeWhile(row => row.IsUrgent).ToArray();
        return new(urgent, urgent.Length == page.Items.Count ? page.Next : null); // they stand on top
    }

    public static async Task<WaitingFigures> Figures(Caller caller, IViewStore views, IEventLog log, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var late = await Count(OfficialWait.ByDue, row => !row.Rests && row.Due <= now);
        if (!caller.Is(Who.Authority)) return new(late, null);
        return new(late + await Count(CaseRow.View, row => row.IsUrgent), (await Indices.Known(log, ct)).MissingOn(VenueZone.Day(now)));

        // Those that are meant stand on top.
        async Task<int> Count<TRow>(View<TRow> view, Func<TRow, bool> isMeant) where TRow : class
        {
            var count = 0;
            for (Page<TRow>? page = null; page is null || page.Next is not null;)
            {
                page = await views.List(view, null, AtOnce, page?.Next, ct);
                var meant = page.Items.TakeWhile(isMeant).Count();
                count += meant;
                if (meant < page.Items.Count) break;
            }

            return count;
        }
    }

    public async Task Tick(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        for (Page<OfficialWait>? page = null; page is null || page.Next is not null;)
        {
            page = await views.List(OfficialWait.View, null, AtOnce, page?.Next, ct);
            foreach (var row in page.Items)
            {
                if (row.NextAt > now) return; // listed by when somebody has to be told
                await log.Execute(Duty.Decider, row.DutyId, new DutyCommand.EscalateWaits(now), new(Guid.CreateVersion7(now), Actor), ct);
            }
        }
    }
}
