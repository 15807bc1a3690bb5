using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.WatchLists;

/// <summary>Only when two persons say that it is the same does the desk hear of it; what the desk does then is decided there, by persons again.</summary>
public static class RaiseAlertWhenFaceIsConfirmed
{
    public static readonly Policy Policy = new("raise-alert-when-face-is-confirmed", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded)
    {
        if (fact is not FaceCandidateEvent.Confirmed f) return [];
        var id = EventIds.From(recorded.EventId, "alert");
        return [Reaction.Send(Alert.Decider, id, new AlertCommand.Raise(id, f.VenueId, f.DeviceId, AlertKind.WatchListMatch, f.SeenAt, new(recorded.EventId, f.CandidateId), f.Seen))];
    }
}
