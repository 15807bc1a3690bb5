using System.Globalization;

namespace Compliance.Domain.Kernel;

/// <summary>
/// A page's worth of answers, kept by folding facts into one row per key. Pure: the same facts always give the same rows,
/// so they can be thrown away and rebuilt. Raise <paramref name="Version"/> whenever the row or
/// <paramref name="Apply"/> changes its mind.
/// </summary>
/// <param name="Name">Named after its page; the store's table of rows is keyed by it.</param>
/// <param name="Version">A view of another version is rebuilt from the log's start.</param>
/// <param name="KeyOf">The row a fact belongs to; null when the view does not care.</param>
/// <param name="Apply">The row after the fact; the row is null before its first fact, and removed when null is returned.</param>
/// <param name="GroupOf">What rows are listed by (a venue); null for none.</param>
/// <param name="SortOf">The order of a list, compared ordinally; cursors page along it.</param>
public sealed record View<TRow>(
    string Name,
    int Version,
    Func<object, Guid?> KeyOf,
    Func<TRow?, object, Recorded, TRow?> Apply,
    Func<TRow, Guid?> GroupOf,
    Func<TRow, string> SortOf) : IView
    where TRow : class
{
    public Type RowType => typeof(TRow);
    object? IView.Apply(object? row, object fact, Recorded recorded) => Apply((TRow?)row, fact, recorded);
    Guid? IView.GroupOf(object row) => GroupOf((TRow)row);
    string IView.SortOf(object row) => SortOf((TRow)row);

    /// <summary>All rows these facts make; the projector does the same in batches.</summary>
    public IReadOnlyDictionary<Guid, TRow> Build(IEnumerable<Recorded> log)
    {
        var rows = new Dictionary<Guid, TRow>();
        foreach (var recorded in log)
        {
            if (EventCatalog.Decode(recorded) is not { } fact || KeyOf(fact) is not { } key) continue;
            if (Apply(rows.GetValueOrDefault(key), fact, recorded) is { } row) rows[key] = row;
            else rows.Remove(key);
        }

        return rows;
    }
}

/// <summary>A view without its row type, as the projector and the store see it.</summary>
public interface IView
{
    string Name { get; }
    int Version { get; }
    Type RowType { get; }
    Func<object, Guid?> KeyOf { get; }
    object? Apply(object? row, object fact, Recorded recorded);
    Guid? GroupOf(object row);
    string SortOf(object row);
}

/// <summary>Sort texts for lists.</summary>
public static class ViewOrder
{
    /// <summary>The later the instant, the smaller the text: the latest stands on top.</summary>
    public static string NewestFirst(DateTimeOffset instant) =>
        (DateTimeOffset.MaxValue.UtcTicks - instant.UtcTicks).ToString("D20", CultureInfo.InvariantCulture);
}
