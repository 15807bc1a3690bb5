using System.Collections.Concurrent;
using Compliance.Domain.Footage;
using Microsoft.Data.Sqlite;

namespace Compliance.Api.Footage;

/// <summary>A copy with its recipient burnt in, as it stands in the list.</summary>
/// <param name="By">Whose it is.</param>
/// <param name="Bytes">What is booked for it of the disk, until it is ready.</param>
/// <param name="DoneAt">Since when it is ready, or has failed.</param>
/// <param name="Begun">How often making it was begun.</param>
sealed record MarkedCopy(Guid CopyId, Guid RequestId, Guid FileId, Guid By, DateTimeOffset AskedAt, CopyState State, long Bytes, string? Sha256, CopyFailure? Why, DateTimeOffset? DoneAt, int Begun)
{
    public bool IsOver => State is CopyState.Ready or CopyState.Failed;
}

/// <summary>
/// Copies that officers asked for, one of each file and officer: which wait for their turn, which lie sealed beside the files of <see cref="FootageStore"/>, of which nothing came. In <c>footage.db</c>, so
/// a restart forgets none; how far the one is that is just made stands in memory.
/// </summary>
sealed class MarkedCopies(DataFolder data, FootageStore store, FootageRules rules, TimeProvider clock) : IDisposable
{
    /// <summary>What one officer can have waiting.</summary>
    public const int MostComing = 4;

    /// <summary>One that was begun so often and never ended is not begun again: whatever breaks it would break it for ever.</summary>
    const int MostBegun = 3;

    readonly SqliteFile _list = new(data.File("footage.db"));
    readonly ConcurrentDictionary<Guid, TaskCompletionSource> _awaited = [];
    readonly SemaphoreSlim _called = new(0, 1);
    readonly Lock _gate = new();
    readonly Dictionary<Guid, (int Readers, bool IsTaken)> _lent = [];
    (Guid Copy, CancellationTokenSource Stop, double? Share)? _making;

    public MarkedCopy? Of(Guid file, Guid by) => Copies("file = $file AND officer = $by", ("$file", file.ToByteArray()), ("$by", by.ToByteArray())) is [var found] ? found : null;

    /// <summary>An officer's, the newest first.</summary>
    public IReadOnlyList<MarkedCopy> Of(Guid by) => Copies("officer = $by ORDER BY asked DESC", ("$by", by.ToByteArray()));

    public CopyShown Shown(MarkedCopy copy)
    {
        lock (_gate)
        {
            var making = _making is { } now && now.Copy == copy.CopyId && !copy.IsOver ? now : default((Guid Copy, CancellationTokenSource Stop, double? Share)?);
            return new(copy.RequestId, copy.FileId, making is null ? copy.State : CopyState.Making, making?.Share, copy.Why, copy.DoneAt + rules.MarkedFor);
        }
    }

    /// <summary>Asked again while it comes or lies there it is the same; one that failed is asked for anew. Null where the officer has too many waiting.</summary>
    /// <param name="hopeless">Known beforehand: no such copy can be made of this file.</param>
    public MarkedCopy? Begin(Guid request, StoredFootage file, Guid by, CopyFailure? hopeless)
    {
        lock (_gate)
        {
            if (Of(file.FileId, by) is { State: not CopyState.Failed } known) return known;
            var (now, copy) = (clock.GetUtcNow(), Guid.CreateVersion7());
            if (Copies($"officer = $by AND state = {(int)CopyState.Waiting}", ("$by", by.ToByteArray())).Count >= MostComing) return null;
            void Put(CopyState state, CopyFailure? why) => _list.Do(
                "INSERT OR REPLACE INTO copy VALUES ($id, $request, $file, $by, $now, $state, $bytes, NULL, $why, $done, 0)", ("$id", copy.ToByteArray()), ("$request", request.ToByteArray()), ("$file", file.FileId.ToByteArray()),
                ("$by", by.ToByteArray()), ("$now", now.UtcTicks), ("$state", (int)state), ("$bytes", state == CopyState.Failed ? 0 : file.Bytes), ("$why", why is { } w ? (int)w : DBNull.Value), ("$done", why is null ? DBNull.Value : now.UtcTicks));
            // As much as the file itself: the copy has the same pictures. While it is made the file and the copy lie there in the clear, too.
            if (hopeless is { } no) Put(CopyState.Failed, no);
            else if (!store.Book(file.Bytes, 2 * file.Bytes, () => Put(CopyState.Waiting, null))) Put(CopyState.Failed, CopyFailure.NoRoom);
        }

        Call();
        return Of(file.FileId, by);
    }

