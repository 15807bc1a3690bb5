using Compliance.Domain.Footage;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Notices;

/// <summary>Those who answer for a venue are told that police ask for recordings, and until when they answer.</summary>
public static class NotifyWhenFootageIsAsked
{
    public static readonly Policy Policy = new("notify-when-footage-is-asked", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded)
    {
        if (fact is not FootageEvent.Requested asked) return [];
        var id = EventIds.From(recorded.EventId, "notice");
        return [Reaction.Send(Notice.Decider, id, new NoticeCommand.Tell(id, asked.VenueId, NoticeKind.FootageAsked, asked.RequestId, null, recorded.RecordedAt, VenueZone.Day(asked.Due)))];
    }
}
