using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Subjects;
using Compliance.Domain.Venues;

namespace Compliance.Api.Subjects;

/// <summary>Who is behind a subject: for oneself, for those who inspect, and for an owner about the people of his own venues, past ones too.</summary>
static class Show
{
    public static async Task<IResult> Handle(
        Guid subjectId, Caller caller, Persons persons, OwnVenues own, IViewStore views, CancellationToken ct) =>
        caller.Id == subjectId || caller.Is(Who.Inspector | Who.Authority | Who.Oversight) || await IsOfOwnVenue(subjectId, caller, own, views, ct)
            ? new Shown<Subject>(persons.Find(subjectId)) : Results.StatusCode(StatusCodes.Status403Forbidden);

    static async Task<bool> IsOfOwnVenue(Guid subjectId, Caller caller, OwnVenues own, IViewStore views, CancellationToken ct) =>
        caller.Is(Who.Owner) && await own.Of(caller, ct) is { } mine
        && (await views.Find(PersonPosts.View, subjectId, ct))?.Venues.Keys.Intersect(mine).Any() == true;
}
