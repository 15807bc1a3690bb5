using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static Compliance.Api.Tests.EventLog.Facts;

namespace Compliance.Api.Tests.Views;

/// <summary>The running projector: whoever wrote something can wait until he may read it.</summary>
public sealed class ProjectorTests : IAsyncLifetime
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly TempFolder _folder = new();
    readonly MemoryEventLog _log = new(TimeProvider.System);
    readonly ViewProgress _progress = new(TimeProvider.System);
    readonly ViewChanges _changes = new();
    readonly SqliteViewStore _store;
    readonly Projector _projector;

    public ProjectorTests()
    {
        _store = new(_folder["views.db"]);
        _projector = new(
            new(_log, _store, [Tally.View()], TimeProvider.System, NullLogger<Projection>.Instance), _progress, _changes, TimeProvider.System, NullLogger<Projector>.Instance);
    }

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _projector.StartAsync(Ct);

    public async ValueTask DisposeAsync()
    {
        await _projector.StopAsync(CancellationToken.None);
        _projector.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Whoever_wrote_can_wait_until_he_reads_it()
    {
        for (var n = 1; n <= 20; n++)
        {
            var venue = NewVenue();
            var done = await _log.Set(venue, -1, n, n + 1);
            Assert.True(await _progress.WaitFor(done!.Position, Patience, Ct));
            Assert.Equal(new Tally(venue.Id, 2, n + 1), await _store.Find(Tally.View(), venue.Id, Ct));
        }
    }

    [Fact]
    public async Task Every_changed_row_is_told_once_a_batch_with_its_group()
    {
        var venue = NewVenue();
        Assert.True(await _progress.WaitFor((await _log.Set(venue, -1, 1))!.Position, Patience, Ct));
        await using var listening = _changes.Since(null, Ct).GetAsyncEnumerator(Ct);
        var heard = listening.MoveNextAsync();

        var done = await _log.Set(venue, 0, 2, 4);
        Assert.True(await heard);
        Assert.Equal(new ViewChange("tally", venue.Id, Tally.Even, done!.Position), listening.Current);
    }

    [Fact]
    public async Task Waiting_for_what_does_not_come_ends_with_no()
    {
        var clock = new FakeTimeProvider();
        var waiting = new ViewProgress(clock).WaitFor(new(9, 9), TimeSpan.FromSeconds(5), Ct);
        Assert.False(waiting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.False(await waiting);
    }

    [Fact]
    public async Task Whoever_demands_all_rows_is_not_answered_from_views_that_are_half_built()
    {
        var clock = new FakeTimeProvider();
        var progress = new ViewProgress(clock);
        var writes = new OwnWrites(progress, new Compliance.Api.EventLog.Written()); // this process has written nothing since its start
        progress.Reached(new(1, 1), end: false);
        var demanded = writes.Demand(Ct);
        Assert.False(demanded.IsCompleted);
        progress.Reached(new(2, 2), end: true);
        await demanded;

        var never = new OwnWrites(new(clock), new Compliance.Api.EventLog.Written()).Demand(Ct);
        clock.Advance(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<TimeoutException>(() => never);
    }

    [Fact]
    public void Views_are_behind_once_they_have_stood_still_or_read_old_facts_for_a_while()
    {
        var clock = new FakeTimeProvider();
        var (progress, patience) = (new ViewProgress(clock), TimeSpan.FromSeconds(5));
        progress.Reached(new(1, 1), end: true);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.False(progress.IsBehind(patience)); // nothing happened: nothing to be behind of

        for (var i = 2UL; i < 40; i++) // a log that never rests
        {
            progress.Reached(new(i, i), end: false, clock.GetUtcNow());
            clock.Advance(TimeSpan.FromMilliseconds(200));
        }

        Assert.False(progress.IsBehind(patience));
        progress.Stumbled();
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(progress.IsBehind(patience));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(progress.IsBehind(patience));
        progress.Reached(new(50, 50), end: false, clock.GetUtcNow().AddMinutes(-1)); // it reads again, and has far to go
        Assert.True(progress.IsBehind(patience));
        progress.Reached(new(51, 51), end: false, clock.GetUtcNow());
        Assert.False(progress.IsBehind(patience));
    }
}
