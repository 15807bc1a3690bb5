using Compliance.Domain.Contacts;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Panels;

/// <summary>
/// A fire alarm is worth what its panel says, an exit what its contact says. From the moment one of them is connected nobody's word from
/// before counts: until it has spoken nothing is known.
/// </summary>
public static class TellDeviceWhenItsPanelOrContactTurns
{
    public static readonly Policy Policy = new("tell-device-when-its-panel-or-contact-turns", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact switch
    {
        PanelEvent.WorthChanged f => [Tell(recorded, f.PanelId, f.To.Verdict, f.To.Detail, f.Since, f.ObservedAt)],
        ContactEvent.WorthChanged f => [Tell(recorded, f.DeviceId, f.To, f.Detail, f.Since, f.ObservedAt)],
        PanelEvent.Enrolled f when recorded.Revision == 0 => [Tell(recorded, f.PanelId, Verdict.Unknown, "", recorded.RecordedAt, recorded.RecordedAt)],
        ContactEvent.Fitted f when recorded.Revision == 0 => [Tell(recorded, f.DeviceId, Verdict.Unknown, "", recorded.RecordedAt, recorded.RecordedAt)],
        _ => [],
    };

    static Reaction Tell(Recorded recorded, Guid device, Verdict verdict, string detail, DateTimeOffset since, DateTimeOffset observedAt) =>
        Reaction.Send(Device.Decider, device, new DeviceCommand.ReportVerdict(verdict, since, observedAt, EventIds.From(recorded.EventId, "outage"), detail, null));
}
