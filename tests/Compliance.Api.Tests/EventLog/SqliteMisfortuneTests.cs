using System.Diagnostics;
using System.Globalization;
using Compliance.Api.EventLog;
using Compliance.Domain.Kernel;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using static Compliance.Api.Tests.EventLog.Facts;

namespace Compliance.Api.Tests.EventLog;

/// <summary>Killed processes, full disks, locks, a second process: what was acknowledged is there, nothing is half there.</summary>
public sealed class SqliteMisfortuneTests : IDisposable
{
    readonly TempFolder _folder = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Path => _folder["log.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_acknowledged_survives_kill_minus_nine_and_nothing_is_half_there()
    {
        var acknowledged = new Dictionary<string, long>();
        for (var round = 0; round < 3; round++)
        {
            using var other = new AppendingProcess(Path, writers: 4);
            var answers = 0;
            await foreach (var said in other.Says(Ct))
            {
                Assert.Equal("stored", said[0]);
                acknowledged[said[1]] = long.Parse(said[2], CultureInfo.InvariantCulture);
                if (++answers == 100) other.Kill();
            }
        }

        await using var log = new SqliteEventLog(Path, TimeProvider.System);
        Assert.Equal(12, acknowledged.Count);
        foreach (var (stream, revision) in acknowledged)
        {
            var history = await log.Read(StreamId.Parse(stream)!.Value, Ct).ToArrayAsync(Ct);
            Assert.True(history.Length > revision, $"{stream} was acknowledged at {revision} and has {history.Length} facts");
            Assert.Equal(0, history.Length % 3);
            Assert.Equal(Enumerable.Range(0, history.Length), history.Select(Number));
        }

        Assert.Equal("ok", Ask("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task A_full_disk_refuses_and_the_log_works_again_when_there_is_room()
    {
        using var other = new AppendingProcess(Path);
        var (stored, refusals) = (-1L, new List<string>());
        await foreach (var said in other.Says(Ct))
        {
            if (said[0] == "stored") stored = long.Parse(said[2], CultureInfo.InvariantCulture);
            if (said[0] == "stored" && refusals is [] && stored == 2) LimitFileSize(other, "300000:unlimited");
            if (said[0] == "stored" && refusals is not []) other.Kill();
            if (said[0] != "refused") continue;

            refusals.Add(string.Join(' ', said[1..]));
            LimitFileSize(other, "unlimited:unlimited");
            await other.GoOn();
        }

        Assert.StartsWith("Nothing was stored: the disk that holds", Assert.Single(refusals), StringComparison.Ordinal);
        await using var log = new SqliteEventLog(Path, TimeProvider.System);
        var history = await log.Follow(LogPosition.Start, Ct).Take((int)stored + 1).ToArrayAsync(Ct);
        Assert.Equal(Enumerable.Range(0, (int)stored + 1), history.Select(Number));
    }

    [Fact]
    public async Task A_second_process_is_refused_with_a_clear_sentence()
    {
        await using var log = new SqliteEventLog(Path, TimeProvider.System);
        using var other = new AppendingProcess(Path);
        var said = await other.Says(Ct).ToArrayAsync(Ct);

        Assert.Equal(
            $"refused The event log {Path} was not opened: another process has it. Stop that process, or name another path in the setting EventLog.",
            string.Join(' ', Assert.Single(said)));
        Assert.NotNull(await log.Append(NewVenue(), -1, [Capacity(NewVenue(), 1)], Someone, Ct));
    }

    [Fact]
    public async Task A_locked_database_refuses_and_the_log_works_again_when_the_lock_is_gone()
    {
        await using var log = new SqliteEventLog(Path, TimeProvider.System, patience: TimeSpan.FromSeconds(1));
        var venue = NewVenue();
        using (var shell = new SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            shell.Open();
            using var transaction = shell.BeginTransaction();
            var refused = await Assert.ThrowsAsync<EventLogException>(() => log.Append(venue, -1, [Capacity(venue, 1)], Someone, Ct));
            Assert.Contains("another connection holds", refused.Message, StringComparison.Ordinal);
            Assert.Empty(await log.Read(venue, Ct).ToArrayAsync(Ct));
        }

        Assert.Equal(0, (await log.Append(venue, -1, [Capacity(venue, 1)], Someone, Ct))!.Revision);
    }

    [Fact]
    public async Task A_closed_log_says_so()
    {
        var log = new SqliteEventLog(Path, TimeProvider.System);
        await log.DisposeAsync();

        var refused = await Assert.ThrowsAsync<EventLogException>(() => log.Append(NewVenue(), -1, [Capacity(NewVenue(), 1)], Someone, Ct));
        Assert.Contains("is closed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_log_is_refused_and_left_alone()
    {
        var text = string.Concat(Enumerable.Repeat("This is a shopping list. ", 100));
        await File.WriteAllTextAsync(Path, text, Ct);

        var refused = Assert.Throws<EventLogException>(() => new SqliteEventLog(Path, TimeProvider.System));
        Assert.Contains("is not an event log", refused.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(Path, Ct));
    }

    [Fact]
    public async Task A_stale_append_leaves_its_neighbours_alone()
    {
        await using var log = new SqliteEventLog(Path, TimeProvider.System);
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(n => Task.Run(() =>
            log.Append(NewVenue(), n % 2 - 1, [Capacity(NewVenue(), n)], Someone, Ct))));

        Assert.All(answers, (answer, n) => Assert.Equal(n % 2 == 0, answer is not null));
        Assert.Equal(32, (await log.Follow(LogPosition.Start, Ct).Take(32).ToArrayAsync(Ct)).Length);
    }

    [Fact]
    public async Task Recorded_times_never_go_back_even_when_the_clock_does()
    {
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.Zero };
        var (venue, noon) = (NewVenue(), clock.GetUtcNow());
        await using (var log = new SqliteEventLog(Path, clock)) await log.Append(venue, -1, [Capacity(venue, 1)], Someone, Ct);

        var earlier = new FakeTimeProvider(noon.AddHours(-1));
        await using var again = new SqliteEventLog(Path, earlier);
        await again.Append(venue, 0, [Capacity(venue, 2)], Someone, Ct);
        earlier.Advance(TimeSpan.FromHours(2));
        await again.Append(venue, 1, [Capacity(venue, 3)], Someone, Ct);

        Assert.Equal([noon, noon, noon.AddHours(1)], (await again.Read(venue, Ct).ToArrayAsync(Ct)).Select(r => r.RecordedAt));
    }

    static Origin Someone => new(Guid.NewGuid(), "user:test");

    static void LimitFileSize(AppendingProcess process, string bytes)
    {
        using var prlimit = Process.Start("prlimit", [$"--pid={process.Id}", $"--fsize={bytes}"]);
        prlimit.WaitForExit();
        Assert.Equal(0, prlimit.ExitCode);
    }

    string? Ask(string sql)
    {
        using var shell = new SqliteConnection($"Data Source={Path};Pooling=False");
        shell.Open();
        using var command = shell.CreateCommand();
        command.CommandText = sql;
        return (string?)command.ExecuteScalar();
    }
}
