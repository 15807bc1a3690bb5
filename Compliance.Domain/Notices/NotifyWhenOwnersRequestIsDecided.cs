using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;

namespace Compliance.Domain.Notices;

/// <summary>Those who answer for a venue are told what became of the minutes they contested, and of the time they asked for.</summary>
public static class NotifyWhenOwnersRequestIsDecided
{
    public static readonly Policy Policy = new("notify-when-owners-request-is-decided", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact switch
    {
        OutageEvent.ContestDecided f => [Tell(recorded, f.VenueId, f.Accepted ? NoticeKind.ContestAccepted : NoticeKind.ContestRefused, f.OutageId)],
        DutyEvent.ExtensionGranted f => [Tell(recorded, f.VenueId, NoticeKind.ExtensionGranted, f.DutyId)],
        DutyEvent.ExtensionRefused f => [Tell(recorded, f.VenueId, NoticeKind.ExtensionRefused, f.DutyId)],
        _ => [],
    };

    static Reaction Tell(Recorded recorded, Guid venue, NoticeKind kind, Guid about)
    {
        var id = EventIds.From(recorded.EventId, "notice");
        return Reaction.Send(Notice.Decider, id, new NoticeCommand.Tell(id, venue, kind, about, null, recorded.RecordedAt));
    }
}
