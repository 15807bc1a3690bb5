using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;

namespace Compliance.Api.Probes;

/// <summary>
/// Gives every new venue to the probe that the settings name: at once, or on the first tick on which that probe can take it. Each
/// venue once; what an administrator decides afterwards stands. A tick asks for what turned since the last one.
/// </summary>
sealed partial class NewVenues(IEventLog log, IViewStore views, ViewChanges changes, ProbeRules rules, ILogger<NewVenues> logger)
{
    const string Actor = "reaction:watch-new-venues";

    readonly VenueTurns _turns = new();
    string? _refused;

    /// <returns>False when the probe cannot take it now.</returns>
    public async Task<bool> Assign(Guid venueId, CancellationToken ct)
    {
        if (rules.NewVenuesTo is not { } probe) return true;
        var done = await log.Execute(Probe.Decider, probe, new ProbeCommand.Assign(venueId), OriginOf(venueId), ct);
        if (done.Refusal is { } refusal && Interlocked.Exchange(ref _refused, refusal.Code) != refusal.Code) Refused(logger, probe, refusal.Code);
        if (done.Refusal is null) _refused = null;
        return done.Refusal is null;
    }

    /// <summary>The open venues that nobody watches and that were not given away before.</summary>
    public async Task Tick(CancellationToken ct)
    {
        if (rules.NewVenuesTo is not { } probe) return;
        _turns.Hear(await views.All(ProbeCard.View, null, ct));
        _turns.Hear(changes);
        if (_turns.AwaitAll) _turns.ExpectAll(await views.Keys(VenueCard.View, ct).ToListAsync(ct));
        HashSet<Guid>? given = null;
        foreach (var venue in _turns.Expected)
        {
            if (_turns.ProbesOf(venue).Count == 0 && await views.Find(VenueCard.View, venue, ct) is { ClosedBecause: null })
            {
                given ??= await Given(probe, ct);
                if (!given.Contains(OriginOf(venue).CommandId) && !await Assign(venue, ct)) continue;
            }

            _turns.Done(venue);
        }
    }

    async Task<HashSet<Guid>> Given(Guid probe, CancellationToken ct) =>
        await log.Read(new("probe", probe), ct).Select(recorded => recorded.Origin.CommandId).ToHashSetAsync(cancellationToken: ct);

    static Origin OriginOf(Guid venueId) => new(EventIds.From(venueId, "watch-new-venue"), Actor);

    [LoggerMessage(LogLevel.Warning, "New venues are watched by nobody: probe {Probe}, which Probes:NewVenuesTo names, refuses them ({Code}); tried again on every tick")]
    static partial void Refused(ILogger logger, Guid probe, string code);
}
