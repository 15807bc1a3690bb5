using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using static Compliance.Api.Tests.EventLog.Facts;

namespace Compliance.Api.Tests.Views;

/// <summary>The views are what the facts say: after crashes, with a new version, and for those who wait for them.</summary>
public sealed class ProjectionTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly SqliteViewStore _store;
    readonly MemoryEventLog _log = new(TimeProvider.System);
    int _written;

    public ProjectionTests() => _store = new(_folder["views.db"]);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Each_view_is_kept_once() => Assert.Distinct(AllViews.Of.Select(view => view.Name));

    [Fact]
    public async Task The_stored_rows_are_what_the_view_makes_of_the_facts()
    {
        await Written(venues: 40);
        await Project(Tally.View()).ToTheEnd(Ct);

        await AssertStored(Tally.View());
    }

    [Fact]
    public async Task A_crash_at_any_save_leaves_rows_and_mark_that_belong_together()
    {
        for (var round = 0; round < 12; round++)
        {
            await Written(venues: 3);
            var crashing = new Projection(_log, new CrashingStore(_store, round % 3), [Tally.View()], TimeProvider.System, NullLogger<Projection>.Instance);
            await crashing.ToTheEnd(Ct).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        await Project(Tally.View()).ToTheEnd(Ct);
        await AssertStored(Tally.View());
    }

    [Fact]
    public async Task A_view_of_another_version_is_rebuilt_from_the_start_and_the_others_are_not()
    {
        await Written(venues: 5);
        var other = Tally.View() with { Name = "other" };
        await Project(Tally.View(), other).ToTheEnd(Ct);
        var counted = 0;
        var counting = other with { Apply = (row, fact, recorded) => { counted++; return other.Apply(row, fact, recorded); } };

        await Project(Tally.View(version: 2), counting).ToTheEnd(Ct);
        await AssertStored(Tally.View(version: 2));
        await AssertStored(other);
        Assert.Equal(0, counted);
    }

    [Fact]
    public async Task A_fact_a_view_does_not_care_about_moves_it_on_all_the_same()
    {
        var venue = NewVenue();
        var done = await _log.Append(venue, -1, [Registered(venue)], new Origin(Guid.NewGuid(), "user:test"), Ct);
        await Project(Tally.View()).ToTheEnd(Ct);

        Assert.Equal(done!.Position, Assert.Single(await _store.Marks(Ct)).Position);
    }

    [Fact]
    public async Task A_fact_nobody_knows_is_passed_over()
    {
        var venue = NewVenue();
        await _log.Set(venue, -1, 1, 2, 3);
        await Project(new Renamed(_log, 1), Tally.View()).ToTheEnd(Ct);

        Assert.Equal(new Tally(venue.Id, 2, 3), await _store.Find(Tally.View(), venue.Id, Ct));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public async Task Views_of_a_log_that_was_restored_from_an_older_copy_are_made_anew(int sinceTheCopy)
    {
        await Written(venues: 3);
        await Project(Tally.View()).ToTheEnd(Ct);
        var copy = new MemoryEventLog(TimeProvider.System);
        await foreach (var recorded in _log.Follow(LogPosition.Start, Ct).Take(10))
            await copy.Append(recorded.Stream, recorded.Revision - 1, [EventCatalog.Decode(recorded)!], recorded.Origin, Ct);
        for (var n = 0; n < sinceTheCopy; n++) await copy.Set(NewVenue(), -1, 5, 6);

        await Project(copy, Tally.View()).ToTheEnd(Ct);
        await AssertStored(Tally.View(), copy, 10 + (2 * sinceTheCopy));
    }

    [Fact]
    public async Task Doors_find_one_row_and_page_through_a_group()
    {
        for (var n = 1; n <= 9; n++) await _log.Set(NewVenue(), -1, n);
        await Project(Tally.View()).ToTheEnd(Ct);

        var first = await _store.List(Tally.View(), [Tally.Odd], 2, null, Ct);
        var second = await _store.List(Tally.View(), [Tally.Odd], 2, first.Next, Ct);
        var third = await _store.List(Tally.View(), [Tally.Odd], 2, second.Next, Ct);
        Assert.Equal([1, 3, 5, 7, 9], [.. first.Items.Concat(second.Items).Concat(third.Items).Select(row => row.Latest)]);
        Assert.Null(third.Next);
        Assert.Equal(first.Items[0], await _store.Find(Tally.View(), first.Items[0].VenueId, Ct));
        Assert.Null(await _store.Find(Tally.View(), Guid.NewGuid(), Ct));
        await Assert.ThrowsAsync<FormatException>(() => _store.List(Tally.View(), null, 2, "no cursor!", Ct));
    }

    [Fact]
    public async Task Rebuilding_makes_the_same_rows_again_and_says_so()
    {
        await Written(venues: 20);
        await Project(Tally.View()).ToTheEnd(Ct);
        await _store.Save([new(new("tally", 1, LogPosition.Start), [], [Assert.Single((await _store.List("tally", new(), null, 1, Ct))).Key])], Ct);

        using var said = new StringWriter();
        Assert.Equal(0, await RebuildViews.Run(_log, _store, [Tally.View()], TimeProvider.System, said, Ct));
        await AssertStored(Tally.View());
        Assert.StartsWith("1 views rebuilt from 100 facts", said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rebuild_that_is_interrupted_is_finished_by_whoever_comes_next()
    {
        await Written(venues: 20);
        using var interrupt = new CancellationTokenSource();
        var interrupting = Tally.View() with { SortOf = row => { interrupt.Cancel(); return Tally.View().SortOf(row); } };

        using var said = new StringWriter();
        Assert.Equal(130, await RebuildViews.Run(_log, _store, [interrupting], TimeProvider.System, said, interrupt.Token));
        Assert.StartsWith("Interrupted after", said.ToString(), StringComparison.Ordinal);
        await Project(Tally.View()).ToTheEnd(Ct);
        await AssertStored(Tally.View());
    }

    /// <summary>Five facts a venue; every fourth venue ends without a row.</summary>
    async Task Written(int venues)
    {
        _written += 5 * venues;
        for (var n = 0; n < venues; n++) await _log.Set(NewVenue(), -1, 1 + n, 2 + n, 3 + n, 4 + n, n % 4 == 3 ? 0 : 5 + n);
    }

    Projection Project(params IView[] views) => Project(_log, views);

    Projection Project(IEventLog log, params IView[] views) => new(log, _store, views, TimeProvider.System, NullLogger<Projection>.Instance);

    Task AssertStored(View<Tally> view) => AssertStored(view, _log, _written);

    async Task AssertStored(View<Tally> view, MemoryEventLog log, int written)
    {
        var facts = await log.Follow(LogPosition.Start, Ct).Take(written).ToArrayAsync(Ct);
        var stored = await _store.List(view, null, 1000, null, Ct);
        Assert.Equal(view.Build(facts).Values.OrderBy(row => row.VenueId), stored.Items.OrderBy(row => row.VenueId));
        Assert.Equal(facts[^1].Position, (await _store.Marks(Ct)).Single(mark => mark.View == view.Name).Position);
    }

    /// <summary>A store whose process dies just before the save of that number, or just after it where the number is odd.</summary>
    sealed class CrashingStore(IViewStore store, int at) : IViewStore
    {
        int _saves;

        public async Task Save(IReadOnlyList<ViewSave> saves, CancellationToken ct)
        {
            var dies = _saves++ == at;
            if (!dies || at % 2 == 1) await store.Save(saves, ct);
            if (dies) throw new IOException("the process was killed");
        }

        public Task<IReadOnlyList<ViewMark>> Marks(CancellationToken ct) => store.Marks(ct);

        public Task<IReadOnlyList<StoredRow>> Rows(string view, IReadOnlyCollection<Guid> keys, CancellationToken ct) => store.Rows(view, keys, ct);

        public Task<IReadOnlyList<StoredRow>> List(string view, RowFilter filter, RowCursor? after, int limit, CancellationToken ct) =>
            store.List(view, filter, after, limit, ct);
    }

    /// <summary>A log in which the fact of one revision bears a name of the future.</summary>
    sealed class Renamed(IEventLog log, long revision) : IEventLog
    {
        public IAsyncEnumerable<Recorded> Read(StreamId stream, CancellationToken ct) => log.Read(stream, ct);

        public IAsyncEnumerable<Recorded> Follow(LogPosition after, CancellationToken ct) =>
            log.Follow(after, ct).Select(recorded => recorded.Revision == revision ? recorded with { Name = "venue.moved-to-mars.v1" } : recorded);

        public Task<Appended?> Append(StreamId stream, long expectedRevision, IReadOnlyList<object> facts, Origin origin, CancellationToken ct) =>
            log.Append(stream, expectedRevision, facts, origin, ct);
    }
}
