using System.Text.Json;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Microsoft.Data.Sqlite;

namespace Compliance.Probe.Tell;

/// <summary>The disk is as full as it may get: the API has been away too long.</summary>
internal sealed class SpoolFull(int limit) : Exception($"the spool holds {limit} observations and takes no more");

/// <summary>
/// What the API cannot take now waits here, in order, on disk. Kept before it is told, forgotten after it is answered, both
/// durably: a process killed in between tells it again under the same id, which counts once. What the API refuses is set
/// aside and never blocks what comes after.
/// </summary>
internal sealed class Spool : IDisposable
{
    /// <summary>About 400 bytes each: 40 MB.</summary>
    public const int DefaultLimit = 100_000;

    readonly Lock _gate = new();
    readonly SqliteConnection _db;
    readonly int _limit;
    int _depth;

    public Spool(string path, int limit = DefaultLimit)
    {
        _limit = limit;
        _db = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        _db.Open();
        Run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000");
        Run("CREATE TABLE IF NOT EXISTS waiting (place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL)");
        Run("CREATE TABLE IF NOT EXISTS refused (id TEXT PRIMARY KEY, code TEXT NOT NULL, body TEXT NOT NULL)");
        _depth = Count("waiting");
        Refused = Count("refused");
    }

    /// <summary>How many wait.</summary>
    public int Depth => Volatile.Read(ref _depth);

    /// <summary>How many were refused and set aside, ever.</summary>
    public int Refused { get; private set; }

    public void Keep(IReadOnlyCollection<Observation> observations)
    {
        lock (_gate)
        {
            if (_depth + observations.Count > _limit) throw new SpoolFull(_limit);
            using var transaction = _db.BeginTransaction();
            var added = observations.Sum(o => Run(
                "INSERT OR IGNORE INTO waiting (id, body) VALUES ($id, $body)", ("$id", $"{o.Id:N}"), ("$body", JsonSerializer.Serialize(o, EventCatalog.Json))));
            transaction.Commit();
            _depth += added;
        }
    }

    /// <summary>The oldest that wait; asked again without an answer in between, it gives the same.</summary>
    public IReadOnlyList<Observation> Oldest(int most)
    {
        lock (_gate)
        {
            using var command = Command("SELECT body FROM waiting ORDER BY place LIMIT $most", ("$most", most));
            using var reader = command.ExecuteReader();
            var found = new List<Observation>();
            while (reader.Read()) found.Add(JsonSerializer.Deserialize<Observation>(reader.GetString(0), EventCatalog.Json)!);
            return found;
        }
    }

    /// <summary>The API has answered: accepted ones are forgotten, refused ones set aside.</summary>
    public void Settle(IReadOnlyCollection<ObservationAnswer> answers)
    {
        lock (_gate)
        {
            using var transaction = _db.BeginTransaction();
            var (settled, refused) = (0, 0);
            foreach (var answer in answers)
            {
                if (answer.Refused is { } code)
                    refused += Run("INSERT OR IGNORE INTO refused (id, code, body) SELECT id, $code, body FROM waiting WHERE id = $id", ("$id", $"{answer.Id:N}"), ("$code", code));
                settled += Run("DELETE FROM waiting WHERE id = $id", ("$id", $"{answer.Id:N}"));
            }

            transaction.Commit();
            _depth -= settled;
            Refused += refused;
        }
    }

    public void Dispose() => _db.Dispose();

    int Count(string table) => Convert.ToInt32(Command($"SELECT count(*) FROM {table}").ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);

    int Run(string sql, params (string Name, object Value)[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    SqliteCommand Command(string sql, params (string Name, object Value)[] values)
    {
        var command = _db.CreateCommand();
#pragma warning disable CA2100 // Every statement is written in this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
