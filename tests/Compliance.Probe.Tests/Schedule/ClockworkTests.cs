using System.Diagnostics;
using Compliance.Domain.Venues;
using Compliance.Probe.Schedule;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Probe.Tests.Schedule;

/// <summary>What comes again, run by a real Quartz by a real clock; each thing awaited as it comes.</summary>
public sealed class ClockworkTests
{
    static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50), Patience = TimeSpan.FromSeconds(60);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_kind_of_rounds_stands_in_the_timetable_once()
    {
        var table = Timetable.Of(new());
        var kinds = typeof(Rounds).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(Rounds))).ToHashSet();
        Assert.NotEmpty(kinds);
        Assert.Equal(kinds.Select(kind => kind.Name).Order(StringComparer.Ordinal), table.Select(turn => turn.Name).Order(StringComparer.Ordinal));
        Assert.All(table, turn => Assert.True(turn.Every > TimeSpan.Zero ^ turn.Cron is not null));
    }

    [Fact]
    public async Task A_round_that_takes_long_delays_no_other_never_runs_twice_at_once_and_leaves_out_what_it_missed()
    {
        var (quick, slow) = (new Quick(), new Slow());
        await using var clockwork = await Started([Every<Quick>(Beat), Every<Slow>(Beat)], quick, slow);
        await quick.Reached(40);
        Assert.Equal(1, slow.Begun);
        var released = Stopwatch.GetTimestamp();
        slow.Release();
        await quick.Reached(quick.Begun + 10);
        await slow.Reached(3);
        var beats = Stopwatch.GetElapsedTime(released) / Beat;
        Assert.InRange(slow.Begun, 3, 1 + beats + 2);
    }

    [Fact]
    public async Task A_round_that_breaks_is_followed_by_the_next()
    {
        var broken = new Broken();
        await using var clockwork = await Started([Every<Broken>(Beat)], broken);
        await broken.Reached(3);
    }

    [Fact]
    public async Task Some_begin_at_once_and_what_there_is_nothing_to_go_round_for_never_does()
    {
        var (atOnce, off, later) = (new Quick(), new Broken(), new Slow());
        var hour = TimeSpan.FromHours(1);
        await using var clockwork = await Started([Every<Quick>(hour) with { AtOnce = true }, Every<Broken>(Beat) with { IsOn = false }, Every<Slow>(hour)], atOnce, off, later);
        await atOnce.Reached(1);
        Assert.Equal((0, 0), (off.Begun, later.Begun));
        Assert.Null(await clockwork.Next(nameof(Broken), Ct));
        Assert.InRange(((await clockwork.Next(nameof(Slow), Ct))!.Value - TimeProvider.System.GetUtcNow()).TotalMinutes, 50, 60);
    }

    [Fact]
    public async Task Whoever_stops_it_waits_for_the_round_that_runs_and_tells_it_to_end()
    {
        var slow = new Slow();
        await using var clockwork = await Started([Every<Slow>(Beat)], slow);
        await slow.Reached(1);
        await clockwork.StopAsync(Ct).WaitAsync(Patience, Ct);
        Assert.Equal((1, 1), (slow.Begun, slow.Ended));
    }

    [Fact]
    public async Task A_clock_on_the_wall_that_is_set_back_by_an_hour_stops_nothing()
    {
        var (quick, clock) = (new Quick(), new WallClock());
        await using var clockwork = new Clockwork([Every<Quick>(Beat)], [quick], clock, NullLoggerFactory.Instance);
        await clockwork.StartAsync(Ct);
        await quick.Reached(2);
        clock.IsSetBack = true;
        await quick.Reached(quick.Begun + 5);
    }

    [Fact]
    public async Task The_day_is_stated_at_five_past_by_the_venues_clock()
    {
        var clock = new FakeTimeProvider(VenueZone.Midnight(new(2026, 11, 29)).AddMinutes(-5));
        var turn = Assert.Single(Timetable.Of(new()), turn => turn is { Cron: not null, IsOn: true });
        Assert.Equal(typeof(DayStatements), turn.Rounds);
        await using var clockwork = new Clockwork([turn with { Rounds = typeof(Quick) }], [new Quick()], clock, NullLoggerFactory.Instance);
        await clockwork.StartAsync(Ct);
        Assert.Equal(VenueZone.Midnight(new(2026, 11, 29)).AddMinutes(5), await clockwork.Next(nameof(Quick), Ct));
    }

    static Turn Every<T>(TimeSpan every) where T : Rounds => new(typeof(T), every, null);

    static async Task<Clockwork> Started(IReadOnlyList<Turn> table, params Rounds[] rounds)
    {
        var clockwork = new Clockwork(table, rounds, TimeProvider.System, NullLoggerFactory.Instance);
        await clockwork.StartAsync(Ct);
        return clockwork;
    }

    abstract class Counted() : Rounds("A round of a test", TimeProvider.System, NullLogger.Instance)
    {
        readonly Lock _gate = new();
        readonly List<(int Count, TaskCompletionSource Reached)> _awaited = [];

        public int Begun { get; private set; }

        public int Ended { get; private set; }

        public Task Reached(int count)
        {
            lock (_gate)
            {
                if (Begun >= count) return Task.CompletedTask;
                var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _awaited.Add((count, reached));
                return reached.Task.WaitAsync(Patience, Ct);
            }
        }

        protected override async Task Round(DateTimeOffset now, CancellationToken ct)
        {
            lock (_gate)
            {
                Begun++;
                foreach (var (_, reached) in _awaited.Where(a => a.Count <= Begun)) reached.TrySetResult();
            }

            try
            {
                await Do(ct);
            }
            finally
            {
                Ended++;
            }
        }

        protected virtual Task Do(CancellationToken ct) => Task.CompletedTask;
    }

    sealed class Quick : Counted;

    sealed class Slow : Counted
    {
        readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _released.SetResult();

        protected override Task Do(CancellationToken ct) => _released.Task.WaitAsync(ct);
    }

    sealed class Broken : Counted
    {
        protected override Task Do(CancellationToken ct) => throw new InvalidOperationException("It breaks each time.");
    }

    /// <summary>The machine's clock, whose wall can be set back.</summary>
    sealed class WallClock : TimeProvider
    {
        public bool IsSetBack { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - (IsSetBack ? TimeSpan.FromHours(1) : TimeSpan.Zero);
    }
}
