using Compliance.Api.Venues;
using Compliance.Domain.Evidence;

namespace Compliance.Api.Reports;

/// <summary>The name of a person from the vault; null when it has been forgotten or was never there.</summary>
delegate string? NameOf(Guid subjectId);

/// <summary>Makes an audit of the facts of a venue.</summary>
sealed class Audits(VenueStreams streams, NameOf nameOf, TimeProvider clock)
{
    /// <summary>Null when the venue was not registered before the period ended. A period that has not ended yet ends now.</summary>
    public async Task<AuditReport?> Compose(Guid venueId, Period asked, Words words, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var facts = await streams.Of(venueId, ct);
        return VenueAudit.Of(venueId, asked.To > now ? asked with { To = now } : asked, facts) is { } audit
            ? new(audit, now, words, NamesIn(audit)) : null;
    }

    Dictionary<Guid, string?> NamesIn(VenueAudit audit) =>
        audit.Papers.People.Select(p => p.Appointment.SubjectId).Distinct().ToDictionary(id => id, id => nameOf(id));
}
