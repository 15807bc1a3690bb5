using Compliance.Api.EventLog;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Microsoft.Data.Sqlite;

namespace Compliance.Bench;

/// <summary>
/// What the SQLite log appends and reads in a second, next to the least that SQLite itself needs: rows that stand ready,
/// one prepared statement, the same table, the same durability and transactions of the same size.
/// </summary>
static class LogBench
{
    const int Rounds = 5, Batch = 500, Batches = 160;
    const double Target = 0.7;

    public static async Task Run(string[] args)
    {
        using var scratch = new Scratch();
        await Round(scratch, 1);
        foreach (var writers in new[] { 1, 16 })
        {
            var rounds = new List<(double, double?)>();
            for (var n = 0; n < Rounds; n++) rounds.Add(await Round(scratch, writers));
            Figure.Print($"log: append, {writers} writers, batches of {Batch}", "events/s", rounds, $"raw SQLite inserts, {PerCommit(writers)} a commit", Target);
        }

        await Read(scratch);
    }

    /// <summary>Sixteen writers who wait share a commit; the writer takes 5,000 facts at most.</summary>
    static int PerCommit(int writers) => writers == 1 ? Batch : 5000;

    static async Task<(double, double?)> Round(Scratch scratch, int writers)
    {
        var raw = Rows(writers);
        var rawPerSecond = await Scratch.PerSecond(Batch * Batches, () => Task.Run(() => InsertRaw(scratch.New("raw.db"), raw, PerCommit(writers))));
        await using var log = new SqliteEventLog(scratch.New("log.db"), TimeProvider.System);
        return (await Scratch.PerSecond(Batch * Batches, () => Append(log, writers)), rawPerSecond);
    }

    static Task Append(SqliteEventLog log, int writers) => Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
    {
        var device = new StreamId("device", Guid.NewGuid());
        for (var n = 0; n < Batches / writers; n++)
        {
            object[] facts = [.. Enumerable.Range(0, Batch).Select(i => Fact(device.Id, n * Batch + i))];
            await log.Append(device, (n * Batch) - 1, facts, new Origin(Guid.NewGuid(), "probe:bench"), default);
        }
    })));

    static async Task Read(Scratch scratch)
    {
        await using var log = new SqliteEventLog(scratch.New("log.db"), TimeProvider.System);
        await Append(log, 16);
        var rounds = new List<(double, double?)>();
        for (var n = 0; n < Rounds; n++)
            rounds.Add((await Scratch.PerSecond(Batch * Batches, async () => await log.Follow(LogPosition.Start, default).Take(Batch * Batches).LastAsync()), null));
        Figure.Print("log: read, one follower from the start", "events/s", rounds);
    }

    static DeviceEvent.VerdictChanged Fact(Guid device, int n) => new(
        device, device, DeviceKind.Camera, Verdict.Online, Verdict.Unreachable, DateTimeOffset.UnixEpoch.AddSeconds(n),
        DateTimeOffset.UnixEpoch.AddSeconds(n + 10), device, "no media for 10 s", null);

    static List<object[]> Rows(int writers)
    {
        StreamId[] devices = [.. Enumerable.Range(0, writers).Select(_ => new StreamId("device", Guid.NewGuid()))];
        var (id, command) = (Guid.NewGuid().ToByteArray(), Guid.NewGuid().ToByteArray());
        var now = TimeProvider.System.GetUtcNow().UtcTicks;
        return
        [
            .. from n in Enumerable.Range(0, Batches / writers)
               from device in devices
               let stream = device.ToString()
               from i in Enumerable.Range(n * Batch, Batch)
               let fact = Fact(device.Id, i)
               select new object[] { stream, (long)i, id, EventCatalog.NameOf(fact), EventCatalog.Encode(fact), now, command, "probe:bench" },
        ];
    }

    static void InsertRaw(string path, List<object[]> rows, int perCommit)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; {SqliteSession.Schema}";
        command.ExecuteNonQuery();
        command.CommandText =
            "INSERT INTO facts (stream, revision, event_id, name, data, recorded_at, command_id, actor) VALUES ($0, $1, $2, $3, $4, $5, $6, $7)";
        for (var i = 0; i < 8; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        foreach (var chunk in rows.Chunk(perCommit))
        {
            using var transaction = connection.BeginTransaction();
            command.Transaction = transaction;
            foreach (var row in chunk)
            {
                for (var i = 0; i < 8; i++) command.Parameters[i].Value = row[i];
                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }
}
