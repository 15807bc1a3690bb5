using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Outages;

namespace Compliance.Domain.Duties;

/// <summary>When the notice that told of a duty is written, stands on a screen and is read, the duty keeps the instants.</summary>
public static class MarkDutyWhenItsNoticeArrives
{
    public static readonly Policy Policy = new("mark-duty-when-its-notice-arrives", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact switch
    {
        NoticeEvent.Issued { Kind: NoticeKind.OutageOpened } f => [Knowing(f.OutageId, recorded)],
        NoticeEvent.Told { Kind: NoticeKind.DutyArose } f => [Reaction.Send(Duty.Decider, f.AboutId, Marking(recorded)!)],
        NoticeEvent.Grew f => [Reaction.Knowing(Notice.Decider, f.NoticeId, recorded, Mark)],
        NoticeEvent.Delivered f => [Reaction.Knowing(Notice.Decider, f.NoticeId, recorded, Mark)],
        NoticeEvent.Read f => [Reaction.Knowing(Notice.Decider, f.NoticeId, recorded, Mark)],
        _ => [],
    };

    /// <summary>Only the notice itself knows what it told.</summary>
    static Reaction? Mark(Notice notice, Recorded recorded) => notice is not Notice.Sent { Card: var card } sent ? null : card switch
    {
        NoticeEvent.Issued { Kind: NoticeKind.OutageOpened, OutageId: var outage } =>
            Reaction.All([.. (sent.Grown?.Outages ?? [outage]).Select(one => Knowing(one, recorded))]),
        NoticeEvent.Told { Kind: NoticeKind.DutyArose, AboutId: var duty } => Reaction.Send(Duty.Decider, duty, Marking(recorded)!),
        _ => null,
    };

    static Reaction Knowing(Guid outage, Recorded recorded) => Reaction.Knowing(Outage.Decider, outage, recorded, MarkItsDuty);

    /// <summary>Only the outage itself knows whether it continues another.</summary>
    static Reaction? MarkItsDuty(Outage outage, Recorded recorded) => Outage.CardOf(outage) is { } card && Marking(recorded) is { } command
        ? Reaction.Send(Duty.Decider, RaiseDutyWhenOutageOpens.DutyOf(card), command) : null;

    static DutyCommand? Marking(Recorded recorded) => EventCatalog.Decode(recorded) switch
    {
        NoticeEvent.Delivered f => new DutyCommand.MarkDelivered(f.SubjectId, recorded.RecordedAt),
        NoticeEvent.Read f => new DutyCommand.MarkRead(f.SubjectId, recorded.RecordedAt),
        NoticeEvent f => new DutyCommand.Notify(f.NoticeId, recorded.RecordedAt),
        _ => null,
    };
}
