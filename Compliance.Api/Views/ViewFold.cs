using System.Text.Json;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Views;

/// <summary>A stored fact and what it says: decoded once for all views.</summary>
readonly record struct Decoded(Recorded Recorded, object Fact);

/// <summary>
/// One view on its way along the log. It remembers the rows it touched, so that a row is read once and written once a batch
/// however many facts change it; nobody else writes them.
/// </summary>
sealed class ViewFold(IView view, ViewMark mark, IViewStore store)
{
    /// <summary>Above this many the rows are forgotten and read again when needed; in a rebuild most are needed again soon.</summary>
    const int MostRows = 20_000, MostInRebuild = 200_000;

    /// <summary>A running API has batches of a few facts.</summary>
    const int RebuildBatch = 1_000;

    readonly Dictionary<Guid, object?> _rows = [];

    /// <summary>Every row there is, is remembered: so it is in a rebuild until there are too many, and then nothing need be looked up.</summary>
    bool _complete = mark.Position == LogPosition.Start;

    ViewMark _mark = mark;

    public LogPosition Position => _mark.Position;

    /// <summary>What the batch does to the view, and what changed to the eye of a reader; nothing is stored yet.</summary>
    public async Task<(ViewSave Save, IReadOnlyList<ViewChange> Changes)> Fold(IReadOnlyList<Decoded> batch, Recorded end, CancellationToken ct)
    {
        var steps = new List<(Guid Key, Decoded Decoded)>();
        foreach (var told in batch)
            if (told.Recorded.Position > Position && view.KeyOf(told.Fact) is { } key) steps.Add((key, told));
        await Load(steps, ct);

        var touched = new Dictionary<Guid, (Guid? Group, LogPosition At)>();
        foreach (var (key, told) in steps)
        {
            var before = _rows[key];
            var after = Apply(before, told);
            if (ReferenceEquals(before, after)) continue;
            _rows[key] = after;
            touched[key] = (view.GroupOf((after ?? before)!), told.Recorded.Position);
        }

        if (end.Position > Position) _mark = _mark with { Position = end.Position, Last = MarkedFact.Of(end) };
        return (new(
            _mark,
            [.. touched.Keys.Where(key => _rows[key] is not null).Select(key => Stored(key, _rows[key]!))],
            [.. touched.Keys.Where(key => _rows[key] is null)]),
            [.. touched.Select(row => new ViewChange(view.Name, row.Key, row.Value.Group, row.Value.At))]);
    }

    object? Apply(object? row, Decoded told)
    {
        try
        {
            return view.Apply(row, told.Fact, told.Recorded);
        }
        catch (Exception e)
        {
            var recorded = told.Recorded;
            throw new InvalidOperationException($"The view {view.Name} cannot take {recorded.Name} at {recorded.Position} of {recorded.Stream}", e);
        }
    }

    async Task Load(List<(Guid Key, Decoded Decoded)> steps, CancellationToken ct)
    {
        if (_rows.Count > (steps.Count < RebuildBatch ? MostRows : MostInRebuild))
        {
            _rows.Clear();
            _complete = false;
        }

        var missing = new List<Guid>();
        foreach (var (key, _) in steps)
            if (_rows.TryAdd(key, null)) missing.Add(key);
        if (_complete || missing.Count == 0) return;
        foreach (var row in await store.Rows(view.Name, missing, ct))
            _rows[row.Key] = JsonSerializer.Deserialize(row.Json, view.RowType, EventCatalog.Json);
    }

    StoredRow Stored(Guid key, object row) =>
        new(key, view.GroupOf(row), view.SortOf(row), JsonSerializer.SerializeToUtf8Bytes(row, view.RowType, EventCatalog.Json));
}
