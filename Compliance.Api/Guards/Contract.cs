using Compliance.Api.Entrance;
using Compliance.Domain.Guards;

namespace Compliance.Api.Guards;

/// <summary>The contract with the security firm, as the owner writes it down.</summary>
static class Contract
{
    public static Task<Answer> Sign(Guid venueId, GuardingCommand.SignContract body, Knock knock, Posts posts) =>
        knock.Send(Guarding.Decider, venueId, body with { VenueId = venueId, Today = posts.Today });

    public static Task<Answer> Renew(Guid venueId, GuardingCommand.RecordLicence body, Knock knock, Posts posts) =>
        knock.Send(Guarding.Decider, venueId, body with { Today = posts.Today });

    public static Task<Answer> End(Guid venueId, GuardingCommand.EndContract body, Knock knock) =>
        knock.Send(Guarding.Decider, venueId, body);
}
