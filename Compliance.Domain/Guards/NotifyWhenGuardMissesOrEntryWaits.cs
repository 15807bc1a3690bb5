using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;

namespace Compliance.Domain.Guards;

/// <summary>Those who answer for a venue are told which guard has not come, and that an entry of the incident book was not written up in time.</summary>
public static class NotifyWhenGuardMissesOrEntryWaits
{
    public static readonly Policy Policy = new("notify-when-guard-misses-or-entry-waits", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact switch
    {
        ShiftEvent.Late f => [Tell(recorded, f.VenueId, NoticeKind.GuardLate, f.GuardId, f.Due)],
        ShiftEvent.Missed f => [Tell(recorded, f.VenueId, NoticeKind.GuardMissed, f.GuardId, f.Until)],
        BookEvent.Overdue f => [Tell(recorded, f.VenueId, NoticeKind.EntryOverdue, f.VenueId, f.Due)],
        _ => [],
    };

    static Reaction Tell(Recorded recorded, Guid venue, NoticeKind kind, Guid about, DateTimeOffset at)
    {
        var id = EventIds.From(recorded.EventId, "notice");
        return Reaction.Send(Notice.Decider, id, new NoticeCommand.Tell(id, venue, kind, about, null, at));
    }
}
