using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Probes;

namespace Compliance.Api.Probes;

/// <summary>The box is out: its secret and its tokens are void at once, also when only the fact was written the last time.</summary>
static class Revoke
{
    public static async Task<Answer> Handle(Guid probeId, ProbeCommand.Revoke body, Knock knock, ProbeClients clients)
    {
        var answer = await knock.Send(Probe.Decider, probeId, body);
        if (answer.IsDone) await clients.Revoke(probeId, knock.Ct);
        return answer;
    }
}
