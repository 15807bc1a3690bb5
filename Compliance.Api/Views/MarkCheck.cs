using Compliance.Domain.Kernel;

namespace Compliance.Api.Views;

/// <summary>
/// Whether a mark belongs to the log it is followed on with. A mark beyond the end of a restored log would pass over facts
/// that come at positions it has already seen, and nobody would notice.
/// </summary>
static class MarkCheck
{
    public static async Task<bool> Holds(this IEventLog log, ViewMark mark, CancellationToken ct)
    {
        if (mark.Position == LogPosition.Start) return true;
        if (mark.Last is not { } last) return false;
        await foreach (var recorded in log.Read(last.Stream, ct))
            if (recorded.EventId == last.EventId) return recorded.Position == mark.Position;
        return false;
    }
}
