using System.Runtime.CompilerServices;
using Compliance.Domain.Kernel;
using Microsoft.Data.Sqlite;

namespace Compliance.Api.EventLog;

/// <summary>
/// The log in one SQLite file, held by one process. Writing is <see cref="SqliteWriter"/>'s; readers and followers take page
/// after page over connections of their own, so a slow one holds nothing open.
/// </summary>
sealed class SqliteEventLog : IEventLog, IAsyncDisposable
{
    const int PageSize = 500;

    readonly string _path;
    readonly string _connection;
    readonly IDisposable _onlyProcess;
    readonly SqliteWriter _writer;
    readonly CancellationTokenSource _closed = new();

    /// <param name="patience">How long a write waits for another connection's lock, in whole seconds; null for five.</param>
    public SqliteEventLog(string path, TimeProvider clock, TimeSpan? patience = null)
    {
        _path = Path.GetFullPath(path);
        _connection = new SqliteConnectionStringBuilder
        {
            DataSource = _path, DefaultTimeout = (int)(patience ?? TimeSpan.FromSeconds(5)).TotalSeconds,
        }.ToString();
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        _onlyProcess = OnlyProcess.Holding(_path, "event log", "EventLog");
        try
        {
            _writer = new SqliteWriter(_path, _connection, clock);
        }
        catch
        {
            _onlyProcess.Dispose();
            throw;
        }
    }

    public IAsyncEnumerable<Recorded> Read(StreamId stream, CancellationToken ct) => Read(stream.ToString(), ct);

    async IAsyncEnumerable<Recorded> Read(string stream, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        for (var (after, more) = (-1L, true); more;)
        {
            ct.ThrowIfCancellationRequested();
            var page = Facts($"stream = $stream AND revision > $after ORDER BY revision LIMIT {PageSize}", ("$after", after), ("$stream", stream));
            foreach (var recorded in page) yield return recorded;
            (after, more) = (page is [.., var last] ? last.Revision : after, page.Count == PageSize);
        }
    }

    /// <summary>Some hundred streams a question, all their facts in one answer.</summary>
    public async IAsyncEnumerable<Recorded> ReadMany(IReadOnlyCollection<StreamId> streams, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var some in streams.Distinct().Chunk(PageSize))
        {
            ct.ThrowIfCancellationRequested();
            var names = $"[{string.Join(',', some.Select(stream => $"\"{stream}\""))}]";
            foreach (var recorded in Facts("stream IN (SELECT value FROM json_each($streams)) ORDER BY stream, revision", ("$streams", names))) yield return recorded;
        }
    }

    public async IAsyncEnumerable<Recorded> Follow(LogPosition after, [EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(_closed.IsCancellationRequested, this);
            var grown = _writer.Grown;
            var page = Facts($"position > $after ORDER BY position LIMIT {PageSize}", ("$after", (long)Math.Min(after.Commit, long.MaxValue)));
            foreach (var recorded in page) yield return recorded;
            if (page is [.., var last]) after = last.Position;
            if (page.Count < PageSize) await grown.WaitAsync(ct);
        }
    }

    public async Task<Appended?> Append(
        StreamId stream, long expectedRevision, IReadOnlyList<object> facts, Origin origin, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfZero(facts.Count);
        return await _writer.Append(stream, expectedRevision, facts, origin, ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_closed.IsCancellationRequested) return;
        await _closed.CancelAsync();
        await _writer.DisposeAsync();
        using (var any = new SqliteConnection(_connection)) SqliteConnection.ClearPool(any);
        _onlyProcess.Dispose();
    }

    List<Recorded> Facts(string which, params ReadOnlySpan<(string Name, object Value)> values)
    {
        try
        {
            using var connection = new SqliteConnection(_connection);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText =
                $"SELECT position, stream, revision, event_id, name, data, recorded_at, command_id, actor FROM facts WHERE {which}";
            foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
            using var row = command.ExecuteReader();
            var page = new List<Recorded>();
            while (row.Read()) page.Add(Recorded(row));
            return page;
        }
        catch (SqliteException e)
        {
            throw e.Told("The event log could not be read", _path);
        }
    }

    static Recorded Recorded(SqliteDataReader row) => new(
        StreamId.Parse(row.GetString(1)) ?? throw new InvalidDataException($"'{row.GetString(1)}' is not a stream"),
        row.GetInt64(2), PositionAt(row.GetInt64(0)), Id(row, 3), row.GetString(4), row.GetFieldValue<byte[]>(5),
        new DateTimeOffset(row.GetInt64(6), TimeSpan.Zero), new Origin(Id(row, 7), row.GetString(8)));

    internal static LogPosition PositionAt(long rowid) => new((ulong)rowid, (ulong)rowid);

    static Guid Id(SqliteDataReader row, int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);
}
