using Compliance.Domain.Kernel;

namespace Compliance.Api.Views;

/// <summary>One row as a store keeps it. Rows are listed along (<paramref name="Sort"/>, <paramref name="Key"/>), compared ordinally.</summary>
/// <param name="Json">UTF-8.</param>
sealed record StoredRow(Guid Key, Guid? Group, string Sort, byte[] Json);

/// <summary>How far along the log a view of that version has come; the rows next to it hold every fact up to there and none after.</summary>
/// <param name="Last">The fact at that position; null before the first.</param>
sealed record ViewMark(string View, int Version, LogPosition Position, MarkedFact? Last = null);

/// <summary>A fact by which a mark knows its log again: another log, or one restored from an older copy, does not hold it there.</summary>
sealed record MarkedFact(StreamId Stream, Guid EventId)
{
    public static MarkedFact Of(Recorded recorded) => new(recorded.Stream, recorded.EventId);
}

/// <summary>What one batch of facts did to one view.</summary>
/// <param name="Anew">Throw away what the store holds of the view first.</param>
sealed record ViewSave(ViewMark Mark, IReadOnlyList<StoredRow> Put, IReadOnlyList<Guid> Removed, bool Anew = false);

/// <summary>Which rows of a view: null means all. A row is listed when it passes both.</summary>
sealed record RowFilter(IReadOnlyCollection<Guid>? Groups = null, IReadOnlyCollection<Guid>? Keys = null);

/// <summary>
/// Where rows live. One writer, many readers; nothing in it is the truth, so it may be lost and rebuilt. SQLite keeps it now;
/// any store with transactions, an upsert and ordered text can.
/// </summary>
interface IViewStore
{
    /// <summary>The marks of all views that were ever saved.</summary>
    Task<IReadOnlyList<ViewMark>> Marks(CancellationToken ct);

    /// <summary>Rows and marks together, all or nothing.</summary>
    Task Save(IReadOnlyList<ViewSave> saves, CancellationToken ct);

    /// <summary>Those of the keys that have a row, in any order.</summary>
    Task<IReadOnlyList<StoredRow>> Rows(string view, IReadOnlyCollection<Guid> keys, CancellationToken ct);

    /// <summary>At most <paramref name="limit"/> rows in their order, from the first one behind <paramref name="after"/>.</summary>
    Task<IReadOnlyList<StoredRow>> List(string view, RowFilter filter, RowCursor? after, int limit, CancellationToken ct);
}
