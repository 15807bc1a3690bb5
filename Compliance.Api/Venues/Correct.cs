using Compliance.Api.Entrance;
using Compliance.Domain.Venues;

namespace Compliance.Api.Venues;

/// <summary>What a venue is. Its own people correct it, but for what would take it out of a rule: that is the authority's.</summary>
static class Correct
{
    public static async Task<Answer> Details(Guid venueId, VenueCommand.CorrectDetails body, Knock knock, Posts posts) =>
        await knock.Send(Venue.Decider, venueId, body with { ByOwner = await posts.IsOwn(knock.Caller, venueId, knock.Ct) });

    public static async Task<Answer> Capacity(Guid venueId, VenueCommand.SetCapacity body, Knock knock, Posts posts) =>
        await knock.Send(Venue.Decider, venueId, body with { ByOwner = await posts.IsOwn(knock.Caller, venueId, knock.Ct) });
}
