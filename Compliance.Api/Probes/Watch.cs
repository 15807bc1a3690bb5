using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Api.Probes;

/// <summary>Since when a probe has watched each of its venues, as its own stream tells.</summary>
static class Watch
{
    public static async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> VenuesOf(this IEventLog log, Guid probeId, CancellationToken ct)
    {
        var venues = new Dictionary<Guid, DateTimeOffset>();
        await foreach (var recorded in log.Read(new("probe", probeId), ct))
            switch (EventCatalog.Decode(recorded))
            {
                case ProbeEvent.Assigned f: venues[f.VenueId] = recorded.RecordedAt; break;
                case ProbeEvent.Unassigned f: venues.Remove(f.VenueId); break;
                case ProbeEvent.Revoked: return new Dictionary<Guid, DateTimeOffset>();
            }

        return venues;
    }
}
