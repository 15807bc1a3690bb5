using Compliance.Api.Views;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;
using Compliance.Domain.WatchLists;

namespace Compliance.Api.WatchLists;

/// <summary>On each tick: candidates that nobody decided go, entries and operations whose time has passed end, copies that were not wiped are said, pictures that no fact names go, and what is still kept of entries that are over. One that breaks holds up no other.</summary>
sealed class WatchListClock(IEventLog log, IViewStore views, WatchVault vault, CandidatePictures pictures, TimeProvider clock)
{
    const string Actor = "reaction:end-watch-lists";

    public async Task Tick(CancellationToken ct)
    {
        var (now, faults) = (clock.GetUtcNow(), new List<Exception>());
        var voided = new HashSet<Guid>();
        await Each(views.From(WatchOperationRow.View, ct), row => row.End is { } end && row.Copies.Count == 0 && now - end.At > 2 * FaceCandidate.DecideWithin, row => EndOperation(row, voided, now, ct), faults);
        await Each(views.From(FaceCandidateRow.View, ct), row => row.IsOver && !row.HasPicture, row => EraseCandidate(row, voided, now, ct), faults);
        var standing = new HashSet<Guid>();
        await Each(views.From(WatchEntryRow.View, ct), row => row.IsOver, row => standing.Add(row.EntryId) ? EndEntry(row, now, ct) : Task.CompletedTask, faults);
        await Each(vault.Held().Where(id => !standing.Contains(id)).ToAsyncEnumerable(), _ => false, id => Forget(id, ct), faults);
        await Each(pictures.Kept().ToAsyncEnumerable(), _ => false, id => Sweep(id, ct), faults);
        if (faults.Count > 0) throw new AggregateException(faults);
    }

    static async Task Each<TRow>(IAsyncEnumerable<TRow> rows, Func<TRow, bool> isPast, Func<TRow, Task> act, List<Exception> faults)
    {
        await foreach (var row in rows)
        {
            if (isPast(row)) break;
            try
            {
                await act(row);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                faults.Add(e);
            }
        }
    }

    async Task EndOperation(WatchOperationRow row, HashSet<Guid> voided, DateTimeOffset now, CancellationToken ct)
    {
        if (row.IsVoid) voided.Add(row.Card.OperationId);
        var holds = (await views.Find(DetectorBasisRow.View, row.Card.BasisId, ct))?.HoldsAt(now) == true || now < row.Card.From;
        await log.Execute(WatchOperation.Decider, row.Card.OperationId, new WatchOperationCommand.Assess(now, holds), new(Guid.CreateVersion7(now), Actor), ct);
    }

    async Task EraseCandidate(FaceCandidateRow row, HashSet<Guid> voided, DateTimeOffset now, CancellationToken ct)
    {
        var isVoid = voided.Contains(row.Card.OperationId);
        if (!isVoid && now < row.Card.SeenAt + FaceCandidate.DecideWithin) return;
        if (!row.IsOver) await log.Execute(FaceCandidate.Decider, row.Card.CandidateId, new FaceCandidateCommand.Expire(now, isVoid), new(EventIds.From(row.Card.CandidateId, "expire"), Actor), ct);
        await pictures.Erase(row.Card.CandidateId, ct);
    }

    /// <summary>One that has a row has a fact; of the others the log is asked.</summary>
    async Task Sweep(Guid candidate, CancellationToken ct)
    {
        if (await views.Find(FaceCandidateRow.View, candidate, ct) is null) await pictures.Sweep(candidate, ct);
    }

    /// <summary>The stream decides, not the row: a renewal may have come meanwhile.</summary>
    async Task EndEntry(WatchEntryRow row, DateTimeOffset now, CancellationToken ct)
    {
        if (now < row.Until) return;
        await log.Execute(WatchEntry.Decider, row.EntryId, new WatchEntryCommand.Expire(now), new(Guid.CreateVersion7(now), Actor), ct);
        await Forget(row.EntryId, ct);
    }

    /// <summary>That an entry is over is written down before its key is destroyed; what broke off in between is done here. Nor does anything stay of a proposal that broke off before its fact: while this asks, nobody proposes.</summary>
    async Task Forget(Guid entry, CancellationToken ct) => await vault.OneByOne(async () =>
    {
        var isOver = (await log.Load(WatchEntry.Decider, new(WatchEntry.Decider.Category, entry), ct)).State is not WatchEntry.Known { Over: null };
        if (isOver) vault.Destroy(entry);
        return isOver;
    }, ct);
}
