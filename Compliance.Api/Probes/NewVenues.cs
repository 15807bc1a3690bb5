using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;

namespace Compliance.Api.Probes;

/// <summary>
/// Gives every new venue to the probe that the settings name: at once, or on the first tick on which that probe can take it. Each
/// venue once; what an administrator decides afterwards stands.
/// </summary>
sealed partial class NewVenues(IEventLog log, IViewStore views, ProbeRules rules, ILogger<NewVenues> logger)
{
    const string Actor = "reaction:watch-new-venues";

    string? _refused;

    public async Task Assign(Guid venueId, CancellationToken ct)
    {
        if (rules.NewVenuesTo is not { } probe) return;
        var done = await log.Execute(Probe.Decider, probe, new ProbeCommand.Assign(venueId), OriginOf(venueId), ct);
        if (done.Refusal is { } refusal && Interlocked.Exchange(ref _refused, refusal.Code) != refusal.Code) Refused(logger, probe, refusal.Code);
        if (done.Refusal is null) _refused = null;
    }

    /// <summary>The open venues that nobody watches and that were not given away before.</summary>
    public async Task Tick(CancellationToken ct)
    {
        if (rules.NewVenuesTo is not { } probe) return;
        var watched = (await views.List(ProbeCard.View, null, rules.Most, null, ct)).Items.SelectMany(card => card.Venues).ToHashSet();
        var given = new HashSet<Guid>();
        await foreach (var recorded in log.Read(new("probe", probe), ct)) given.Add(recorded.Origin.CommandId);
        for (Page<VenueCard>? page = null; page is null || page.Next is not null;)
        {
            page = await views.List(VenueCard.View, null, rules.Most, page?.Next, ct);
            foreach (var venue in page.Items.Where(v => v.ClosedBecause is null && !watched.Contains(v.VenueId) && !given.Contains(OriginOf(v.VenueId).CommandId)))
                await Assign(venue.VenueId, ct);
        }
    }

    static Origin OriginOf(Guid venueId) => new(EventIds.From(venueId, "watch-new-venue"), Actor);

    [LoggerMessage(LogLevel.Warning, "New venues are watched by nobody: probe {Probe}, which Probes:NewVenuesTo names, refuses them ({Code}); tried again on every tick")]
    static partial void Refused(ILogger logger, Guid probe, string code);
}
