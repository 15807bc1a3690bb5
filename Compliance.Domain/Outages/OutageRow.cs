using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Outages;

/// <summary>One line of the outage list: those that run stand on top, each part newest first. <paramref name="EndedAt"/> is null while it runs.</summary>
/// <param name="DetectedAt">When the log learned of it.</param>
/// <param name="DutyEndedBecause">Why nothing was owed any more, where that ended it; null where the duty was met again.</param>
/// <param name="EventIds">The facts this line rests on, oldest first.</param>
public sealed record OutageRow(
    Guid OutageId, Guid DeviceId, Guid VenueId, DeviceKind Kind, Verdict Verdict, string Detail,
    DateTimeOffset StartedAt, DateTimeOffset DetectedAt, DateTimeOffset? EndedAt, IReadOnlyList<Guid> EventIds,
    Verdict? DutyEndedBecause = null)
{
    public static readonly View<OutageRow> View = new(
        "outage-list", 3, fact => (fact as OutageEvent)?.OutageId, Apply, row => row.VenueId,
        row => $"{(row.EndedAt is null ? 0 : 1)}{ViewOrder.NewestFirst(row.StartedAt)}");

    static OutageRow? Apply(OutageRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (null, OutageEvent.Opened f) => new(
            f.OutageId, f.DeviceId, f.VenueId, f.Kind, f.Verdict, f.Detail, f.StartedAt, recorded.RecordedAt, null, [recorded.EventId]),
        ({ }, OutageEvent.VerdictChanged f) => row with
        {
            Verdict = f.Verdict, Detail = f.Detail, EventIds = [.. row.EventIds, recorded.EventId],
        },
        ({ }, OutageEvent.Closed f) => row with { EndedAt = f.EndedAt, EventIds = [.. row.EventIds, recorded.EventId] },
        ({ }, OutageEvent.DutyEnded f) => row with
        {
            EndedAt = f.EndedAt, DutyEndedBecause = f.Because, EventIds = [.. row.EventIds, recorded.EventId],
        },
        _ => row,
    };
}
