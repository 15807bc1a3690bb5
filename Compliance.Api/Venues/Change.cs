using Compliance.Api.Entrance;
using Compliance.Domain.Venues;

namespace Compliance.Api.Venues;

/// <summary>The doors that ask nothing more than what the venue itself decides.</summary>
static class Change
{
    public static Task<Answer> By<TCommand>(Guid venueId, TCommand body, Knock knock) where TCommand : VenueCommand =>
        knock.Send(Venue.Decider, venueId, body);
}
