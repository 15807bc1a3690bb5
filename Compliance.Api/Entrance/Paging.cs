using Compliance.Domain.Kernel;

namespace Compliance.Api.Entrance;

/// <summary>Which stretch of a list: at most <paramref name="Limit"/> rows (1 to 200) after a cursor that an earlier page gave.</summary>
sealed record Paging(int? Limit, string? After)
{
    const int Usual = 50, Most = 200;

    public int Size => Limit switch
    {
        null => Usual,
        >= 1 and <= Most => Limit.Value,
        _ => throw new Malformed("limit", $"A page has 1 to {Most} rows."),
    };
}

static class Pages
{
    const int Reads = 10;

    /// <summary>
    /// A page of what a list holds and the caller may have. Reads on while rows are left out; a page may still come short,
    /// or empty, with a cursor to go on.
    /// </summary>
    public static async Task<Page<TOut>> Where<TRow, TOut>(
        this Paging paging, Func<int, string?, Task<Page<TRow>>> read, Func<TRow, Task<TOut?>> choose) where TOut : class
    {
        var (found, cursor) = (new List<TOut>(), paging.After);
        for (var reads = 0; reads < Reads; reads++)
        {
            var page = await read(paging.Size - found.Count, cursor);
            foreach (var row in page.Items)
                if (await choose(row) is { } chosen) found.Add(chosen);
            cursor = page.Next;
            if (cursor is null || found.Count == paging.Size) break;
        }

        return new(found, cursor);
    }
}
