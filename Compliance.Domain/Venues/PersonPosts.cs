using Compliance.Domain.Kernel;

namespace Compliance.Domain.Venues;

/// <summary>What one person answers for, and where: the view that tells which venues are somebody's own.</summary>
public sealed record PersonPosts(Guid SubjectId, IReadOnlyDictionary<Guid, IReadOnlyList<Appointment>> Venues)
{
    public static readonly View<PersonPosts> View = new(
        "person-posts", 2, SubjectOf, Apply, _ => null, posts => posts.SubjectId.ToString("N"));

    /// <summary>The venues where the person holds one of these posts on that day.</summary>
    public IReadOnlyList<Guid> On(DateOnly day, IReadOnlyCollection<Post> posts) =>
        [.. Venues.Where(venue => venue.Value.Any(a => posts.Contains(a.Post) && a.HoldsOn(day))).Select(venue => venue.Key)];

    static Guid? SubjectOf(object fact) => fact switch
    {
        VenueEvent.PersonAppointed f => f.Appointment.SubjectId,
        VenueEvent.PersonRelieved f => f.SubjectId,
        _ => null,
    };

    static PersonPosts? Apply(PersonPosts? posts, object fact, Recorded recorded) => fact switch
    {
        VenueEvent.PersonAppointed f =>
            (posts ?? new(f.Appointment.SubjectId, new Dictionary<Guid, IReadOnlyList<Appointment>>())).With(f.VenueId, held => held.Appoint(f.Appointment)),
        VenueEvent.PersonRelieved f => posts?.With(f.VenueId, held => held.Relieve(f)),
        _ => posts,
    };

    PersonPosts With(Guid venue, Func<IReadOnlyList<Appointment>, IReadOnlyList<Appointment>> change) => this with
    {
        Venues = new Dictionary<Guid, IReadOnlyList<Appointment>>(Venues) { [venue] = change(Venues.GetValueOrDefault(venue) ?? []) },
    };
}
