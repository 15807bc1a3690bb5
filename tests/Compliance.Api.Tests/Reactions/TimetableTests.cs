using System.Collections.Concurrent;
using Compliance.Api.Reactions;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compliance.Api.Tests.Reactions;

/// <summary>A restart loses and doubles nothing: on a real store, over a downtime, and after a death in the middle of a run.</summary>
public sealed class TimetableTests : IDisposable
{
    const string Nightly = "0 0 5 * * ?", Name = "nightly";

    readonly TempFolder _folder = new();
    readonly ShiftedClock _clock = new();
    readonly BlockingCollection<DateTimeOffset> _runs = [];
    readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Store => _folder["schedules.db"];

    public void Dispose()
    {
        _runs.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_is_due_at_five_by_the_clock_of_the_venues()
    {
        await using var timetable = Of(Nightly, Store);
        await timetable.StartAsync(Ct);
        var next = (await timetable.Next(Name, Ct))!.Value;
        Assert.Equal(new TimeOnly(5, 0), TimeOnly.FromDateTime(VenueZone.Local(next).DateTime));
        Assert.InRange(next - _clock.GetUtcNow(), TimeSpan.Zero, TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task Three_nights_that_passed_while_nobody_was_there_are_made_up_by_one_run()
    {
        await using (var before = Of(Nightly, Store)) await before.StartAsync(Ct);
        Assert.Empty(_runs);
        _clock.Advance(TimeSpan.FromDays(3));
        await using (var after = Of(Nightly, Store))
        {
            await after.StartAsync(Ct);
            _runs.Take(Ct);
            Assert.InRange((await after.Next(Name, Ct))!.Value - _clock.GetUtcNow(), TimeSpan.Zero, TimeSpan.FromDays(1));
        }

        await using (var again = Of(Nightly, Store)) await again.StartAsync(Ct);
        Assert.Empty(_runs);
    }

    /// <summary>What a killed process leaves behind is the store as it stood: a copy taken in the middle of a run.</summary>
    [Fact]
    public async Task A_run_that_was_cut_off_is_run_again_once()
    {
        await using (var warm = Of(Nightly, Store)) await warm.StartAsync(Ct);
        _clock.Advance(TimeSpan.FromDays(1));
        await using var dying = Of(Nightly, Store, _open.Task);
        await dying.StartAsync(Ct);
        _runs.Take(Ct);
        foreach (var left in Directory.GetFiles(Path.GetDirectoryName(Store)!, "schedules.db*"))
            File.Copy(left, left.Replace("schedules.db", "left.db", StringComparison.Ordinal));

        await using (var next = Of(Nightly, _folder["left.db"]))
        {
            await next.StartAsync(Ct);
            _runs.Take(Ct);
        }

        await using (var last = Of(Nightly, _folder["left.db"])) await last.StartAsync(Ct);
        Assert.Empty(_runs);
        _open.SetResult();
    }

    [Fact]
    public async Task Another_time_in_the_table_replaces_the_one_in_the_store()
    {
        await using (var before = Of(Nightly, Store)) await before.StartAsync(Ct);
        await using var after = Of("0 30 6 * * ?", Store);
        await after.StartAsync(Ct);
        Assert.Equal(new TimeOnly(6, 30), TimeOnly.FromDateTime(VenueZone.Local((await after.Next(Name, Ct))!.Value).DateTime));
    }

    [Fact]
    public void Every_schedule_has_a_name_of_its_own() => Assert.Distinct(AllSchedules.Of.Select(schedule => schedule.Name));

    Timetable Of(string cron, string store, Task? until = null) => new(
        [new(Name, cron, async (_, ct) =>
        {
            _runs.Add(_clock.GetUtcNow(), ct);
            if (until is not null) await until.WaitAsync(ct);
        })],
        store, new ServiceCollection().BuildServiceProvider(), _clock, NullLoggerFactory.Instance);
}
