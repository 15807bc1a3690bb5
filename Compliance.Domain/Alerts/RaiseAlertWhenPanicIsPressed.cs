using Compliance.Domain.Kernel;
using Compliance.Domain.Panels;

namespace Compliance.Domain.Alerts;

/// <summary>Whoever calls for help is heard at once: a person of the venue's staff, or a button and a code under duress that the panel tells.</summary>
public static class RaiseAlertWhenPanicIsPressed
{
    public static readonly Policy Policy = new("raise-alert-when-panic-is-pressed", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact switch
    {
        PanicEvent.Pressed f => [Raise(PanicButton.AlertOf(f), f.VenueId, null, f.At, new(recorded.EventId, f.PressId))],
        PanicEvent.Wired f => [Raise(PanicButton.AlertOf(f), f.VenueId, f.PanelId, f.ReceivedAt, new(recorded.EventId, f.PanelId, Zone: f.Zone))],
        PanelEvent.PanicRaised f => React(PanicRow.AsWired(f), recorded), // stored before, and perhaps not reached yet
        _ => [],
    };

    static Reaction Raise(Guid id, Guid venue, Guid? device, DateTimeOffset at, AlertCause cause) =>
        Reaction.Send(Alert.Decider, id, new AlertCommand.Raise(id, venue, device, AlertKind.PanicButton, at, cause));
}
