using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Footage;
using Compliance.Domain.Kernel;
using Compliance.Domain.Subjects;
using Compliance.Domain.Venues;

namespace Compliance.Api.Subjects;

/// <summary>
/// Who is behind a subject: for oneself, for those who inspect, and for an owner about the people of his own venues, past ones too, and
/// about the officers who decided on their certificates, or asked for their recordings and took them over.
/// </summary>
static class Show
{
    public static async Task<IResult> Handle(
        Guid subjectId, Caller caller, Persons persons, OwnVenues own, IViewStore views, IEventLog log, CancellationToken ct) =>
        caller.Id == subjectId || caller.Is(Who.Inspector | Who.Authority | Who.Oversight) || await IsOfOwnVenue(subjectId, caller, own, views, ct)
            ? new Shown<Subject>(persons.Find(subjectId))
            : await HasDecidedThere(subjectId, caller, own, log, ct) || await HasTakenThere(subjectId, caller, own, views, ct)
                ? new Shown<Subject>(persons.Find(subjectId) is { } officer ? officer with { Contact = null } : null)
                : Results.StatusCode(StatusCodes.Status403Forbidden);

    static async Task<bool> IsOfOwnVenue(Guid subjectId, Caller caller, OwnVenues own, IViewStore views, CancellationToken ct) =>
        caller.Is(Who.Owner) && await own.Of(caller, ct) is { } mine
        && (await views.Find(PersonPosts.View, subjectId, ct))?.Venues.Keys.Intersect(mine).Any() == true;

    /// <summary>Who hands a recording over knows to whom.</summary>
    static async Task<bool> HasTakenThere(Guid subjectId, Caller caller, OwnVenues own, IViewStore views, CancellationToken ct) =>
        caller.Is(Who.Owner | Who.Manager) && await own.Of(caller, ct) is { } mine
        && (await views.All(FootageRow.View, mine, ct)).Any(row => row.Card.OfficerId == subjectId || row.Takes.Any(take => take.By == subjectId));

    /// <summary>A decision has a name under it; how to reach its author is no part of it.</summary>
    static async Task<bool> HasDecidedThere(Guid subjectId, Caller caller, OwnVenues own, IEventLog log, CancellationToken ct)
    {
        if (!caller.Is(Who.Owner) || await own.Of(caller, ct) is not { } mine) return false;
        foreach (var venue in mine)
            if (await log.Read(new("licence", venue), ct).AnyAsync(fact => fact.Origin.Actor == $"user:{subjectId}", ct)) return true;
        return false;
    }
}
