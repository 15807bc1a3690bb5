using Compliance.Domain.Kernel;
using Microsoft.Data.Sqlite;

namespace Compliance.Api.EventLog;

/// <summary>The writer's connection: the schema, the statements made once, and where the log ends. Thrown away after any failure.</summary>
sealed class SqliteSession : IDisposable
{
    const int SchemaVersion = 1;

    internal const string Schema = """
        CREATE TABLE facts (
            position    INTEGER PRIMARY KEY,
            stream      TEXT    NOT NULL,
            revision    INTEGER NOT NULL,
            event_id    BLOB    NOT NULL, -- UUID, big-endian
            name        TEXT    NOT NULL,
            data        BLOB    NOT NULL, -- JSON, UTF-8
            recorded_at INTEGER NOT NULL, -- UTC, 100 ns since year 1
            command_id  BLOB    NOT NULL,
            actor       TEXT    NOT NULL,
            UNIQUE (stream, revision)
        )
        """;

    readonly SqliteConnection _connection;
    readonly SqliteCommand _head;
    readonly SqliteCommand _stored;
    readonly SqliteCommand _insert;
    long _end;

    public SqliteSession(string connectionString)
    {
        _connection = new SqliteConnection(connectionString + ";Pooling=False");
        try
        {
            _connection.Open();
            Run("PRAGMA journal_mode = WAL");
            Run("PRAGMA synchronous = FULL");
            CreateSchema();
            _end = Number("SELECT coalesce(max(position), 0) FROM facts");
            Latest = new DateTimeOffset(Number("SELECT coalesce((SELECT recorded_at FROM facts ORDER BY position DESC LIMIT 1), 0)"), TimeSpan.Zero);
            _head = Prepared("SELECT coalesce(max(revision), -1) FROM facts WHERE stream = $0", 1);
            _stored = Prepared("SELECT event_id, position FROM facts WHERE stream = $0 AND revision = $1", 2);
            _insert = Prepared("INSERT INTO facts VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8)", 9);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    void CreateSchema()
    {
        using var transaction = _connection.BeginTransaction();
        switch (Number("PRAGMA user_version"))
        {
            case 0: Run($"{Schema}; PRAGMA user_version = {SchemaVersion}"); break;
            case SchemaVersion: break;
            case var other: throw new EventLogException(
                $"The event log was not opened: {_connection.DataSource} has format {other}, this program knows {SchemaVersion}. Run the program that wrote it.");
        }

        transaction.Commit();
    }

    /// <summary>When the last fact was recorded: the log's clock never goes back behind it.</summary>
    public DateTimeOffset Latest { get; }

    /// <summary>All in one transaction; on the disk when it returns. A stale append is answered null and leaves the others alone.</summary>
    public IReadOnlyList<Appended?> Write(IReadOnlyList<SqliteAppend> appends, DateTimeOffset recordedAt)
    {
        using var transaction = _connection.BeginTransaction();
        _head.Transaction = _stored.Transaction = _insert.Transaction = transaction;
        Appended?[] answers = [.. appends.Select(append => Write(append, recordedAt))];
        transaction.Commit();
        return answers;
    }

    Appended? Write(SqliteAppend append, DateTimeOffset recordedAt)
    {
        if (Head(append.Stream) != append.Expected) return Again(append);
        var row = _insert.Parameters;
        row[1].Value = append.Stream;
        row[6].Value = recordedAt.UtcTicks;
        row[7].Value = append.CommandId;
        row[8].Value = append.Actor;
        var revision = append.Expected;
        foreach (var (id, name, data) in append.Facts)
        {
            row[0].Value = ++_end;
            row[2].Value = ++revision;
            row[3].Value = id;
            row[4].Value = name;
            row[5].Value = data;
            _insert.ExecuteNonQuery();
        }

        return new(revision, SqliteEventLog.PositionAt(_end));
    }

    /// <summary>The same append sent again: its facts already stand right after the expected revision.</summary>
    Appended? Again(SqliteAppend append)
    {
        var last = append.Expected + append.Facts.Count;
        return Stored(append.Stream, append.Expected + 1) is { } first && first.Id.AsSpan().SequenceEqual(append.Facts[0].Id)
            && Stored(append.Stream, last) is { } end ? new(last, SqliteEventLog.PositionAt(end.Position)) : null;
    }

    long Head(string stream)
    {
        _head.Parameters[0].Value = stream;
        return (long)_head.ExecuteScalar()!;
    }

    (byte[] Id, long Position)? Stored(string stream, long revision)
    {
        _stored.Parameters[0].Value = stream;
        _stored.Parameters[1].Value = revision;
        using var row = _stored.ExecuteReader();
        return row.Read() ? (row.GetFieldValue<byte[]>(0), row.GetInt64(1)) : null;
    }

    SqliteCommand Prepared(string sql, int parameters)
    {
        var command = Command(sql);
        for (var i = 0; i < parameters; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        return command;
    }

    SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    void Run(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    long Number(string sql)
    {
        using var command = Command(sql);
        return (long)command.ExecuteScalar()!;
    }

    public void Dispose()
    {
        _head.Dispose();
        _stored.Dispose();
        _insert.Dispose();
        _connection.Dispose();
    }
}
