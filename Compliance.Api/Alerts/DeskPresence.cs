using Compliance.Api.Changes;
using Compliance.Api.Views;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Alerts;

/// <summary>Asks on each tick whether any officer listens. When one was seen last is kept in memory; that nobody did for minutes, and that somebody does again, are facts.</summary>
sealed class DeskPresence(IEventLog log, Listeners listeners, AlertRules rules, TimeProvider clock)
{
    const string Actor = "reaction:watch-desk";
    const int Shown = 100;

    DateTimeOffset _seen = clock.GetUtcNow();

    /// <summary>What the log was told last; null before it was asked.</summary>
    bool? _told;

    public async Task Tick(CancellationToken ct)
    {
        var (now, isManned) = (clock.GetUtcNow(), listeners.Officers > 0);
        if (isManned) _seen = now;
        if (_told == isManned || (!isManned && now - _seen < rules.DeskLeftAfter)) return;
        await log.Execute(DeskWatch.Decider, DeskWatch.All, new AssessDesk(DeskWatch.All, isManned, _seen, now, rules.DeskLeftAfter), new(Guid.CreateVersion7(now), Actor), ct);
        _told = isManned;
    }

    public static async Task<IReadOnlyList<DeskOutage>> Outages(IViewStore views, CancellationToken ct) => (await views.List(DeskOutage.View, null, Shown, null, ct)).Items;
}
