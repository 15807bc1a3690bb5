using System.Collections.Concurrent;
using Compliance.Domain.Kernel;
using Microsoft.Data.Sqlite;

namespace Compliance.Api.EventLog;

/// <summary>
/// The one thread that writes. It takes all appends that wait, writes them in one transaction and answers when that is on the
/// disk: many writers share one fsync. When the store fails, everything in that transaction is refused and the next one
/// starts afresh on a new connection.
/// </summary>
sealed class SqliteWriter : IAsyncDisposable
{
    /// <summary>Bounds one transaction, and with it the wait of the first append in it.</summary>
    const int MostFacts = 5000;

    sealed record Waiting(SqliteAppend Append, CancellationToken Ct)
    {
        public TaskCompletionSource<Appended?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    readonly string _path;
    readonly string _connection;
    readonly TimeProvider _clock;
    readonly BlockingCollection<Waiting> _queue = [];
    readonly Task _writing;
    SqliteSession? _session;
    TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    DateTimeOffset _latest;

    public SqliteWriter(string path, string connection, TimeProvider clock)
    {
        (_path, _connection, _clock) = (path, connection, clock);
        try
        {
            _session = new SqliteSession(connection);
        }
        catch (SqliteException e)
        {
            throw e.Told("The event log was not opened", path);
        }

        _latest = _session.Latest;
        _writing = Task.Factory.StartNew(WriteAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Ends when something has been written, or the log is closed, after it was asked for.</summary>
    public Task Grown => Volatile.Read(ref _grown).Task;

    public Task<Appended?> Append(StreamId stream, long expected, IReadOnlyList<object> facts, Origin origin, CancellationToken ct)
    {
        // Encoded by the caller: a fact nobody knows fails here, alone, and many callers share the work.
        var waiting = new Waiting(SqliteAppend.Of(stream, expected, facts, origin), ct);
        try
        {
            _queue.Add(waiting, ct);
        }
        catch (InvalidOperationException e)
        {
            throw new EventLogException($"Nothing was stored: the event log {_path} is closed. Send the command to a running process.", e);
        }

        return waiting.Answer.Task;
    }

    void WriteAll()
    {
        var group = new List<Waiting>();
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            group.Clear();
            var facts = 0;
            for (var next = first; next is not null; next = facts < MostFacts && _queue.TryTake(out var another) ? another : null)
            {
                if (next.Ct.IsCancellationRequested) next.Answer.SetCanceled(next.Ct);
                else group.Add(next);
                facts += next.Append.Facts.Count;
            }

            if (group.Count > 0) Write(group);
        }
    }

    void Write(List<Waiting> group)
    {
        try
        {
            _session ??= new SqliteSession(_connection);
            _latest = _clock.GetUtcNow() is var now && now > _latest ? now : _latest;
            var answers = _session.Write(group.ConvertAll(waiting => waiting.Append), _latest);
            for (var i = 0; i < group.Count; i++) group[i].Answer.SetResult(answers[i]);
        }
        catch (Exception e)
        {
            _session?.Dispose();
            _session = null;
            var told = e is SqliteException trouble ? trouble.Told("Nothing was stored", _path) : e;
            foreach (var waiting in group) waiting.Answer.TrySetException(told);
        }

        Signal();
    }

    void Signal() => Interlocked.Exchange(ref _grown, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    public async ValueTask DisposeAsync()
    {
        _queue.CompleteAdding();
        await _writing;
        _session?.Dispose();
        _queue.Dispose();
        Signal();
    }
}
