using Compliance.Api.Views;
using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;

namespace Compliance.Api.Cases;

/// <summary>
/// A case whose outage turned out to be excused, or to have lain in other hands, is put before an officer to be dismissed: a contest
/// may be accepted after the case was opened. Where a later word gives the minutes back to the owner, that is taken back. It compares what is with what should be, so a missed tick changes nothing; while neither a case nor an outage nor a duty turned it reads nothing.
/// </summary>
sealed class ExcusedCases(IEventLog log, IViewStore views, ViewChanges changes, TimeProvider clock)
{
    const int AtOnce = 200;
    static readonly string[] Concerning = [CaseRow.View.Name, OutageRow.View.Name, DutyRow.View.Name];
    const string Actor = "reaction:propose-dismissal-of-excused-cases";

    bool _hasAsked;
    long? _heard;

    public async Task Tick(CancellationToken ct)
    {
        var news = changes.Take(ref _heard);
        if (_hasAsked && !news.Any(change => change.IsReset || Concerning.Contains(change.View))) return;
        _hasAsked = false; // until it is through
        await Ask(ct);
        _hasAsked = true;
    }

    async Task Ask(CancellationToken ct)
    {
        for (Page<CaseRow>? page = null; page is null || page.Next is not null;)
        {
            page = await views.List(CaseRow.View, null, AtOnce, page?.Next, ct);
            foreach (var row in page.Items)
            {
                if (row.State != CaseState.Open) return; // the undecided stand on top
                if (await IsExcused(row, ct) is { } isExcused && isExcused != (row.ExcusedAt is not null)) await Say(row, isExcused, ct);
            }
        }
    }

    async Task Say(CaseRow row, bool isExcused, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        CaseCommand command = isExcused ? new CaseCommand.ProposeDismissal(now) : new CaseCommand.WithdrawDismissal(now);
        await log.Execute(Case.Decider, row.CaseId, command, new(EventIds.From(row.CaseId, $"excused/{row.Revision}"), Actor), ct);
    }

    /// <summary>Null where nobody said anything of the outage: its stream need not be read then.</summary>
    async Task<bool?> IsExcused(CaseRow row, CancellationToken ct) =>
        (await views.Find(DutyRow.View, row.DutyId, ct))?.Source is DutySource.OfOutage { OutageId: var outage }
        && await views.Find(OutageRow.View, outage, ct) is { } known && (known.Causes.Count > 0 || known.Excused.Count > 0 || known.Look is not null)
            ? (await log.Load(Outage.Decider, new("outage", outage), ct)).State.IsExcused : null;
}
