using Compliance.Domain.Kernel;

namespace Compliance.Domain.Probes;

/// <summary>One probe box as the administrator sees it, and the venues whose feeds it pulls.</summary>
public sealed record ProbeCard(Guid ProbeId, string Name, IReadOnlyList<Guid> Venues, bool Silent, bool Blind, DateTimeOffset? SilentSince)
{
    public static readonly View<ProbeCard> View = new(
        "probe-card", 1, fact => (fact as ProbeEvent)?.ProbeId, Apply, _ => null, card => card.Name);

    static ProbeCard? Apply(ProbeCard? card, object fact, Recorded recorded) => (card, fact) switch
    {
        (null, ProbeEvent.Enrolled f) => new(f.ProbeId, f.Name, [], false, false, null),
        ({ }, ProbeEvent.Assigned f) => card with { Venues = [.. card.Venues, f.VenueId] },
        ({ }, ProbeEvent.Unassigned f) => card with { Venues = [.. card.Venues.Where(v => v != f.VenueId)] },
        ({ }, ProbeEvent.WentSilent f) => card with { Silent = true, SilentSince = f.LastHeard },
        ({ }, ProbeEvent.HeardAgain) => card with { Silent = false, SilentSince = null },
        ({ }, ProbeEvent.BlindBegan) => card with { Blind = true },
        ({ }, ProbeEvent.BlindEnded) => card with { Blind = false },
        ({ }, ProbeEvent.Revoked) => null,
        _ => card,
    };
}
