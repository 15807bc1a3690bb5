using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Evidence;

/// <summary>What the certificate of a venue says by its last ruling, and what the venue was called then. Computed from stored facts and from nothing else.</summary>
/// <param name="At">When the last ruling about it was recorded.</param>
/// <param name="Facts">The venue's last details before that, then the rulings, oldest first.</param>
public sealed record CertificateRecord(Guid VenueId, Permit Permit, VenueDetails Details, DateTimeOffset At, IReadOnlyList<Recorded> Facts)
{
    /// <summary>How the certificate follows from the facts; a new name when the rule changes.</summary>
    public const string Formula = "certificate.v1";

    /// <param name="facts">The streams of the venue and of its licence.</param>
    /// <returns>Null while none was granted.</returns>
    public static CertificateRecord? Of(Guid venueId, IReadOnlyList<Recorded> facts)
    {
        Permit? permit = null;
        var rulings = new List<Recorded>();
        foreach (var recorded in facts.Where(f => f.Stream == new StreamId("licence", venueId)).OrderBy(f => f.Revision))
        {
            if (Next(permit, EventCatalog.Decode(recorded)) is not { } next) continue;
            if (EventCatalog.Decode(recorded) is LicenceEvent.Granted) rulings.Clear();
            permit = next;
            rulings.Add(recorded);
        }

        if (permit is null) return null;
        var named = facts.Where(f => f.Stream == new StreamId("venue", venueId) && f.RecordedAt <= rulings[^1].RecordedAt).OrderBy(f => f.Revision)
            .LastOrDefault(f => VenueEvent.DetailsIn(EventCatalog.Decode(f)) is not null);
        return named is null ? null : new(venueId, permit, VenueEvent.DetailsIn(EventCatalog.Decode(named))!, rulings[^1].RecordedAt, [named, .. rulings]);
    }

    /// <summary>The permit after a ruling that changes what it says; null for every other fact.</summary>
    static Permit? Next(Permit? permit, object? fact) => (permit, fact) switch
    {
        (_, LicenceEvent.Granted f) => new(f.Number, f.From, f.Until, f.Conditions),
        ({ }, LicenceEvent.Renewed f) => permit.Renewed(f),
        ({ }, LicenceEvent.ConditionAttached f) => permit with { Conditions = [.. permit.Conditions, f.Condition] },
        ({ }, LicenceEvent.ConditionLifted f) => permit with { Conditions = [.. permit.Conditions.Where(c => c.ConditionId != f.ConditionId)] },
        _ => null,
    };
}
