using System.Runtime.CompilerServices;
using Compliance.Api.EventLog;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Views;

/// <summary>All views up to <paramref name="Position"/> are stored.</summary>
/// <param name="AtEnd">There are no more facts, as far as anybody can tell.</param>
/// <param name="RecordedAt">When the newest fact of the batch was recorded; null where there was none.</param>
sealed record Projected(LogPosition Position, int Facts, IReadOnlyList<ViewChange> Changes, bool AtEnd, DateTimeOffset? RecordedAt = null);

/// <summary>
/// Follows the log and folds it into the views. A view whose stored version is not the code's is thrown away and rebuilt in
/// its place: this code could not read the old rows anyway; so is one that was made from another log, or from facts this
/// log has lost (a restored copy). Facts nobody here knows are passed over.
/// </summary>
sealed partial class Projection(IEventLog log, IViewStore store, IReadOnlyList<IView> views, TimeProvider clock, ILogger<Projection> logger)
{
    /// <summary>A rebuild writes a row once a batch; a running API has batches of a few facts.</summary>
    const int MostFacts = 20_000;

    /// <summary>One answer for where the views stand at the start, then one for each stored batch and each pause, without end.</summary>
    public async IAsyncEnumerable<Projected> Run([EnumeratorCancellation] CancellationToken ct)
    {
        var folds = await Begin(ct);
        var from = folds.Min(fold => fold.Position);
        yield return new(from, 0, [], AtEnd: false);
        await foreach (var batch in log.Follow(from, ct).InBatches(MostFacts, clock, ct))
        {
            if (batch.Count > 0) from = batch[^1].Position;
            yield return new(from, batch.Count, batch.Count == 0 ? [] : await Store(folds, batch, ct), AtEnd: batch.Count == 0, batch.Count == 0 ? null : batch[^1].RecordedAt);
        }
    }

    async Task<IReadOnlyList<ViewFold>> Begin(CancellationToken ct)
    {
        var stored = (await store.Marks(ct)).ToDictionary(mark => mark.View);
        var lost = new List<ViewMark>();
        foreach (var same in stored.Values.Where(mark => views.Any(view => view.Name == mark.View)).GroupBy(mark => (mark.Position, mark.Last)))
            if (!await log.Holds(same.First(), ct)) lost.AddRange(same);
        if (lost is [var first, ..]) FromAnotherLog(logger, first.Position);
        foreach (var mark in lost) stored.Remove(mark.View);
        ViewMark[] anew = [.. views
            .Where(view => stored.GetValueOrDefault(view.Name)?.Version != view.Version)
            .Select(view => new ViewMark(view.Name, view.Version, LogPosition.Start))];
        await store.Save([.. anew.Select(mark => new ViewSave(mark, [], [], Anew: true))], ct);
        foreach (var mark in anew) stored[mark.View] = mark;
        return [.. views.Select(view => new ViewFold(view, stored[view.Name], store))];
    }

    async Task<IReadOnlyList<ViewChange>> Store(IReadOnlyList<ViewFold> folds, IReadOnlyList<Recorded> batch, CancellationToken ct)
    {
        var facts = new List<Decoded>(batch.Count);
        foreach (var recorded in batch)
            if (EventCatalog.Decode(recorded) is { } fact) facts.Add(new(recorded, fact));
        var (saves, changes) = (new List<ViewSave>(), new List<ViewChange>());
        foreach (var fold in folds)
        {
            var (save, changed) = await fold.Fold(facts, batch[^1], ct);
            saves.Add(save);
            changes.AddRange(changed);
        }

        await store.Save(saves, ct);
        return [.. changes.OrderBy(change => change.Position)];
    }

    [LoggerMessage(LogLevel.Warning, "The log does not hold the fact at {Position} that the views were made from: it is another log, or was restored from an older copy. The views are made anew from it.")]
    static partial void FromAnotherLog(ILogger logger, LogPosition position);
}
