using Compliance.Domain.Contacts;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Panels;

namespace Compliance.Domain.Rulebooks;

/// <summary>
/// What panels and contacts let the rules know: measured, so nobody's word stands above it. While nothing comes from them nothing is
/// known, whatever somebody said before they were connected.
/// </summary>
sealed class SupervisionFacts
{
    const string Alarm = "fireAlarm", Exit = "exit";

    /// <summary>Devices that speak for themselves.</summary>
    readonly HashSet<Guid> _supervised = [];

    public void Take(object fact, Recorded recorded, Hearsay told)
    {
        switch (fact)
        {
            case PanelEvent.Enrolled f when _supervised.Add(f.PanelId): Forget(told, Alarm, f.PanelId, "state"); break;
            case ContactEvent.Fitted f when _supervised.Add(f.DeviceId): Forget(told, Exit, f.DeviceId, "free"); break;
            case PanelEvent.SelfTested f: Say(told, Alarm, f.PanelId, "checkedAt", new Known.Instant(f.ReceivedAt, recorded.EventId)); break;
            case PanelEvent.TestClosed { Passed: true } f: Say(told, Alarm, f.PanelId, "testedAt", new Known.Instant(f.At, recorded.EventId)); break;
        }
    }

    /// <summary>False: of this device people speak.</summary>
    public bool Take(DeviceEvent.VerdictChanged fact, string kind, string name, Known known, Guid by, Hearsay told)
    {
        if (!_supervised.Contains(fact.DeviceId)) return false;
        var isKnown = fact.To.Availability() != Availability.Unknown;
        Forget(told, kind, fact.DeviceId, name);
        Say(told, kind, fact.DeviceId, name, isKnown ? known : null);
        if (kind == Alarm) Say(told, kind, fact.DeviceId, "supervised", isKnown ? new Known.Flag(fact.To != Verdict.CommFault, by) : null);
        return true;
    }

    static void Forget(Hearsay told, string kind, Guid device, string name)
    {
        foreach (var from in (Provenance[])[Provenance.Registered, Provenance.Inspector]) told.Say(kind, device.ToString(), "", name, null, from);
    }

    static void Say(Hearsay told, string kind, Guid device, string name, Known? known)
    {
        if (told.Has(kind, device.ToString())) told.Say(kind, device.ToString(), "", name, known, Provenance.Measured);
    }
}
