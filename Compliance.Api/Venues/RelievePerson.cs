using Compliance.Api.Entrance;
using Compliance.Domain.Venues;

namespace Compliance.Api.Venues;

/// <summary>The end of a person's term. An owner's own people end it from today on: who answered on a past day stands in cases.</summary>
static class RelievePerson
{
    public static async Task<Answer> Handle(Guid venueId, VenueCommand.RelievePerson body, Knock knock, Posts posts) =>
        body.Post == Post.Owner && body.Until < posts.Today.AddDays(-1) && await posts.IsOwn(knock.Caller, venueId, knock.Ct)
            ? AppointPerson.PastTerm : await knock.Send(Venue.Decider, venueId, body);
}
