using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Probes;

namespace Compliance.Api.Probes;

/// <summary>A new box, and the secret it signs in with: shown once, the first time.</summary>
static class Enrol
{
    public static async Task<IResult> Handle(Guid probeId, ProbeCommand.Enrol body, Knock knock, MachineClients clients)
    {
        if (body.ProbeId != probeId) return Problems.Of(Problems.OtherId("probeId"));
        var answer = await knock.Send(Probe.Decider, probeId, body);
        if (!answer.IsDone) return answer;
        var secret = await clients.Create(MachineClients.OfProbe(probeId), body.Name, knock.Ct);
        return TypedResults.Ok(new ProbeSecret(probeId, MachineClients.OfProbe(probeId), secret?.Reveal()));
    }
}
