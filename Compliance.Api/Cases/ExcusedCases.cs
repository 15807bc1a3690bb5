using Compliance.Api.Views;
using Compliance.Domain.Cases;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;

namespace Compliance.Api.Cases;

/// <summary>
/// A case whose outage turned out to be excused, or to have lain in other hands, is put before an officer to be dismissed: a contest
/// may be accepted after the case was opened, ruled or settled. Where a later word gives the minutes back to the owner, that is taken back. The same
/// becomes of a case that rests on an order, or on what a warning asked anew, when the ruling that gave it is cancelled or taken back.
/// It compares what is with what should be, so a missed tick changes nothing. At its start it looks each case up once; from then on those of the venues
/// in which a case, an outage or a duty turned. The log is read only of an outage somebody has said something of.
/// </summary>
sealed class ExcusedCases(IEventLog log, IViewStore views, ViewChanges changes, TimeProvider clock)
{
    const int AtOnce = 200;
    static readonly string[] Concerning = [CaseRow.View.Name, OutageRow.View.Name, CaseBasis.View.Name];
    const string Actor = "reaction:propose-dismissal-of-excused-cases";

    readonly HashSet<Guid> _turned = [];
    bool _hasAsked;
    long? _heard;

    public async Task Tick(CancellationToken ct)
    {
        foreach (var change in changes.Take(ref _heard))
        {
            if (change.IsReset) _hasAsked = false;
            else if (Concerning.Contains(change.View) && change.Group is { } venue) _turned.Add(venue);
        }

        if (_hasAsked && _turned.Count == 0) return;
        await Ask(_hasAsked ? [.. _turned] : null, ct);
        _hasAsked = true;
        _turned.Clear(); // once it is through
    }

    async Task Ask(IReadOnlyCollection<Guid>? venues, CancellationToken ct)
    {
        for (Page<CaseRow>? page = null; page is null || page.Next is not null;)
        {
            page = await views.List(CaseRow.View, venues, AtOnce, page?.Next, ct);
            foreach (var row in page.Items.Where(row => row.State != CaseState.TimeBarred && !row.CountsNoMore))
                if (await IsExcused(row, ct) is { } isExcused && isExcused != (row.ExcusedAt is not null)) await Say(row, isExcused, ct);
        }
    }

    async Task Say(CaseRow row, bool isExcused, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        CaseCommand command = isExcused ? new CaseCommand.ProposeDismissal(now) : new CaseCommand.WithdrawDismissal(now);
        await log.Execute(Case.Decider, row.CaseId, command, new(EventIds.From(row.CaseId, $"excused/{row.Revision}"), Actor), ct);
    }

    /// <summary>Null where nobody said anything of what it rests on.</summary>
    async Task<bool?> IsExcused(CaseRow row, CancellationToken ct)
    {
        if ((await views.Find(CaseBasis.View, row.DutyId, ct))?.Of(row.CaseId) is not { } rests) return null;
        if (rests.OrderedBy is { } ruled && await views.Find(CaseRow.View, ruled, ct) is { CountsNoMore: true }) return true;
        return rests.OutageId is { } outage && await views.Find(OutageRow.View, outage, ct) is { } known && (known.Causes.Count > 0 || known.Excused.Count > 0 || known.Look is not null)
            ? (await log.Load(Outage.Decider, new("outage", outage), ct)).State.IsExcused : null;
    }
}
