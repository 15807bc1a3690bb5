using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;

namespace Compliance.Domain.Cases;

/// <summary>Those who answer for a venue are told that a case was opened, so that they can explain, how it was decided, so that they can appeal, that its limitation draws near, that a penalty holds no more, and that its minutes lay in other hands.</summary>
public static class NotifyWhenCaseOpensOrIsDecided
{
    public static readonly Policy Policy = new("notify-when-case-opens-or-is-decided", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact switch
    {
        CaseEvent.Opened f => [Tell(recorded, f, NoticeKind.CaseOpened, f.Matter.RuleId, f.At)],
        CaseEvent.Decided f => [Tell(recorded, f, NoticeKind.CaseDecided, null, f.At)],
        CaseEvent.WarnedOfLimitation f => [Tell(recorded, f, NoticeKind.CaseLimitationNears, null, f.At)],
        CaseEvent.DismissalProposed f => [Tell(recorded, f, NoticeKind.CaseExcused, null, f.At)],
        CaseEvent.PenaltyLifted f => [Tell(recorded, f, NoticeKind.CasePenaltyLifted, null, f.At)],
        CaseEvent.AppealDecided f => [Tell(recorded, f, NoticeKind.CaseDecided, null, f.At)],
        _ => [],
    };

    static Reaction Tell(Recorded recorded, CaseEvent of, NoticeKind kind, string? rule, DateTimeOffset at)
    {
        var id = EventIds.From(recorded.EventId, "notice");
        return Reaction.Send(Notice.Decider, id, new NoticeCommand.Tell(id, of.VenueId, kind, of.CaseId, rule, at));
    }
}
