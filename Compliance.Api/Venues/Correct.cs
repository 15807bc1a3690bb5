using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Venues;

namespace Compliance.Api.Venues;

/// <summary>What a venue is. Its own people correct it, but for what would take it out of a rule: that is the authority's.</summary>
static class Correct
{
    public static Task<Answer> Details(Guid venueId, VenueCommand.CorrectDetails body, Knock knock) =>
        knock.Send(Venue.Decider, venueId, body with { ByOwner = !knock.Caller.Is(Role.Authority) });

    public static Task<Answer> Capacity(Guid venueId, VenueCommand.SetCapacity body, Knock knock) =>
        knock.Send(Venue.Decider, venueId, body with { ByOwner = !knock.Caller.Is(Role.Authority) });
}
