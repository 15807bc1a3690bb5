using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;

namespace Compliance.Domain.Alerts;

/// <summary>
/// An exit that is blocked or locked, a fire alarm that is out of order, and a camera over a way in or out that brings no picture or shows
/// none are alerts; they end with their outage. Every other outage is the owner's business.
/// </summary>
public static class RaiseAlertWhenOutageIsDangerous
{
    public static readonly Policy Policy = new("raise-alert-when-outage-is-dangerous", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact switch
    {
        OutageEvent.Opened { Continues: not null } => [],
        OutageEvent.Opened { Kind: DeviceKind.Exit } f => [Raise(f, AlertKind.BlockedExit, recorded)],
        OutageEvent.Opened { Kind: DeviceKind.FireAlarm } f => [Raise(f, AlertKind.PanelFault, recorded)],
        OutageEvent.Opened { Kind: DeviceKind.Camera } f when f.Verdict.BringsNoPicture() || f.Verdict is Verdict.Black or Verdict.Covered or Verdict.LoopedOrReplayed =>
            [Reaction.Knowing(Device.Decider, f.DeviceId, recorded, IfItWatchesAWayOut)],
        OutageEvent.Closed f => [End(f.OutageId, f.EndedAt)],
        OutageEvent.DutyEnded f => [End(f.OutageId, f.EndedAt)],
        _ => [],
    };

    static Reaction? IfItWatchesAWayOut(Device device, Recorded because) =>
        device is Device.Live { Card.Spec: CameraSpec { Purpose: CameraPurpose.Entrance or CameraPurpose.Exit } } && EventCatalog.Decode(because) is OutageEvent.Opened f
            ? Raise(f, AlertKind.CriticalOutage, because) : null;

    static Reaction Raise(OutageEvent.Opened f, AlertKind kind, Recorded recorded)
    {
        var id = IdOf(f.OutageId);
        // An outage begins when the duty was last met, which may be long before anybody could know; the desk is called for what is known now.
        return Reaction.Send(Alert.Decider, id, new AlertCommand.Raise(id, f.VenueId, f.DeviceId, kind, recorded.RecordedAt, new(recorded.EventId, f.OutageId, f.Verdict)));
    }

    static Reaction End(Guid outage, DateTimeOffset at) => Reaction.Send(Alert.Decider, IdOf(outage), new AlertCommand.End(at));

    static Guid IdOf(Guid outage) => EventIds.From(outage, "alert");
}
