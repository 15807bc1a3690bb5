using System.Text.Json;
using Compliance.Domain.Devices;
using Compliance.Domain.Footage;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Probe.Look;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Watch.Onvif;

/// <summary>How far a period has been pulled: enough to go on after a restart. All instants by the recorder's clock.</summary>
/// <param name="First">Of the first picture; null before any came.</param>
/// <param name="Last">Of the latest one.</param>
/// <param name="Missing">Seconds that the recorder did not have, so far.</param>
/// <param name="Bytes">So many of the file count.</param>
internal sealed record Pulled(DateTimeOffset? First, DateTimeOffset? Last, double Missing, long Bytes, VideoCodec? Codec);

/// <summary>What ended it before its end.</summary>
internal sealed class PullFailed(FetchFailure why) : Exception($"{why}")
{
    public FetchFailure Why => why;
}

/// <summary>
/// Has a recorder replay a period and writes it down as a transport stream, picture by picture as it was recorded, each at the instant that stands in its packets. A recorder that ends,
/// stalls or breaks off is asked to go on behind the last picture; what it does not have is counted. Nothing is decoded, and no more is held in memory than waits to be written.
/// </summary>
/// <param name="idle">A recorder that sends nothing for so long has sent what it wanted to.</param>
/// <param name="most">Bytes of the file.</param>
internal sealed class ReplayPull(OpenFeed open, TimeProvider clock, TimeSpan idle, long most)
{
    /// <summary>Two pictures further apart have a hole between them.</summary>
    static readonly TimeSpan Hole = TimeSpan.FromSeconds(2);

    static readonly TimeSpan SaidEvery = TimeSpan.FromSeconds(1), Slice = TimeSpan.FromSeconds(1);

    /// <summary>For the first picture: recorders search slowly.</summary>
    static readonly TimeSpan Search = TimeSpan.FromSeconds(15);

    /// <summary>So often in a row a recorder may bring nothing new.</summary>
    const int MostVain = 3;

    /// <param name="path">Of the stream; beside it lies how far it is.</param>
    /// <exception cref="PullFailed">Nothing, or nothing that can be dated, came of it.</exception>
    public async Task<Pulled> Run(FeedTarget recording, DateTimeOffset from, DateTimeOffset until, string path, Action<Pulled> tell, CancellationToken ct)
    {
        var state = await Left(path, ct);
        await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        file.SetLength(state.Bytes);
        file.Position = state.Bytes;
        for (var vain = 0; vain < MostVain;)
        {
            // Recorders are asked for whole seconds: what came of one already is passed over. One that brings nothing new by that is asked for what comes behind it.
            var (before, next) = (state.Last, state.Last is not { } last ? from : vain == 0 ? DateTimeOffset.FromUnixTimeSeconds(last.ToUnixTimeSeconds()) : last.AddMilliseconds(1));
            var session = new Session(recording with { ReplayFrom = next }, until, state, from);
            (state, var end) = await Follow(session, file, path, tell, ct);
            if (end is End.Reached or End.Absent) break;
            vain = state.Last > before || (before is null && state.Last is not null) ? 0 : vain + 1;
            if (vain == MostVain && state.Last is null) throw new PullFailed(FetchFailure.RecorderSilent);
        }

        if (state.First is null) throw new PullFailed(FetchFailure.NothingRecorded);
        if (until - state.Last is { } rest && rest > Hole) state = state with { Missing = state.Missing + rest.TotalSeconds };
        return state;
    }

    enum End { Reached, Absent, Idle, Lost }

    sealed record Session(FeedTarget Target, DateTimeOffset Until, Pulled Before, DateTimeOffset From);

