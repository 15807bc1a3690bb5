using Compliance.Api.Views;

namespace Compliance.Api.Tests.Views;

/// <summary>A store that counts the rows it is asked for.</summary>
sealed class CountingStore(IViewStore store) : IViewStore
{
    public int Rows { get; private set; }

    /// <summary>Which view cannot be read.</summary>
    public Func<string, bool> Fails { get; set; } = _ => false;

    public Task<IReadOnlyList<ViewMark>> Marks(CancellationToken ct) => store.Marks(ct);

    public Task Save(IReadOnlyList<ViewSave> saves, CancellationToken ct) => store.Save(saves, ct);

    async Task<IReadOnlyList<StoredRow>> IViewStore.Rows(string view, IReadOnlyCollection<Guid> keys, CancellationToken ct) =>
        Counted(await store.Rows(view, keys, ct));

    public async Task<IReadOnlyList<StoredRow>> List(string view, RowFilter filter, RowCursor? after, int limit, CancellationToken ct) =>
        Fails(view) ? throw new IOException(view) : Counted(await store.List(view, filter, after, limit, ct));

    IReadOnlyList<StoredRow> Counted(IReadOnlyList<StoredRow> rows)
    {
        Rows += rows.Count;
        return rows;
    }
}
