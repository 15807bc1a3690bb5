using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Probes;

namespace Compliance.Api.Probes;

/// <summary>The box is out with its next knock, also when only the fact was written the last time; it is told so, and gets no new token.</summary>
static class Revoke
{
    public static async Task<Answer> Handle(Guid probeId, ProbeCommand.Revoke body, Knock knock, MachineClients clients, Bearers bearers)
    {
        var answer = await knock.Send(Probe.Decider, probeId, body);
        if (!answer.IsDone) return answer;
        bearers.SendAway(new(probeId, [Role.Probe]));
        await clients.Revoke(MachineClients.OfProbe(probeId), knock.Ct);
        return answer;
    }
}
