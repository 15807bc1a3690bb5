using System.Runtime.CompilerServices;
using System.Text.Json;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Views;

/// <summary>What doors ask of the views: one row, or a page of a list.</summary>
static class ViewQueries
{
    public static async Task<TRow?> Find<TRow>(this IViewStore store, View<TRow> view, Guid key, CancellationToken ct)
        where TRow : class =>
        await store.Rows(view.Name, [key], ct) is [var row] ? Decode<TRow>(row) : null;

    /// <param name="groups">The groups (venues) to list; null for all.</param>
    /// <param name="after">The <c>Next</c> of the page before; null for the first page.</param>
    /// <param name="keys">The rows to list, where the group does not say it; null for all.</param>
    /// <exception cref="FormatException"><paramref name="after"/> is no cursor.</exception>
    public static async Task<Page<TRow>> List<TRow>(
        this IViewStore store, View<TRow> view, IReadOnlyCollection<Guid>? groups, int limit, string? after, CancellationToken ct,
        IReadOnlyCollection<Guid>? keys = null)
        where TRow : class
    {
        var from = after is null ? null : RowCursor.Parse(after) ?? throw new FormatException("'after' is not the cursor of a page.");
        var rows = await store.List(view.Name, new(groups, keys), from, limit + 1, ct);
        var next = rows.Count > limit ? new RowCursor(rows[limit - 1].Sort, rows[limit - 1].Key).ToString() : null;
        return new([.. rows.Take(limit).Select(Decode<TRow>)], next);
    }

    /// <summary>Every row of a list, for counting.</summary>
    public static async Task<IReadOnlyList<TRow>> All<TRow>(this IViewStore store, View<TRow> view, IReadOnlyCollection<Guid>? groups, CancellationToken ct)
        where TRow : class =>
        [.. (await store.List(view.Name, new(groups), null, int.MaxValue, ct)).Select(Decode<TRow>)];

    /// <summary>Row by row along the list, for who stops where it no longer matters.</summary>
    public static async IAsyncEnumerable<TRow> From<TRow>(this IViewStore store, View<TRow> view, [EnumeratorCancellation] CancellationToken ct)
        where TRow : class
    {
        const int atOnce = 200;
        for (Page<TRow>? page = null; page is null || page.Next is not null;)
        {
            page = await store.List(view, null, atOnce, page?.Next, ct);
            foreach (var row in page.Items) yield return row;
        }
    }

    /// <summary>Which rows there are, and nothing of what they say.</summary>
    public static async IAsyncEnumerable<Guid> Keys(this IViewStore store, IView view, [EnumeratorCancellation] CancellationToken ct)
    {
        const int atOnce = 1_000;
        RowCursor? after = null;
        for (IReadOnlyList<StoredRow>? rows = null; rows is null || rows.Count == atOnce;)
        {
            rows = await store.List(view.Name, new(), after, atOnce, ct);
            foreach (var row in rows) yield return row.Key;
            if (rows.Count > 0) after = new(rows[^1].Sort, rows[^1].Key);
        }
    }

    static TRow Decode<TRow>(StoredRow row) => JsonSerializer.Deserialize<TRow>(row.Json, EventCatalog.Json)!;
}
