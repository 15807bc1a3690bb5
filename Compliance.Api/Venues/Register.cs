using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Probes;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Venues;

/// <summary>
/// PUT, because the caller chose the id: sent twice is sent once. An owner who registers a venue answers for it from that day;
/// the authority registers on behalf of others and appoints apart.
/// </summary>
static class Register
{
    public static async Task<Answer> Handle(Guid venueId, VenueCommand.Register body, Knock knock, Posts posts, Beginnings beginnings, NewVenues newVenues)
    {
        if (body.VenueId != venueId) return Problems.OtherId("venueId");
        var registered = await knock.Send(Venue.Decider, venueId, body);
        if (!registered.IsDone) return registered;
        await newVenues.Assign(venueId, knock.Ct);
        if (!knock.Caller.Is(Who.Owner)) return registered;
        if ((await beginnings.Of(new("venue", venueId), knock.Ct))?.Actor != knock.Caller.Actor) // a stranger who repeats it word for word
            return new Refusal("venue.already-registered", "This id belongs to another venue.");
        return await knock.Then(Venue.Decider, venueId, new VenueCommand.AppointPerson(
            new(knock.Caller.Id, Post.Owner, posts.Today, null, [])), "appoint-who-registered");
    }
}
