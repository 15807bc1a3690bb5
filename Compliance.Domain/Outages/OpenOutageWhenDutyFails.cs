using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Outages;

/// <summary>
/// A bad verdict opens the outage it names, or changes the verdict of the one that runs, as another reason changes why; a good verdict, the end of
/// the duty, or the device's retirement closes it. Neither not knowing nor closing time does.
/// </summary>
public static class OpenOutageWhenDutyFails
{
    public static readonly Policy Policy = new("open-outage-when-duty-fails", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact switch
    {
        DeviceEvent.VerdictChanged { OutageId: { } outage } f => f.To.Availability() switch
        {
            Availability.Down =>
            [
                Send(outage, new OutageCommand.Open(outage, f.DeviceId, f.VenueId, f.Kind, f.To, f.Since, f.Detail, f.Continues)),
                Send(outage, new OutageCommand.ChangeVerdict(f.To, f.Since, f.Detail)),
            ],
            Availability.Up => [Send(outage, new OutageCommand.Close(f.Since))],
            _ when f.To.EndsOutage() => [Send(outage, new OutageCommand.EndDuty(f.To, f.Since))],
            _ => [],
        },
        DeviceEvent.ReasonChanged f => [Send(f.OutageId, new OutageCommand.ChangeReason(f.Since, f.Detail))],
        DeviceEvent.Retired { OutageId: { } outage } f => [Send(outage, new OutageCommand.Close(f.At))],
        _ => [],
    };

    static Reaction Send(Guid outage, OutageCommand command) => Reaction.Send(Outage.Decider, outage, command);
}
