using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;

namespace Compliance.Domain.Notices;

/// <summary>Those who answer for a venue are told when an outage begins there and when it is over.</summary>
public static class NotifyWhenOutageOpensOrCloses
{
    public static readonly Policy Policy = new("notify-when-outage-opens-or-closes", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact switch
    {
        OutageEvent.Opened f => [Issue(recorded, f, NoticeKind.OutageOpened, f.Verdict, f.StartedAt)],
        OutageEvent.Closed f => [Issue(recorded, f, NoticeKind.OutageClosed, f.Verdict, f.EndedAt)],
        OutageEvent.DutyEnded f => [Issue(recorded, f, NoticeKind.DutyEnded, f.Because, f.EndedAt)],
        _ => [],
    };

    static Reaction Issue(Recorded recorded, OutageEvent outage, NoticeKind kind, Verdict verdict, DateTimeOffset at)
    {
        var id = EventIds.From(recorded.EventId, "notice");
        return Reaction.Send(Notice.Decider, id,
            new NoticeCommand.Issue(id, outage.VenueId, kind, outage.DeviceId, outage.OutageId, verdict, at));
    }
}
