using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>Which devices ever stood at a venue; null when none did.</summary>
delegate Task<VenueRoll?> RollOf(Guid venueId, CancellationToken ct);

/// <summary>The name of a person from the vault; null when it has been forgotten or was never there.</summary>
delegate string? NameOf(Guid subjectId);

/// <summary>Reads the facts of a venue's streams from the log and makes an audit of them.</summary>
sealed class Audits(IEventLog log, RollOf rollOf, NameOf nameOf, TimeProvider clock)
{
    /// <summary>Null when the venue was not registered before the period ended. A period that has not ended yet ends now.</summary>
    public async Task<AuditReport?> Compose(Guid venueId, Period asked, Words words, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var facts = await FactsOf(venueId, ct);
        return VenueAudit.Of(venueId, asked.To > now ? asked with { To = now } : asked, facts) is { } audit
            ? new(audit, now, words, NamesIn(audit)) : null;
    }

    /// <summary>The venue's stream, its devices' and the outages these speak of.</summary>
    async Task<IReadOnlyList<Recorded>> FactsOf(Guid venueId, CancellationToken ct)
    {
        var facts = await log.Read(new("venue", venueId), ct).ToListAsync(ct);
        foreach (var device in (await rollOf(venueId, ct))?.Devices ?? [])
            facts.AddRange(await log.Read(new("device", device), ct).ToListAsync(ct));
        foreach (var outage in facts.Select(OutageIn).OfType<Guid>().Distinct().ToArray())
            facts.AddRange(await log.Read(new("outage", outage), ct).ToListAsync(ct));
        return facts;
    }

    static Guid? OutageIn(Recorded recorded) => (EventCatalog.Decode(recorded) as DeviceEvent.VerdictChanged)?.OutageId;

    Dictionary<Guid, string?> NamesIn(VenueAudit audit) =>
        audit.Papers.People.Select(p => p.Appointment.SubjectId).Distinct().ToDictionary(id => id, id => nameOf(id));
}
