using Compliance.Domain.Kernel;

namespace Compliance.Domain.Alerts;

/// <summary>An alert that stands on a desk opens its incident, or is gathered into the one it belongs to; and what was merged is absorbed.</summary>
public static class GatherAlertWhenItIsPlaced
{
    public static readonly Policy Policy = new("gather-alert-when-it-is-placed", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact switch
    {
        AlertEvent.Placed f => [Send(f.IncidentId, new IncidentCommand.Gather(f.IncidentId, f.VenueId, f.District, new(f.AlertId, f.Kind, f.DeviceId, f.SeenFrom), f.At))],
        IncidentEvent.Merged f => [Send(f.Into, new IncidentCommand.Absorb(f.IncidentId, f.Alerts, f.At))],
        _ => [],
    };

    static Reaction Send(Guid incident, IncidentCommand command) => Reaction.Send(Incident.Decider, incident, command);
}
