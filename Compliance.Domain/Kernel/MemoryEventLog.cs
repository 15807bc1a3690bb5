using System.Runtime.CompilerServices;

namespace Compliance.Domain.Kernel;

/// <summary>The reference adapter: tests run on it, and other adapters are read next to it.</summary>
public sealed class MemoryEventLog(TimeProvider clock) : IEventLog
{
    readonly Lock _gate = new();
    readonly List<Recorded> _log = [];
    readonly Dictionary<StreamId, List<Recorded>> _streams = [];
    TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async IAsyncEnumerable<Recorded> Read(StreamId stream, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var recorded in Snapshot(() => _streams.GetValueOrDefault(stream) ?? [])) yield return recorded;
    }

    public async IAsyncEnumerable<Recorded> Follow(LogPosition after, [EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var grown = _grown.Task;
            foreach (var recorded in Snapshot(() => _log.Skip((int)after.Commit)))
            {
                yield return recorded;
                after = recorded.Position;
            }

            await grown.WaitAsync(ct);
        }
    }

    public Task<Appended?> Append(
        StreamId stream, long expectedRevision, IReadOnlyList<object> facts, Origin origin, CancellationToken ct)
    {
        lock (_gate)
        {
            var history = _streams.GetValueOrDefault(stream) ?? [];
            if (history.Count - 1 != expectedRevision) return Task.FromResult(Again(history, expectedRevision, stream, facts, origin));
            Recorded[] written = [.. facts.Select((fact, i) => new Recorded(
                stream, history.Count + i, PositionAt(_log.Count + i), EventIds.For(origin, stream, i),
                EventCatalog.NameOf(fact), EventCatalog.Encode(fact), clock.GetUtcNow(), origin))];
            history.AddRange(written);
            _log.AddRange(written);
            _streams[stream] = history;
            Interlocked.Exchange(ref _grown, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            return Task.FromResult<Appended?>(new(history.Count - 1, _log[^1].Position));
        }
    }

    static LogPosition PositionAt(int index) => new((ulong)index + 1, (ulong)index + 1);

    /// <summary>The same append sent again: its first fact already stands right after the expected revision.</summary>
    static Appended? Again(List<Recorded> history, long expected, StreamId stream, IReadOnlyList<object> facts, Origin origin)
    {
        var stored = history.Skip((int)expected + 1).Take(facts.Count).ToArray();
        return stored.Length == facts.Count && stored[0].EventId == EventIds.For(origin, stream, 0)
            ? new(stored[^1].Revision, stored[^1].Position) : null;
    }

    Recorded[] Snapshot(Func<IEnumerable<Recorded>> which)
    {
        lock (_gate) return [.. which()];
    }
}
