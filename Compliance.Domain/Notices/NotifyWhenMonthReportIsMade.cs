using Compliance.Domain.Kernel;
using Compliance.Domain.Reports;

namespace Compliance.Domain.Notices;

/// <summary>Those who answer for a venue are told that the report of a month is there.</summary>
public static class NotifyWhenMonthReportIsMade
{
    public static readonly Policy Policy = new("notify-when-month-report-is-made", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded)
    {
        if (fact is not MonthReportEvent.Made made) return [];
        var id = EventIds.From(recorded.EventId, "notice");
        return [Reaction.Send(Notice.Decider, id, new NoticeCommand.Tell(id, made.VenueId, NoticeKind.MonthReportMade, made.VenueId, null, recorded.RecordedAt, made.Month))];
    }
}
