using System.Text.Json;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Views;

/// <summary>
/// One view on its way along the log. It remembers the rows it touched, so that a row is read once and written once a batch
/// however many facts change it; nobody else writes them.
/// </summary>
sealed class ViewFold(IView view, ViewMark mark, IViewStore store)
{
    /// <summary>Above this many the rows are forgotten and read again when needed.</summary>
    const int MostRows = 200_000;

    readonly Dictionary<Guid, object?> _rows = [];

    /// <summary>Every row there is, is remembered: so it is in a rebuild until there are too many, and then nothing need be looked up.</summary>
    bool _complete = mark.Position == LogPosition.Start;

    ViewMark _mark = mark;

    public LogPosition Position => _mark.Position;

    /// <summary>What the batch does to the view, and what changed to the eye of a reader; nothing is stored yet.</summary>
    public async Task<(ViewSave Save, IReadOnlyList<ViewChange> Changes)> Fold(
        IReadOnlyList<(Recorded Recorded, object? Fact)> batch, CancellationToken ct)
    {
        var steps = batch
            .Where(step => step.Recorded.Position > Position && step.Fact is not null)
            .Select(step => (step.Recorded, Fact: step.Fact!, Key: view.KeyOf(step.Fact!)))
            .Where(step => step.Key is not null)
            .Select(step => (step.Recorded, step.Fact, Key: step.Key!.Value)).ToList();
        await Load([.. steps.Select(step => step.Key).Distinct()], ct);

        var touched = new Dictionary<Guid, ViewChange>();
        foreach (var (recorded, fact, key) in steps)
        {
            var before = _rows[key];
            var after = Apply(before, fact, recorded);
            if (ReferenceEquals(before, after)) continue;
            _rows[key] = after;
            touched[key] = new(view.Name, key, view.GroupOf((after ?? before)!), recorded.Position);
        }

        if (batch[^1].Recorded is var last && last.Position > Position) _mark = _mark with { Position = last.Position, Last = MarkedFact.Of(last) };
        return (new(
            _mark,
            [.. touched.Keys.Where(key => _rows[key] is not null).Select(key => Stored(key, _rows[key]!))],
            [.. touched.Keys.Where(key => _rows[key] is null)]), [.. touched.Values]);
    }

    object? Apply(object? row, object fact, Recorded recorded)
    {
        try
        {
            return view.Apply(row, fact, recorded);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"The view {view.Name} cannot take {recorded.Name} at {recorded.Position} of {recorded.Stream}", e);
        }
    }

    async Task Load(IReadOnlyCollection<Guid> keys, CancellationToken ct)
    {
        if (_rows.Count > MostRows)
        {
            _rows.Clear();
            _complete = false;
        }

        Guid[] missing = [.. keys.Where(key => !_rows.ContainsKey(key))];
        if (missing.Length == 0) return;
        foreach (var key in missing) _rows[key] = null;
        if (_complete) return;
        foreach (var row in await store.Rows(view.Name, missing, ct))
            _rows[row.Key] = JsonSerializer.Deserialize(row.Json, view.RowType, EventCatalog.Json);
    }

    StoredRow Stored(Guid key, object row) =>
        new(key, view.GroupOf(row), view.SortOf(row), JsonSerializer.SerializeToUtf8Bytes(row, view.RowType, EventCatalog.Json));
}
