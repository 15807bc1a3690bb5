namespace Compliance.Domain.Venues;

/// <summary>
/// The terms people serve at a venue, earlier ones too: liability asks who answered on a day. Of one person in one post no two
/// terms share a day; a new one ends what it overlaps.
/// </summary>
public static class Terms
{
    public static bool Is(this Appointment term, Guid subject, Post post) => (term.SubjectId, term.Post) == (subject, post);

    /// <summary>What stays of a term when another of the same person in the same post comes; null when it is all replaced.</summary>
    public static Appointment? Before(this Appointment term, Appointment next) => term switch
    {
        _ when !term.Is(next.SubjectId, next.Post) || term.Until < next.From || next.Until < term.From => term,
        _ when term.From >= next.From => null,
        _ => term with { Until = next.From.AddDays(-1) },
    };

    public static IReadOnlyList<Appointment> Appoint(this IReadOnlyList<Appointment> terms, Appointment next) =>
        [.. terms.Select(term => term.Before(next)).OfType<Appointment>(), next];

    /// <summary>Ends the last term of a person in a post.</summary>
    public static IReadOnlyList<Appointment> Relieve(this IReadOnlyList<Appointment> terms, VenueEvent.PersonRelieved fact)
    {
        var last = terms.LastOrDefault(term => term.Is(fact.SubjectId, fact.Post));
        return [.. terms.Select(term => ReferenceEquals(term, last) ? term with { Until = fact.Until } : term)];
    }
}
