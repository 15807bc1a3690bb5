using Microsoft.Data.Sqlite;

namespace Compliance.Probe.Tell;

/// <summary>
/// The one file in which the probe keeps what has to outlive a restart. Whoever uses it holds <see cref="Gate"/>. One that is
/// damaged is set aside at the start, for an engineer to read, and a new one begun: a box in a club has nobody to do it.
/// </summary>
internal sealed class ProbeFile : IDisposable
{
    /// <summary>SQLITE_CORRUPT and SQLITE_NOTADB.</summary>
    const int Corrupt = 11, NoDatabase = 26;

    SqliteConnection _db;

    public ProbeFile(string path)
    {
        _db = Opened(path);
        if (Fault() is not { } fault) return;
        _db.Dispose();
        var aside = Enumerable.Range(1, int.MaxValue).Select(n => $"{path}.damaged-{n}").First(place => !File.Exists(place));
        foreach (var part in (string[])["-wal", "-shm", ""])
            if (File.Exists(path + part)) File.Move(path + part, aside + part, overwrite: true);
        SetAside = new(aside, fault);
        _db = Opened(path);
        Prepare();
    }

    public Lock Gate { get; } = new();

    /// <summary>Where the file of before lies and what is wrong with it, when it was damaged at this start.</summary>
    public (string Place, string Fault)? SetAside { get; }

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

    static SqliteConnection Opened(string path)
    {
        var db = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        db.Open();
        return db;
    }

    void Prepare() => Run("PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");

    /// <summary>What is wrong with the file itself; null for a sound one. A disk that cannot be read or written is no damage of the file.</summary>
    string? Fault()
    {
        try
        {
            Prepare();
            return All(row => row.GetString(0), "PRAGMA quick_check(1)") is ["ok"] ? null : "its pages do not fit together";
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Corrupt or NoDatabase)
        {
            return e.Message;
        }
    }

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
