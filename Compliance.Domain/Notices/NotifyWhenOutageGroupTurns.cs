using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;

namespace Compliance.Domain.Notices;

/// <summary>
/// One notice a common cause, with all that depends on it: it grows with the group instead of being repeated, and so does the one
/// that says that all of it is over.
/// </summary>
public static class NotifyWhenOutageGroupTurns
{
    public static readonly Policy Policy = new("notify-when-outage-group-turns", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact switch
    {
        OutageGroupEvent.Found f => Tell(f, "began", NoticeKind.OutageOpened, f.Members, f.Cause, f.Members[0].Verdict, f.Members.Min(m => m.Since)),
        OutageGroupEvent.Changed f => Tell(f, "began", NoticeKind.OutageOpened, f.Members, f.Cause, f.Members[0].Verdict, f.Members.Min(m => m.Since)),
        OutageGroupEvent.Ended f => Tell(f, "ended", f.Because is null ? NoticeKind.OutageClosed : NoticeKind.DutyEnded, f.Members,
            f.Cause, f.Because ?? f.Members[0].Verdict, f.EndedAt),
        _ => [],
    };

    static IReadOnlyList<Reaction> Tell(
        OutageGroupEvent group, string what, NoticeKind kind, IReadOnlyList<GroupMember> members, CommonCause cause, Verdict verdict, DateTimeOffset at)
    {
        var id = EventIds.From(group.GroupId, $"notice/{what}");
        return
        [
            Reaction.Send(Notice.Decider, id, new NoticeCommand.Issue(id, group.VenueId, kind, members[0].DeviceId, members[0].OutageId, verdict, at)),
            Reaction.Send(Notice.Decider, id, new NoticeCommand.Grow(
                group.GroupId, cause, [.. members.Select(m => m.DeviceId).Distinct()], [.. members.Select(m => m.OutageId)], at)),
        ];
    }
}
