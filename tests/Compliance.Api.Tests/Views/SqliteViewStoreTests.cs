using System.Text;
using Compliance.Api.EventLog;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Tests.Views;

/// <summary>Rows and marks: together or not at all, and in pages.</summary>
public sealed class SqliteViewStoreTests : IDisposable
{
    readonly TempFolder _folder = new();
    SqliteViewStore _store;

    public SqliteViewStoreTests() => _store = new(_folder["views.db"]);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Rows_and_mark_are_there_after_reopening()
    {
        var row = Row(7, "әлем 🌍");
        await _store.Save([Save(3, row)], Ct);
        _store.Dispose();
        _store = new(_folder["views.db"]);

        Assert.Equal([new ViewMark("a", 1, At(3))], await _store.Marks(Ct));
        Assert.Equivalent(row, Assert.Single(await _store.Rows("a", [row.Key, Guid.NewGuid()], Ct)));
        Assert.Empty(await _store.Rows("b", [row.Key], Ct));
    }

    [Fact]
    public async Task When_one_row_cannot_be_stored_nothing_of_its_batch_is()
    {
        await _store.Save([Save(3, Row(1, "old"))], Ct);
        await Assert.ThrowsAnyAsync<Exception>(() => _store.Save(
            [Save(9, Row(1, "new"), Row(2, "new")), new(new("b", 1, At(9)), [Row(3, null!)], [])], Ct));

        Assert.Equal([new ViewMark("a", 1, At(3))], await _store.Marks(Ct));
        Assert.Equal("old", Assert.Single(await _store.List("a", new(), null, 10, Ct)).Sort);
        await _store.Save([Save(9, Row(1, "new"))], Ct);
        Assert.Equal("new", Assert.Single(await _store.List("a", new(), null, 10, Ct)).Sort);
    }

    [Fact]
    public async Task A_list_is_paged_in_order_even_while_rows_come_and_go()
    {
        await _store.Save([Save(1, [.. Enumerable.Range(0, 25).Select(n => Row(n, $"{n / 3:D2}"))])], Ct);
        var (seen, after) = (new List<StoredRow>(), (RowCursor?)null);
        while (await _store.List("a", new(), after, 4, Ct) is [.., var last] page)
        {
            seen.AddRange(page);
            after = RowCursor.Parse(new RowCursor(last.Sort, last.Key).ToString());
            if (seen.Count == 8) await _store.Save([Save(2, Row(100, "00")), new(new("a", 1, At(3)), [], [seen[0].Key])], Ct);
        }

        Assert.Equal(25, seen.Select(row => row.Key).Distinct().Count());
        Assert.Equal(seen.OrderBy(row => row.Sort, StringComparer.Ordinal).ThenBy(row => row.Key.ToString("N"), StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task A_list_can_be_narrowed_to_groups_and_to_keys()
    {
        var (one, two) = (Guid.NewGuid(), Guid.NewGuid());
        StoredRow[] rows = [Row(1, "1", one), Row(2, "2", two), Row(3, "3", one), Row(4, "4")];
        await _store.Save([Save(1, rows)], Ct);

        Assert.Equal("13", await Sorts(new([one])));
        Assert.Equal("123", await Sorts(new([one, two])));
        Assert.Equal("", await Sorts(new([])));
        Assert.Equal("24", await Sorts(new(Keys: [rows[1].Key, rows[3].Key])));
        Assert.Equal("3", await Sorts(new([one], [rows[1].Key, rows[2].Key])));
        Assert.Equal("1234", await Sorts(new()));

        async Task<string> Sorts(RowFilter filter) => string.Concat((await _store.List("a", filter, null, 10, Ct)).Select(row => row.Sort));
    }

    [Fact]
    public async Task Anew_throws_away_the_rows_of_that_view_alone()
    {
        await _store.Save([Save(1, Row(1, "1")), new(new("b", 1, At(1)), [Row(2, "2")], [])], Ct);
        await _store.Save([new(new("a", 2, LogPosition.Start), [], [], Anew: true)], Ct);

        Assert.Empty(await _store.List("a", new(), null, 10, Ct));
        Assert.Single(await _store.List("b", new(), null, 10, Ct));
        Assert.Contains(new ViewMark("a", 2, LogPosition.Start), await _store.Marks(Ct));
    }

    [Fact]
    public void A_second_process_is_refused() => Assert.Contains(
        "another process has it", Assert.Throws<EventLogException>(() => new SqliteViewStore(_folder["views.db"])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_damaged_file_is_set_aside_and_stops_no_start(int page)
    {
        await _store.Save([Save(3, [.. Enumerable.Range(0, 200).Select(n => Row(n, $"{n:D3}"))])], Ct);
        _store.Dispose();
        var bytes = File.ReadAllBytes(_folder["views.db"]);
        bytes.AsSpan(page * 4096, 4096).Fill(0xA5);
        File.WriteAllBytes(_folder["views.db"], bytes);

        _store = new(_folder["views.db"]);
        Assert.Equal(_folder["views.db.damaged"], _store.SetAside);
        Assert.Empty(await _store.Marks(Ct));
        await _store.Save([Save(3, Row(1, "1"))], Ct);
        _store.Dispose();
        _store = new(_folder["views.db"]);
        Assert.Null(_store.SetAside);
        Assert.Single(await _store.List("a", new(), null, 10, Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("AAAA")]
    public void A_text_that_is_no_cursor_is_none(string text) => Assert.Null(RowCursor.Parse(text));

    static LogPosition At(ulong n) => new(n, n);

    static StoredRow Row(int n, string sort, Guid? group = null) => new(
        EventIds.From(Guid.Empty, $"row {n}"), group, sort, Encoding.UTF8.GetBytes($"{n}"));

    static ViewSave Save(ulong position, params StoredRow[] rows) => new(new("a", 1, At(position)), rows, []);
}
