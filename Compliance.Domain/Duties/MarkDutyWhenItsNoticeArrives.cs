using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;

namespace Compliance.Domain.Duties;

/// <summary>When the notice that told of a duty is written, stands on a screen and is read, the duty keeps the instants.</summary>
public static class MarkDutyWhenItsNoticeArrives
{
    public static readonly Policy Policy = new("mark-duty-when-its-notice-arrives", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact switch
    {
        NoticeEvent.Issued or NoticeEvent.Told when DutyIn((NoticeEvent)fact) is { } duty =>
            [Reaction.Send(Duty.Decider, duty, new DutyCommand.Notify(((NoticeEvent)fact).NoticeId, recorded.RecordedAt))],
        NoticeEvent.Grew f => [Reaction.Knowing(Notice.Decider, f.NoticeId, recorded, Mark)],
        NoticeEvent.Delivered f => [Reaction.Knowing(Notice.Decider, f.NoticeId, recorded, Mark)],
        NoticeEvent.Read f => [Reaction.Knowing(Notice.Decider, f.NoticeId, recorded, Mark)],
        _ => [],
    };

    /// <summary>Only the notice itself knows what it told.</summary>
    static Reaction? Mark(Notice notice, Recorded recorded) =>
        notice is Notice.Sent { Card: var card } sent && DutyIn(card) is { } first && Marking(recorded) is { } command
            ? Reaction.All([.. (sent.Grown?.Outages.Select(RaiseDutyWhenOutageOpens.DutyOf) ?? [first]).Select(duty => Reaction.Send(Duty.Decider, duty, command))]) : null;

    static DutyCommand? Marking(Recorded recorded) => EventCatalog.Decode(recorded) switch
    {
        NoticeEvent.Delivered f => new DutyCommand.MarkDelivered(f.SubjectId, recorded.RecordedAt),
        NoticeEvent.Grew f => new DutyCommand.Notify(f.NoticeId, recorded.RecordedAt),
        NoticeEvent.Read f => new DutyCommand.MarkRead(f.SubjectId, recorded.RecordedAt),
        _ => null,
    };

    /// <summary>The duty whose beginning a notice told; null for one that told something else.</summary>
    static Guid? DutyIn(NoticeEvent told) => told switch
    {
        NoticeEvent.Issued { Kind: NoticeKind.OutageOpened, OutageId: var outage } => RaiseDutyWhenOutageOpens.DutyOf(outage),
        NoticeEvent.Told { Kind: NoticeKind.DutyArose, AboutId: var duty } => duty,
        _ => null,
    };
}
