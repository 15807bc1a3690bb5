using System.Collections.Concurrent;
using Compliance.Api.Probes;
using Compliance.Api.Views;
using Compliance.Domain.Contacts;
using Compliance.Domain.Panels;
using Compliance.Domain.Probes;

namespace Compliance.Api.Panels;

/// <summary>
/// Which probes hear a panel or a contact, by the newest that each said of it: telemetry, in memory. A probe that is silent itself, or may not watch the
/// venue any more, hears nothing. After a restart each tells again within seconds.
/// </summary>
sealed class Ears(IViewStore views, Presence presence, ProbeRules rules, TimeProvider clock)
{
    /// <summary>A pulse tells when a panel was heard last: longer ago than this it does not say that it is heard.</summary>
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(PanelTimes.MissedPolls * PanelTimes.LongestPollSeconds - 1);

    readonly ConcurrentDictionary<(Guid Device, Guid Probe), bool> _heard = [];

    public void Note(Guid probe, Observation said)
    {
        bool? hears = said switch
        {
            PanelSignalObserved or PanelLinkObserved { Link: PanelLink.Up } => true,
            PanelLinkObserved { Link: PanelLink.CommFault } or ContactObserved { State: ContactState.Silent } => false,
            ContactObserved => true,
            PanelHeard pulse when clock.GetUtcNow() - pulse.LastHeard < Fresh => true,
            _ => null,
        };
        if (hears is { } news) _heard[(said.DeviceId, probe)] = news;
    }

    /// <param name="venue">Of the device.</param>
    /// <param name="holder">Through which it speaks now.</param>
    /// <param name="by">Who tells; null: who else hears it is asked.</param>
    public async Task<Hearing?> Of(Guid device, Guid venue, Guid? holder, Guid? by, CancellationToken ct)
    {
        var holderHears = holder is { } has && await Hears(has);
        Guid? other = null;
        foreach (var (key, _) in _heard.Where(h => h.Key.Device == device && h.Value).OrderBy(h => h.Key.Probe))
            if (key.Probe != holder && key.Probe != by && await Hears(key.Probe)) other ??= key.Probe;
        return (by ?? other) is { } who ? new(who, holderHears, other) : null;

        async Task<bool> Hears(Guid probe) => _heard.GetValueOrDefault((device, probe))
            && presence.LastHeard(probe) is { } at && clock.GetUtcNow() - at <= rules.Patience && (await views.Find(ProbeCard.View, probe, ct))?.Venues.Contains(venue) == true;
    }
}