    /// <summary>Somebody waits for a copy.</summary>
    void Call()
    {
        lock (_gate)
            if (_called.CurrentCount == 0) _called.Release();
    }

    /// <summary>The one that was asked for first, as soon as there is one.</summary>
    public async Task<MarkedCopy> Next(CancellationToken ct)
    {
        while (true)
        {
            if (Copies($"state = {(int)CopyState.Waiting} ORDER BY asked LIMIT 1") is [var next])
            {
                if (next.Begun < MostBegun) return next;
                Fail(next, CopyFailure.BrokenOff);
            }
            else
            {
                await _called.WaitAsync(ct);
            }
        }
    }

    /// <summary>Its turn has come. The token ends when somebody stops it; null where somebody has.</summary>
    public CancellationTokenSource? Take(MarkedCopy copy, CancellationToken ct)
    {
        lock (_gate)
        {
            if (_list.Do("UPDATE copy SET begun = begun + 1 WHERE id = $id", ("$id", copy.CopyId.ToByteArray())) == 0) return null;
            var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
            _making = (copy.CopyId, stop, null);
            return stop;
        }
    }

    /// <param name="share">0 to 1.</param>
    public void Tell(MarkedCopy copy, double? share)
    {
        lock (_gate)
            if (_making is { } now && now.Copy == copy.CopyId) _making = now with { Share = share };
    }

    /// <summary>It grows beyond what was booked. False where there is no room for that.</summary>
    public bool Grow(MarkedCopy copy, long from, long bytes)
    {
        lock (_gate) return store.Book(bytes - from, 0, () => _list.Do("UPDATE copy SET bytes = $bytes WHERE id = $id", ("$bytes", bytes), ("$id", copy.CopyId.ToByteArray())));
    }

    /// <summary>It lies sealed. False where somebody stopped it meanwhile: then it is nobody's.</summary>
    public bool Ready(MarkedCopy copy, StoredFootage made)
    {
        lock (_gate)
            if (_list.Do($"UPDATE copy SET state = {(int)CopyState.Ready}, bytes = $bytes, sha256 = $sha256, done = $now WHERE id = $id", ("$bytes", made.Bytes), ("$sha256", made.Sha256!), ("$now", clock.GetUtcNow().UtcTicks), ("$id", copy.CopyId.ToByteArray())) == 0) return false;
        End(copy.CopyId);
        return true;
    }

    public void Fail(MarkedCopy copy, CopyFailure why)
    {
        store.Erase(copy.CopyId);
        lock (_gate) _list.Do($"UPDATE copy SET state = {(int)CopyState.Failed}, bytes = 0, why = {(int)why}, done = $now WHERE id = $id", ("$now", clock.GetUtcNow().UtcTicks), ("$id", copy.CopyId.ToByteArray()));
        End(copy.CopyId);
    }

    /// <summary>Nobody makes it now. One that a restart broke off was not begun in vain.</summary>
    public void Leave(MarkedCopy copy, bool asIfNeverBegun)
    {
        lock (_gate)
        {
            if (_making is { } now && now.Copy == copy.CopyId) _making = null;
            if (asIfNeverBegun) _list.Do("UPDATE copy SET begun = begun - 1 WHERE id = $id", ("$id", copy.CopyId.ToByteArray()));
        }
    }

