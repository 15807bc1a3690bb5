using System.Collections.Concurrent;
using System.Diagnostics;

namespace Compliance.Api.Measures;

/// <summary>
/// In which trace a fact was written, so that what follows from it stands in the same one. In memory and for the newest facts only: reactions come
/// within a moment, and the log knows nothing of traces.
/// </summary>
sealed class Traces
{
    const int Most = 10_000;

    readonly ConcurrentDictionary<Guid, ActivityContext> _of = [];
    readonly ConcurrentQueue<Guid> _order = [];

    public void Remember(Guid eventId, ActivityContext context)
    {
        if (!_of.TryAdd(eventId, context)) return;
        _order.Enqueue(eventId);
        while (_order.Count > Most && _order.TryDequeue(out var oldest)) _of.TryRemove(oldest, out _);
    }

    /// <summary>Null when it was written in no trace, or long ago.</summary>
    public ActivityContext? Of(Guid eventId) => _of.TryGetValue(eventId, out var context) ? context : null;
}
