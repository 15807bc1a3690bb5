using System.Runtime.CompilerServices;
using Compliance.Api.EventLog.Protos;
using Compliance.Domain.Kernel;
using Grpc.Core;

namespace Compliance.Api.EventLog;

/// <summary>
/// The log kept by KurrentDB (EventStoreDB) 22.10 or newer, over its v1 gRPC services. Every call goes to the leader. A trouble
/// that passes is tried again with the same ids, which the server stores once; so an answer is never lost, only late.
/// </summary>
sealed partial class KurrentEventLog(KurrentConnectionString where, TimeProvider clock, ILogger<KurrentEventLog> logger) : IEventLog, IDisposable
{
    /// <summary>How long a reader or writer waits for a leader that answers; an election takes about a second, a restart several.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    const int AtOnce = 16;

    readonly KurrentCluster _cluster = new(where, clock);
    readonly Repeated _trouble = new(clock);

    public IAsyncEnumerable<Recorded> Read(StreamId stream, CancellationToken ct) => Read(stream, 0, long.MaxValue, ct);

    /// <summary>The server answers for one stream at a time: some are asked for at once.</summary>
    public async IAsyncEnumerable<Recorded> ReadMany(IReadOnlyCollection<StreamId> streams, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var some in streams.Distinct().Chunk(AtOnce))
            foreach (var facts in await Task.WhenAll(some.Select(stream => Read(stream, ct).ToListAsync(ct).AsTask())))
                foreach (var recorded in facts) yield return recorded;
    }

    async IAsyncEnumerable<Recorded> Read(StreamId stream, long from, long count, [EnumeratorCancellation] CancellationToken ct)
    {
        var end = from + count;
        await foreach (var response in Responses(() => KurrentWire.Read(stream, from, end - from), endless: false, ct))
        {
            if (response.Event is null || KurrentWire.Recorded(response.Event) is not { } recorded) continue;
            from = recorded.Revision + 1;
            yield return recorded;
            if (from == end) yield break;
        }
    }

    public async IAsyncEnumerable<Recorded> Follow(LogPosition after, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var response in Responses(() => KurrentWire.Follow(after), endless: true, ct))
        {
            // Where long stretches hold nothing for us, checkpoints spare a reconnect from reading them again.
            if (response is { Checkpoint: { } checkpoint } && KurrentWire.Position(checkpoint) is var seen && seen > after) after = seen;
            if (response.Event is null || KurrentWire.Recorded(response.Event) is not { } recorded || recorded.Position <= after) continue;
            after = recorded.Position;
            yield return recorded;
        }
    }

    public async Task<Appended?> Append(
        StreamId stream, long expectedRevision, IReadOnlyList<object> facts, Origin origin, CancellationToken ct)
    {
        var messages = KurrentWire.Append(stream, expectedRevision, facts, origin);
        var answer = await Send(messages, ct);
        return answer is { Success: { Position: { } position } done }
            ? new((long)done.CurrentRevision, KurrentWire.Position(position))
            : await Stored(stream, expectedRevision, facts, origin, ct);
    }

    /// <summary>Null when the server says that the stream has moved on.</summary>
    async Task<AppendResp?> Send(IReadOnlyList<AppendReq> messages, CancellationToken ct)
    {
        for (var since = clock.GetTimestamp(); ;)
        {
            try
            {
                using var call = (await _cluster.Leader(ct)).Append(_cluster.Call(endless: false, ct));
                await Write(messages, call.RequestStream);
                return await call.ResponseAsync;
            }
            catch (RpcException e) when (KurrentTrouble.IsLostRace(e))
            {
                return null;
            }
            catch (RpcException e) when (IsWorthWaiting(e, endless: false, since, ct))
            {
                await Wait(e, ct);
            }
            catch (RpcException e)
            {
                throw e.Told(where);
            }
        }
    }

    static async Task Write(IReadOnlyList<AppendReq> messages, IClientStreamWriter<AppendReq> to)
    {
        try
        {
            foreach (var message in messages) await to.WriteAsync(message);
            await to.CompleteAsync();
        }
        catch (Exception e) when (e is RpcException or IOException or HttpRequestException or OperationCanceledException or InvalidOperationException)
        {
            // The server stopped listening; its answer, awaited next, says why.
        }
    }

    /// <summary>
    /// Whether the facts at that place are ours after all: a first try may have been stored and its answer lost on the way.
    /// </summary>
    async Task<Appended?> Stored(StreamId stream, long expectedRevision, IReadOnlyList<object> facts, Origin origin, CancellationToken ct)
    {
        var stored = await Read(stream, expectedRevision + 1, facts.Count, ct).ToArrayAsync(ct);
        return stored.Select(r => r.EventId).SequenceEqual(facts.Select((_, i) => EventIds.For(origin, stream, i)))
            ? new(stored[^1].Revision, stored[^1].Position) : null;
    }

    /// <summary>What the server answers, over as many connections as it takes. Each new one asks for what is still missing.</summary>
    async IAsyncEnumerable<ReadResp> Responses(Func<ReadReq> request, bool endless, [EnumeratorCancellation] CancellationToken ct)
    {
        AsyncServerStreamingCall<ReadResp>? call = null;
        try
        {
            for (var since = clock.GetTimestamp(); ;)
            {
                try
                {
                    call ??= (await _cluster.Leader(ct)).Read(request(), _cluster.Call(endless, ct));
                    if (!await call.ResponseStream.MoveNext(ct))
                    {
                        if (!endless) yield break;
                        throw new RpcException(new(StatusCode.Unavailable, "the server ended the subscription"));
                    }
                }
                catch (RpcException e) when (IsWorthWaiting(e, endless, since, ct))
                {
                    call?.Dispose();
                    call = null;
                    await Wait(e, ct);
                    continue;
                }
                catch (RpcException e)
                {
                    throw e.Told(where);
                }

                since = clock.GetTimestamp();
                yield return call.ResponseStream.Current;
            }
        }
        finally
        {
            call?.Dispose();
        }
    }

    bool IsWorthWaiting(RpcException e, bool endless, long since, CancellationToken ct) =>
        ct.IsCancellationRequested || (KurrentTrouble.Passes(e) && (endless || clock.GetElapsedTime(since) < Patience));

    async Task Wait(RpcException trouble, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        _cluster.Turn(trouble);
        _trouble.Tell(times => SayTrouble(where, trouble.Status.StatusCode, trouble.Status.Detail, times));
        await Task.Delay(where.DiscoveryInterval, clock, ct);
    }

    [LoggerMessage(LogLevel.Warning, "KurrentDB at {Where} is in trouble and will be asked again: {Status} {Detail} ({Times} times)")]
    partial void SayTrouble(KurrentConnectionString where, StatusCode status, string detail, int times);

    public void Dispose() => _cluster.Dispose();
}
