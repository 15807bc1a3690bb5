using System.Collections.Concurrent;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Entrance;

/// <summary>The first fact of a stream: what the thing is, who brought it here and when.</summary>
readonly record struct Beginning(object? Fact, string Actor, DateTimeOffset At);

/// <summary>A stream's first fact never changes: it is read once and remembered, and a door that asks for it does not read a long stream.</summary>
sealed class Beginnings(IEventLog log)
{
    const int Most = 20_000;

    readonly ConcurrentDictionary<StreamId, Beginning> _known = [];

    /// <summary>Null when the stream does not exist; that is asked anew each time.</summary>
    public async ValueTask<Beginning?> Of(StreamId stream, CancellationToken ct)
    {
        if (_known.TryGetValue(stream, out var known)) return known;
        await foreach (var first in log.Read(stream, ct))
        {
            if (_known.Count >= Most) _known.Clear();
            return _known[stream] = new(EventCatalog.Decode(first), first.Origin.Actor, first.RecordedAt);
        }

        return null;
    }
}
