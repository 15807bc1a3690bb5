using Compliance.Api.Entrance;
using Compliance.Domain.Guards;

namespace Compliance.Api.Guards;

/// <summary>The contract with the security firm, as the owner writes it down.</summary>
static class Contract
{
    public static Task<Answer> Sign(Guid venueId, GuardingCommand.SignContract body, Knock knock) =>
        By(venueId, body with { VenueId = venueId }, knock);

    public static Task<Answer> By<TCommand>(Guid venueId, TCommand body, Knock knock) where TCommand : GuardingCommand =>
        knock.Send(Guarding.Decider, venueId, body);
}
