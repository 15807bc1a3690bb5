using Compliance.Domain.Kernel;

namespace Compliance.Domain.Probes;

/// <summary>One probe box as the administrator sees it, and the venues whose feeds it pulls.</summary>
public sealed record ProbeCard(Guid ProbeId, string Name, IReadOnlyList<Guid> Venues, bool Silent, bool Blind, DateTimeOffset? SilentSince)
{
    /// <summary>When it was blind last; without an end while it is.</summary>
    public DateTimeOffset? BlindSince { get; init; }

    public DateTimeOffset? BlindUntil { get; init; }

    public static readonly View<ProbeCard> View = new(
        "probe-card", 2, fact => (fact as ProbeEvent)?.ProbeId, Apply, _ => null, card => card.Name);

    static ProbeCard? Apply(ProbeCard? card, object fact, Recorded recorded) => (card, fact) switch
    {
        (null, ProbeEvent.Enrolled f) => new(f.ProbeId, f.Name, [], false, false, null),
        ({ }, ProbeEvent.Assigned f) => card with { Venues = [.. card.Venues, f.VenueId] },
        ({ }, ProbeEvent.Unassigned f) => card with { Venues = [.. card.Venues.Where(v => v != f.VenueId)] },
        ({ }, ProbeEvent.WentSilent f) => card with { Silent = true, SilentSince = f.LastHeard },
        ({ }, ProbeEvent.HeardAgain) => card with { Silent = false, SilentSince = null },
        ({ }, ProbeEvent.BlindBegan f) => card with { Blind = true, BlindSince = f.At, BlindUntil = null },
        ({ }, ProbeEvent.BlindEnded f) => card with { Blind = false, BlindUntil = f.At },
        ({ }, ProbeEvent.Revoked) => null,
        _ => card,
    };
}
