using Compliance.Domain.Kernel;
using Compliance.Domain.Panels;

namespace Compliance.Domain.Alerts;

/// <summary>A fire that a panel tells outside of any test is an alert at once. One of a test is none: the panel's own stream keeps them apart.</summary>
public static class RaiseAlertWhenPanelRaisesFire
{
    public static readonly Policy Policy = new("raise-alert-when-panel-raises-fire", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded)
    {
        if (fact is not PanelEvent.FireRaised f) return [];
        var id = EventIds.From(recorded.EventId, "alert");
        var cause = new AlertCause(recorded.EventId, f.PanelId, Zone: f.Zone);
        return [Reaction.Send(Alert.Decider, id, new AlertCommand.Raise(id, f.VenueId, f.PanelId, AlertKind.Fire, f.ReceivedAt, cause))];
    }
}
