using Compliance.Api.Rulebooks;
using Compliance.Api.Views;
using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Cases;

/// <summary>
/// Opens a case for each term that passed unmet, charges anew what counts from a ruling that was cancelled, says in tenge what was charged before
/// its index was entered, warns on day 45 that time runs out, and bars a case after two months. It compares
/// what is with what should be: whatever was missed is made up by the next tick, and nothing is said twice.
/// </summary>
sealed class CaseWatch(IEventLog log, IViewStore views, TimeProvider clock)
{
    const int AtOnce = 200;

    public async Task Tick(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var awaited in await views.All(AwaitedCase.View, null, ct)) await Open(awaited, now, ct);
        await ChargeAnew(now, ct);
        await TellAmounts(now, ct);
        for (Page<CaseRow>? page = null; page is null || page.Next is not null;)
        {
            page = await views.List(CaseRow.View, null, AtOnce, page?.Next, ct);
            foreach (var row in page.Items)
            {
                if (row.State != CaseState.Open && row.IsUrgent) continue;
                var isNear = now >= row.OffenceAt + Case.WarningAfter;
                if (row.State != CaseState.Open || !isNear && !row.IsUrgent) return; // behind what is urgent the oldest offences stand on top
                if (isNear && row.WarnedAt is null || now >= row.BarredAt)
                    await log.Execute(Case.Decider, row.CaseId, new CaseCommand.Assess(now), new(Guid.CreateVersion7(now), "reaction:assess-cases"), ct);
            }
        }
    }

    async Task ChargeAnew(DateTimeOffset now, CancellationToken ct)
    {
        for (Page<RepeatedCases>? page = null; page is null || page.Next is not null;)
        {
            page = await views.List(RepeatedCases.View, null, AtOnce, page?.Next, ct);
            foreach (var (venue, repeat) in page.Items.SelectMany(row => row.Waiting().Select(repeat => (row.VenueId, repeat))))
            {
                if (await views.Find(CaseRow.View, repeat.CaseId, ct) is not { } row || await views.Find(DutyRow.View, row.DutyId, ct) is not { } duty) continue;
                var mci = await Indices.Known(log, ct);
                var charge = OpenCaseWhenDutyOverstays.Anew(row, duty.Source, await views.All(CaseRow.View, [venue], ct));
                await log.Execute(Case.Decider, row.CaseId, new CaseCommand.ChargeAnew(charge, repeat.Earlier, mci, now),
                    new(EventIds.From(row.CaseId, $"charge-anew/{repeat.Earlier}"), "reaction:charge-anew-when-ruling-is-cancelled"), ct);
            }

            if (page.Items.Any(row => !row.Waiting().Any())) return; // those that wait stand on top
        }
    }

    async Task TellAmounts(DateTimeOffset now, CancellationToken ct)
    {
        for (Page<UnpricedCase>? page = null; page is null || page.Next is not null;)
        {
            page = await views.List(UnpricedCase.View, null, AtOnce, page?.Next, ct);
            if (page.Items is [{ Waits: false }, ..] or []) return; // those that wait stand on top
            var mci = await Indices.Known(log, ct);
            foreach (var row in page.Items.Where(row => row.Waits && mci.On(VenueZone.Day(row.OffenceAt)) is not null))
                await log.Execute(Case.Decider, row.CaseId, new CaseCommand.TellAmount(mci, now),
                    new(EventIds.From(row.CaseId, "tell-amount"), "reaction:tell-amount-when-index-is-entered"), ct);
        }
    }

    async Task Open(AwaitedCase awaited, DateTimeOffset now, CancellationToken ct)
    {
        if (await views.Find(VenueCard.View, awaited.VenueId, ct) is not { } venue) return;
        var others = await views.All(CaseRow.View, [awaited.VenueId], ct);
        var id = OpenCaseWhenDutyOverstays.CaseOf(awaited.OverstayedBy);
        await log.Execute(Case.Decider, id, OpenCaseWhenDutyOverstays.Of(awaited, venue.People, others, await Indices.Known(log, ct), now),
            new(EventIds.From(awaited.OverstayedBy, "open-case"), "reaction:open-case-when-duty-overstays"), ct);
    }
}
