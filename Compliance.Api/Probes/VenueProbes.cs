using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Api.Probes;

/// <summary>Which probes watch a venue.</summary>
sealed class VenueProbes(IEventLog log, IViewStore views, ProbeRules rules)
{
    /// <param name="isNew">The venue is not registered yet: only the probe that new venues go to would watch it.</param>
    public async Task<IReadOnlyCollection<Guid>> Of(Guid venueId, bool isNew, CancellationToken ct)
    {
        var probes = isNew ? [] : (await views.List(ProbeCard.View, null, rules.Most, null, ct)).Items
            .Where(card => card.Venues.Contains(venueId)).Select(card => card.ProbeId).ToHashSet();
        if (rules.NewVenuesTo is { } usual && !probes.Contains(usual) && await Watches(usual, isNew ? null : venueId, ct)) probes.Add(usual);
        return probes;
    }

    /// <summary>Asked of the log: the view may not show yet what was assigned a moment ago.</summary>
    async Task<bool> Watches(Guid probeId, Guid? venueId, CancellationToken ct)
    {
        var (state, _, _) = await log.Load(Probe.Decider, new("probe", probeId), ct);
        return state is Probe.Enrolled enrolled && (venueId is not { } venue || enrolled.Venues.Contains(venue));
    }
}