    /// <summary>It is stopped, was taken over, or its time is over: nothing of it is left.</summary>
    public void Drop(MarkedCopy copy)
    {
        lock (_gate)
        {
            _list.Do("DELETE FROM copy WHERE id = $id", ("$id", copy.CopyId.ToByteArray()));
            if (_making is { } now && now.Copy == copy.CopyId) _ = now.Stop.CancelAsync();
            store.Erase(copy.CopyId);
        }

        End(copy.CopyId);
    }

    /// <summary>Held while it is handed out: it is gone once it was taken over and nobody is being handed it any more.</summary>
    public Loan Lend(MarkedCopy copy)
    {
        lock (_gate)
        {
            _lent.TryGetValue(copy.CopyId, out var held);
            _lent[copy.CopyId] = (held.Readers + 1, held.IsTaken);
        }

        return new(this, copy);
    }

    void Return(MarkedCopy copy, bool isTaken)
    {
        lock (_gate)
        {
            var held = _lent[copy.CopyId];
            held = (held.Readers - 1, held.IsTaken || isTaken);
            if (held.Readers > 0)
            {
                _lent[copy.CopyId] = held;
                return;
            }

            _lent.Remove(copy.CopyId);
            if (!held.IsTaken) return; // one that broke off on its way waits for the next try
        }

        Drop(copy);
    }

    public sealed class Loan(MarkedCopies copies, MarkedCopy copy) : IDisposable
    {
        bool _taken, _over;

        /// <summary>Its last byte has left.</summary>
        public void Taken() => _taken = true;

        public void Dispose()
        {
            if (_over) return;
            _over = true;
            copies.Return(copy, _taken);
        }
    }

    /// <summary>Copies of a file that is erased, or of all files of a request that is taken back.</summary>
    public void DropOf(Guid fileOrRequest)
    {
        foreach (var copy in Copies("file = $of OR request = $of", ("$of", fileOrRequest.ToByteArray()))) Drop(copy);
    }

    /// <summary>Those that nobody took over in time.</summary>
    public void DropOld()
    {
        foreach (var copy in Copies("done <= $before", ("$before", (clock.GetUtcNow() - rules.MarkedFor).UtcTicks)))
            if (!IsLent(copy)) Drop(copy);
    }

    bool IsLent(MarkedCopy copy)
    {
        lock (_gate) return _lent.ContainsKey(copy.CopyId);
    }

    /// <summary>Waits until it is ready, has failed or is gone, or the time is up; answers how it stands then, null where it is gone.</summary>
    public async Task<MarkedCopy?> Await(MarkedCopy copy, TimeSpan patience, CancellationToken ct)
    {
        var ended = _awaited.GetOrAdd(copy.CopyId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task; // first, so that no end is missed
        if (Of(copy.FileId, copy.By) is { IsOver: false }) await Task.WhenAny(ended, Task.Delay(patience, ct));
        ct.ThrowIfCancellationRequested();
        var stands = Of(copy.FileId, copy.By);
        if (stands is not { IsOver: false }) End(copy.CopyId); // it may have ended before anybody waited
        return stands;
    }

    void End(Guid copy)
    {
        if (_awaited.TryRemove(copy, out var ended)) ended.TrySetResult();
    }

    public void Dispose() => _called.Dispose();

    List<MarkedCopy> Copies(string where, params ReadOnlySpan<(string Name, object Value)> values) => _list.Ask($"SELECT id, request, file, officer, asked, state, bytes, sha256, why, done, begun FROM copy WHERE {where}", row => new MarkedCopy(
        Id(row, 0), Id(row, 1), Id(row, 2), Id(row, 3), new(row.GetInt64(4), TimeSpan.Zero), (CopyState)row.GetInt32(5), row.GetInt64(6), row.IsDBNull(7) ? null : row.GetString(7),
        row.IsDBNull(8) ? null : (CopyFailure)row.GetInt32(8), row.IsDBNull(9) ? null : new DateTimeOffset(row.GetInt64(9), TimeSpan.Zero), row.GetInt32(10)), values);

    static Guid Id(SqliteDataReader row, int column) => new((byte[])row[column]);
}
