using System.Globalization;
using Compliance.Api.EventLog;
using Compliance.Domain.Kernel;
using Microsoft.Data.Sqlite;

namespace Compliance.Api.Views;

/// <summary>
/// Rows and marks in one SQLite file of their own. A power cut may cost the last transactions (synchronous = NORMAL), never
/// part of one: the views then follow the log again from an older mark.
/// </summary>
sealed class SqliteViewStore : IViewStore, IDisposable
{
    const int SchemaVersion = 2;

    const string Schema = """
        CREATE TABLE rows (view TEXT NOT NULL, key BLOB NOT NULL, group_key BLOB, sort TEXT NOT NULL, json BLOB NOT NULL, UNIQUE (view, key));
        CREATE INDEX rows_by_sort ON rows (view, sort, key);
        CREATE INDEX rows_by_group ON rows (view, group_key, sort, key);
        CREATE TABLE marks (view TEXT PRIMARY KEY, version INTEGER NOT NULL, position TEXT NOT NULL, stream TEXT, event BLOB);
        """;

    readonly string _readers;
    readonly IDisposable _onlyProcess;
    readonly SqliteConnection _writer;
    readonly SemaphoreSlim _writing = new(1);
    readonly SqliteCommand _put;
    readonly SqliteCommand _remove;
    readonly SqliteCommand _clear;
    readonly SqliteCommand _mark;

    public SqliteViewStore(string path)
    {
        path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _readers = $"Data Source={path};Default Timeout=5";
        _onlyProcess = OnlyProcess.Holding(path, "view store", "Data");
        _writer = new SqliteConnection($"{_readers};Pooling=False");
        try
        {
            _writer.Open();
            Begin();
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SqliteTrouble.Corrupt or SqliteTrouble.NotADatabase)
        {
            _writer.Close();
            SetAside = $"{path}.damaged";
            foreach (var part in (string[])["-wal", "-shm", ""])
                if (File.Exists(path + part)) File.Move(path + part, SetAside + part, overwrite: true);
            _writer.Open();
            Begin();
        }
        catch
        {
            _writer.Dispose();
            _onlyProcess.Dispose();
            throw;
        }

        _put = Prepared("""
            INSERT INTO rows VALUES ($0, $1, $2, $3, $4)
            ON CONFLICT (view, key) DO UPDATE SET group_key = excluded.group_key, sort = excluded.sort, json = excluded.json
            """, 5);
        _remove = Prepared("DELETE FROM rows WHERE view = $0 AND key = $1", 2);
        _clear = Prepared("DELETE FROM rows WHERE view = $0", 1);
        _mark = Prepared("INSERT OR REPLACE INTO marks VALUES ($0, $1, $2, $3, $4)", 5);
    }

    /// <summary>Where a file lies now that was damaged when it was opened; the rows are made again from the log.</summary>
    public string? SetAside { get; }

    public Task<IReadOnlyList<ViewMark>> Marks(CancellationToken ct) => Task.FromResult<IReadOnlyList<ViewMark>>(Query(
        "SELECT view, version, position, stream, event FROM marks", [],
        row => new ViewMark(
            row.GetString(0), row.GetInt32(1), LogPosition.Parse(row.GetString(2), CultureInfo.InvariantCulture),
            row.IsDBNull(3) ? null : new(StreamId.Parse(row.GetString(3))!.Value, Key(row, 4)))));

    public Task<IReadOnlyList<StoredRow>> Rows(string view, IReadOnlyCollection<Guid> keys, CancellationToken ct) => Task.FromResult<IReadOnlyList<StoredRow>>(Query(
        "SELECT key, group_key, sort, json FROM rows WHERE view = $view AND key IN (SELECT unhex(value) FROM json_each($keys))",
        [("$view", view), ("$keys", Set(keys))], Row));

    public Task<IReadOnlyList<StoredRow>> List(string view, RowFilter filter, RowCursor? after, int limit, CancellationToken ct)
    {
        var sql = "SELECT key, group_key, sort, json FROM rows WHERE view = $view";
        List<(string, object)> values = [("$view", view), ("$limit", limit)];
        if (filter.Groups is { } groups) Where("group_key IN (SELECT unhex(value) FROM json_each($groups))", ("$groups", Set(groups)));
        if (filter.Keys is { } keys) Where("key IN (SELECT unhex(value) FROM json_each($keys))", ("$keys", Set(keys)));
        if (after is not null) Where("(sort, key) > ($sort, $key)", ("$sort", after.Sort), ("$key", Blob(after.Key)));
        return Task.FromResult<IReadOnlyList<StoredRow>>(Query($"{sql} ORDER BY sort, key LIMIT $limit", values, Row));

        void Where(string condition, params (string, object)[] with)
        {
            sql += $" AND {condition}";
            values.AddRange(with);
        }
    }

    public async Task Save(IReadOnlyList<ViewSave> saves, CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        try
        {
            using var transaction = _writer.BeginTransaction();
            foreach (var command in new[] { _put, _remove, _clear, _mark }) command.Transaction = transaction;
            foreach (var (mark, put, removed, anew) in saves)
            {
                if (anew) Run(_clear, mark.View);
                foreach (var row in put) Run(_put, mark.View, Blob(row.Key), OrNull(row.Group is { } group ? Blob(group) : null), row.Sort, row.Json);
                foreach (var key in removed) Run(_remove, mark.View, Blob(key));
                Run(_mark, mark.View, mark.Version, mark.Position.ToString(), OrNull(mark.Last?.Stream.ToString()), OrNull(mark.Last is { } last ? Blob(last.EventId) : null));
            }

            transaction.Commit();
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose()
    {
        foreach (var command in new[] { _put, _remove, _clear, _mark }) command.Dispose();
        _writer.Dispose();
        using (var any = new SqliteConnection(_readers)) SqliteConnection.ClearPool(any);
        _writing.Dispose();
        _onlyProcess.Dispose();
    }

    void Begin()
    {
        if (Answer("PRAGMA quick_check(1)") is not "ok") throw new SqliteException("its pages do not fit together", SqliteTrouble.Corrupt);
        Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536");
        if (Answer("PRAGMA user_version") is not (long)SchemaVersion)
            Run($"BEGIN; DROP TABLE IF EXISTS rows; DROP TABLE IF EXISTS marks; {Schema} PRAGMA user_version = {SchemaVersion}; COMMIT");
    }

    static object OrNull(object? value) => value ?? DBNull.Value;

    static byte[] Blob(Guid id) => id.ToByteArray(bigEndian: true);

    static string Set(IEnumerable<Guid> ids) => $"[{string.Join(',', ids.Select(id => $"\"{id:N}\""))}]";

    static Guid Key(SqliteDataReader row, int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);

    static StoredRow Row(SqliteDataReader row) =>
        new(Key(row, 0), row.IsDBNull(1) ? null : Key(row, 1), row.GetString(2), row.GetFieldValue<byte[]>(3));

    List<T> Query<T>(string sql, IReadOnlyList<(string Name, object Value)> values, Func<SqliteDataReader, T> read)
    {
        using var connection = new SqliteConnection(_readers);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        using var row = command.ExecuteReader();
        var rows = new List<T>();
        while (row.Read()) rows.Add(read(row));
        return rows;
    }

    SqliteCommand Prepared(string sql, int parameters)
    {
        var command = _writer.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        return command;
    }

    static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }

    void Run(string sql)
    {
        using var command = _writer.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    object? Answer(string sql)
    {
        using var command = _writer.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
