using Microsoft.Data.Sqlite;

namespace Compliance.Probe.Tell;

/// <summary>The one file in which the probe keeps what has to outlive a restart. Whoever uses it holds <see cref="Gate"/>.</summary>
internal sealed class ProbeFile : IDisposable
{
    readonly SqliteConnection _db;

    public ProbeFile(string path)
    {
        _db = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        _db.Open();
        Run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000");
    }

    public Lock Gate { get; } = new();

    public SqliteTransaction Begin() => _db.BeginTransaction();

    public int Run(string sql, params (string Name, object Value)[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    public IReadOnlyList<T> All<T>(Func<SqliteDataReader, T> read, string sql, params (string Name, object Value)[] values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        var found = new List<T>();
        while (reader.Read()) found.Add(read(reader));
        return found;
    }

    public int Number(string sql) => All(reader => reader.IsDBNull(0) ? 0 : reader.GetInt32(0), sql)[0];

    public void Dispose() => _db.Dispose();

    SqliteCommand Command(string sql, (string Name, object Value)[] values)
    {
        var command = _db.CreateCommand();
#pragma warning disable CA2100 // Every statement is written in this room, values are always parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
