using Compliance.Api.Entrance;
using Compliance.Domain.Outages;

namespace Compliance.Api.Outages;

/// <summary>The doors that ask nothing more than what the outage itself decides.</summary>
static class Change
{
    public static Task<Answer> By<TCommand>(Guid outageId, TCommand body, Knock knock) where TCommand : OutageCommand =>
        knock.Send(Outage.Decider, outageId, body);
}
