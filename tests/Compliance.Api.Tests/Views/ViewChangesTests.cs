using Compliance.Api.Views;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Tests.Views;

/// <summary>A listener hears every change, comes back to what it missed, and is told when that is no longer known.</summary>
public sealed class ViewChangesTests
{
    readonly ViewChanges _changes = new(kept: 10);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_listener_hears_what_comes_after_it_began()
    {
        _changes.Begin(At(5));
        Publish(6);
        await using var listening = _changes.Since(null, Ct).GetAsyncEnumerator(Ct);
        var first = listening.MoveNextAsync();
        Publish(7, 7);

        Assert.True(await first);
        Assert.Equal(At(7), listening.Current.Position);
        Assert.True(await listening.MoveNextAsync());
        Assert.Equal(At(7), listening.Current.Position);
    }

    [Fact]
    public async Task A_listener_that_comes_back_gets_what_it_missed_and_the_last_position_again()
    {
        _changes.Begin(At(5));
        Publish(6);
        Publish(7, 7, 8);
        Publish(9);

        Assert.Equal("7 7 8 9", await Heard(At(7), 4));
    }

    [Fact]
    public async Task A_listener_from_before_the_process_began_starts_over()
    {
        _changes.Begin(At(5));
        Publish(6);
        Assert.Equal("reset 6", await Heard(At(4), 1));
        Assert.Equal("reset 6", await Heard(At(5), 1));
    }

    [Fact]
    public async Task A_listener_that_was_quicker_than_the_views_starts_over()
    {
        await using var listening = _changes.Since(At(3), Ct).GetAsyncEnumerator(Ct);
        var first = listening.MoveNextAsync();
        _changes.Begin(At(5));

        Assert.True(await first);
        Assert.Equal(ViewChange.Reset(At(5)), listening.Current);
    }

    [Fact]
    public async Task A_listener_that_was_away_too_long_starts_over()
    {
        _changes.Begin(At(5));
        for (ulong n = 6; n < 40; n++) Publish(n);

        Assert.Equal("reset 39", await Heard(At(6), 1));
        Assert.Equal("38 39", await Heard(At(38), 2));
    }

    [Fact]
    public async Task A_listener_that_is_too_slow_starts_over_and_then_goes_on()
    {
        _changes.Begin(At(5));
        await using var listening = _changes.Since(null, Ct).GetAsyncEnumerator(Ct);
        var first = listening.MoveNextAsync();
        for (ulong n = 6; n < 60; n++) Publish(n);
        Assert.True(await first);
        // It may start over more than once while the changes come: it is read on until it has seen the last of them.
        var over = listening.Current.IsReset;
        while (listening.Current.Position < At(59))
        {
            Assert.True(await listening.MoveNextAsync());
            over |= listening.Current.IsReset;
        }

        Assert.True(over);
        Publish(60);
        do
        {
            Assert.True(await listening.MoveNextAsync());
            Assert.False(listening.Current.IsReset);
        }
        while (listening.Current.Position < At(60));
        Assert.Equal(At(60), listening.Current.Position);
    }

    void Publish(params ulong[] positions) =>
        _changes.Publish(At(positions[^1]), [.. positions.Select(n => new ViewChange("a", Guid.NewGuid(), null, At(n)))]);

    async Task<string> Heard(LogPosition last, int count) => string.Join(' ', await _changes.Since(last, Ct).Take(count)
        .Select(change => $"{(change.IsReset ? "reset " : "")}{change.Position.Commit}").ToListAsync(Ct));

    static LogPosition At(ulong n) => new(n, n);
}
