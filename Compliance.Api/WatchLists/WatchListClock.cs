using Compliance.Api.Views;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;
using Compliance.Domain.WatchLists;

namespace Compliance.Api.WatchLists;

/// <summary>On each tick: entries and operations whose time has passed end, candidates that nobody decided go, copies that were not wiped are said.</summary>
sealed class WatchListClock(IEventLog log, IViewStore views, WatchVault vault, CandidatePictures pictures, TimeProvider clock)
{
    const string Actor = "reaction:end-watch-lists";

    public async Task Tick(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await foreach (var row in views.From(WatchEntryRow.View, ct))
        {
            if (row.IsOver) break;
            if (now < row.Until) continue;
            vault.Destroy(row.EntryId, row.Pictures);
            await log.Execute(WatchEntry.Decider, row.EntryId, new WatchEntryCommand.Expire(now), new(EventIds.From(row.EntryId, "expire"), Actor), ct);
        }

        var voided = new HashSet<Guid>();
        await foreach (var row in views.From(WatchOperationRow.View, ct))
        {
            if (row.End?.Because == OperationEnd.NotAuthorised) voided.Add(row.Card.OperationId);
            // Those that are over and hold no copies come last, the newest of them first.
            if (row.End is { } end && row.Copies.Count == 0 && now - end.At > FaceCandidate.DecideWithin) break;
            var holds = (await views.Find(DetectorBasisRow.View, row.Card.BasisId, ct))?.HoldsAt(now) == true || now < row.Card.From;
            await log.Execute(WatchOperation.Decider, row.Card.OperationId, new WatchOperationCommand.Assess(now, holds), new(Guid.CreateVersion7(now), Actor), ct);
        }

        await foreach (var row in views.From(FaceCandidateRow.View, ct))
        {
            if (row.IsOver && !row.HasPicture) break;
            var isVoid = voided.Contains(row.Card.OperationId);
            if (!isVoid && now < row.Card.SeenAt + FaceCandidate.DecideWithin) continue;
            if (!row.IsOver) await log.Execute(FaceCandidate.Decider, row.Card.CandidateId, new FaceCandidateCommand.Expire(now, isVoid), new(EventIds.From(row.Card.CandidateId, "expire"), Actor), ct);
            await pictures.Erase(row.Card.CandidateId, ct);
        }
    }
}
