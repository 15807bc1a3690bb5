using Compliance.Api.Views;
using Compliance.Domain.Footage;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Footage;

/// <summary>On each tick: requests whose term has passed are said to be overdue, files whose time is over are erased, copies that nobody took over go, and files that stopped coming are given up.</summary>
sealed class FootageWatch(IEventLog log, IViewStore views, OwnWrites writes, FootageStore store, MarkedCopies copies, TimeProvider clock)
{
    const string Actor = "reaction:watch-footage";
    const int AtOnce = 100;
    bool _swept;

    public async Task Tick(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        copies.DropOld();
        await foreach (var row in views.From(FootageRow.View, ct))
        {
            if (row.Stage != FootageStage.Waiting || row.Card.Due > now) break; // those that wait stand on top, the one due first above the others
            if (!row.IsOverdue) await log.Execute(FootageRequest.Decider, row.Card.RequestId, new FootageCommand.Assess(now), new(EventIds.From(row.Card.RequestId, "overdue"), Actor), ct);
        }

        // A view that is being built anew, or is behind, may not know of a hold yet; and the request itself has the last word.
        if (!await writes.AreShown(ct)) return;
        foreach (var kept in (await views.List(KeptFootage.View, null, AtOnce, null, ct)).Items.TakeWhile(kept => kept.Until <= now))
            foreach (var file in kept.Files.Where(file => kept.UntilOf(file) <= now))
            {
                var erase = new FootageCommand.EraseFile(file.FileId, now);
                if (FootageRequest.Decider.Decide((await log.Load(FootageRequest.Decider, new(FootageRequest.Decider.Category, kept.RequestId), ct)).State, erase).Events.Count == 0) continue;
                // The file goes first, so the fact never claims what has not happened.
                copies.DropOf(file.FileId);
                store.Erase(file.FileId);
                await log.Execute(FootageRequest.Decider, kept.RequestId, erase, new(EventIds.From(file.FileId, "erase"), Actor), ct);
            }

        if (!_swept) await Sweep(ct);
        foreach (var file in store.GivenUp())
            await Answers.GiveUp(file.RequestId, file.FileId, still => store.GivenUp().Contains(still), log, store, ct); // its sender may have come back
    }

    /// <summary>Once, what the log says was taken away and a crash left. What the log does not know stays: it may have been restored from an older copy, and its facts come back.</summary>
    async Task Sweep(CancellationToken ct)
    {
        foreach (var file in store.Kept())
            if ((await log.Load(FootageRequest.Decider, new(FootageRequest.Decider.Category, file.RequestId), ct)).State is FootageRequest.Known known && known.Removed.Contains(file.FileId))
                store.Erase(file.FileId);
        _swept = true;
    }
}
