using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;

namespace Compliance.Domain.Notices;

/// <summary>
/// Those who answer for a venue are told when an outage begins there and when it is over. Of cameras, and of alarms whose line is down, they
/// are told by groups (<see cref="NotifyWhenOutageGroupTurns"/>).
/// </summary>
public static class NotifyWhenOutageOpensOrCloses
{
    public static readonly Policy Policy = new("notify-when-outage-opens-or-closes", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact switch
    {
        OutageEvent.Opened f => CommonCauses.IsGrouped(f.Kind, f.Verdict) ? [] : [Issue(recorded, f, NoticeKind.OutageOpened, f.Verdict, f.StartedAt)],
        OutageEvent.Closed or OutageEvent.DutyEnded => [Reaction.Knowing(Outage.Decider, ((OutageEvent)fact).OutageId, recorded, TellEnd)],
        _ => [],
    };

    /// <summary>Whoever told the beginning tells the end: only the outage itself knows as what it began.</summary>
    static Reaction? TellEnd(Outage outage, Recorded recorded) => outage is Outage.Over { Card: var card } && !CommonCauses.IsGrouped(card.Kind, card.Verdict)
        ? EventCatalog.Decode(recorded) switch
        {
            OutageEvent.Closed f => Issue(recorded, f, NoticeKind.OutageClosed, f.Verdict, f.EndedAt),
            OutageEvent.DutyEnded f => Issue(recorded, f, NoticeKind.DutyEnded, f.Because, f.EndedAt),
            _ => null,
        } : null;

    static Reaction Issue(Recorded recorded, OutageEvent outage, NoticeKind kind, Verdict verdict, DateTimeOffset at)
    {
        var id = EventIds.From(recorded.EventId, "notice");
        return Reaction.Send(Notice.Decider, id,
            new NoticeCommand.Issue(id, outage.VenueId, kind, outage.DeviceId, outage.OutageId, verdict, at));
    }
}
