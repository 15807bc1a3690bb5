using Compliance.Domain.Complaints;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Alerts;

/// <summary>A complaint that says violence, fire, a blocked exit or too many people, and says it of this hour, is an alert: somebody is there now.</summary>
public static class RaiseAlertWhenComplaintSaysDanger
{
    /// <summary>What happened longer ago is for the office that answers complaints.</summary>
    static readonly TimeSpan Now = TimeSpan.FromHours(1);

    public static readonly Policy Policy = new("raise-alert-when-complaint-says-danger", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded)
    {
        if (fact is not ComplaintEvent.Received { VenueId: { } venue } f || !IsDanger(f.Category) || recorded.RecordedAt - f.HappenedAt > Now) return [];
        var id = EventIds.From(f.ComplaintId, "alert");
        // The desk is called for what is told now, not for when it began.
        return [Reaction.Send(Alert.Decider, id, new AlertCommand.Raise(id, venue, null, AlertKind.Complaint, recorded.RecordedAt, new(recorded.EventId, f.ComplaintId, Category: f.Category)))];
    }

    static bool IsDanger(ComplaintCategory category) =>
        category is ComplaintCategory.Violence or ComplaintCategory.FireSafety or ComplaintCategory.BlockedExit or ComplaintCategory.Overcrowding;
}