    async Task<(Pulled State, End End)> Follow(Session session, FileStream file, string path, Action<Pulled> tell, CancellationToken ct)
    {
        var (state, fanout, dates) = (session.Before, new Fanout(), new Dates());
        using var tap = fanout.Tap("footage", atOnce: true);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            await using var feed = await open(session.Target, new(new StreamMeter(), fanout, dates.Hear), null, ct);
            await using var beating = new Beat(feed, over); // before the connection is let go
            await using var coming = tap.Units(over.Token).GetAsyncEnumerator(over.Token);
            var (stream, isNew, said) = (default(TransportStream), state.Last is null, clock.GetTimestamp());
            for (var first = true; ; first = false)
            {
                if (await Next(coming, feed, first && Search > idle ? Search : idle, over) is not { } unit) return (await Keep(state, file, path, tell, ct), feed.Lost is null ? End.Idle : End.Lost);
                if (dates.IsUndated) throw new PullFailed(FetchFailure.WithoutTime);
                if (dates.Of(unit) is not { } at) continue;
                if (at >= session.Until) return (await Keep(state, file, path, tell, ct), state.First is null ? End.Absent : End.Reached);
                if (!isNew && at <= state.Last) continue; // from the keyframe before where we stood: it is written already
                isNew = true;
                if (state.Codec is { } codec && codec != unit.Codec) throw new PullFailed(FetchFailure.Unreadable);
                var missing = state.Last is { } last ? at - last : at - session.From;
                state = state with { First = state.First ?? at, Codec = unit.Codec, Missing = state.Missing + (missing > Hole ? missing.TotalSeconds : 0) };
                var placed = unit with { Timestamp = (uint)((at - state.First.Value).TotalSeconds * TransportStream.TicksPerSecond) };
                var bytes = (stream ??= new(unit.Codec, fromZero: true)).Write(placed);
                if (file.Position + bytes.Length > most) throw new PullFailed(FetchFailure.TooLarge);
                await file.WriteAsync(bytes, ct);
                state = state with { Last = state.Last > at ? state.Last : at, Bytes = file.Position };
                if (tap.Dropped > 0) return (await Keep(state, file, path, tell, ct), End.Lost); // it came faster than the disk writes: from here on once more
                if (clock.GetElapsedTime(said) < SaidEvery) continue;
                (state, said) = (await Keep(state, file, path, tell, ct), clock.GetTimestamp());
            }
        }
        catch (FeedLost lost)
        {
            return (state, RecordedTimes.IsNothingThere(lost) ? End.Absent : End.Lost);
        }
    }

    /// <summary>Null once nothing more comes: the connection broke, or nothing came for a while.</summary>
    async Task<AccessUnit?> Next(IAsyncEnumerator<AccessUnit> coming, IFeed feed, TimeSpan patience, CancellationTokenSource over)
    {
        var (move, since) = (coming.MoveNextAsync().AsTask(), clock.GetTimestamp());
        try
        {
            while (true)
            {
                try
                {
                    return await move.WaitAsync(patience < Slice ? patience : Slice, clock, over.Token) ? coming.Current : null;
                }
                catch (TimeoutException)
                {
                    if (feed.Lost is null && clock.GetElapsedTime(since) < patience) continue;
                    await over.CancelAsync();
                    return null;
                }
            }
        }
        finally
        {
            if (over.IsCancellationRequested) await Task.WhenAny(move); // what moves is over before it is let go
        }
    }

    /// <summary>Keeps the connection alive until it is let go of.</summary>
    sealed class Beat(IFeed feed, CancellationTokenSource over) : IAsyncDisposable
    {
        readonly Task _beating = KeepAlive(feed, over.Token);

        public async ValueTask DisposeAsync()
        {
            await over.CancelAsync();
            await _beating;
        }

        static async Task KeepAlive(IFeed feed, CancellationToken ct)
        {
            try
            {
                using var beat = new PeriodicTimer(feed.KeepAliveEvery);
                while (await beat.WaitForNextTickAsync(ct)) await feed.KeepAlive(ct);
            }
            catch (Exception e) when (e is OperationCanceledException or FeedLost)
            {
                // Over; or nothing comes any more, which is noticed where it should come.
            }
        }
    }

    /// <summary>What lies on the disk and what is said of it never part: first the pictures, then how many count.</summary>
    static async Task<Pulled> Keep(Pulled state, FileStream file, string path, Action<Pulled> tell, CancellationToken ct)
    {
        file.Flush(flushToDisk: true);
        var (side, half) = (path + ".json", path + ".json.half");
        await File.WriteAllBytesAsync(half, JsonSerializer.SerializeToUtf8Bytes(state, EventCatalog.Json), ct);
        File.Move(half, side, overwrite: true);
        tell(state);
        return state;
    }

    static async Task<Pulled> Left(string path, CancellationToken ct)
    {
        var none = new Pulled(null, null, 0, 0, null);
        if (!File.Exists(path) || !File.Exists(path + ".json")) return none;
        try
        {
            return JsonSerializer.Deserialize<Pulled>(await File.ReadAllBytesAsync(path + ".json", ct), EventCatalog.Json) is { } left && new FileInfo(path).Length >= left.Bytes ? left : none;
        }
        catch (JsonException)
        {
            return none;
        }
    }

    /// <summary>When each of the last pictures was recorded. Heard on the drain's thread, asked on another.</summary>
    sealed class Dates
    {
        const int Kept = 1024;

        readonly Lock _gate = new();
        readonly Dictionary<uint, DateTimeOffset> _at = [];
        readonly Queue<uint> _order = [];
        readonly RecordedTimes _times = new();
        volatile bool _undated;

        /// <summary>A keyframe came that does not say when it was recorded: nothing that follows it is of any use.</summary>
        public bool IsUndated => _undated;

        public void Hear(bool keyframe, DateTimeOffset? at, uint timestamp)
        {
            lock (_gate)
            {
                if (keyframe && at is null) _undated = true;
                if (_times.Of(keyframe, at, timestamp) is not { } recorded) return;
                _at[timestamp] = recorded;
                _order.Enqueue(timestamp);
                if (_order.Count > Kept) _at.Remove(_order.Dequeue());
            }
        }

        public DateTimeOffset? Of(AccessUnit unit)
        {
            lock (_gate) return _at.TryGetValue(unit.Timestamp, out var at) ? at : null;
        }
    }
}
