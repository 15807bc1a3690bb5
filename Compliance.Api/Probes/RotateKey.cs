using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Api.Probes;

/// <summary>A new secret for a box; the old one is void at once. Knocking again gives yet another one: the first answer is lost.</summary>
static class RotateKey
{
    public static async Task<IResult> Handle(Guid probeId, Knock knock, MachineClients clients)
    {
        var answer = await knock.Send(Probe.Decider, probeId, new ProbeCommand.RotateKey());
        if (!answer.IsDone) return answer;
        return await clients.Rotate(MachineClients.OfProbe(probeId), knock.Ct) is { } secret
            ? TypedResults.Ok(new ProbeSecret(probeId, MachineClients.OfProbe(probeId), secret.Reveal()))
            : Problems.Of(new Refusal("probe.unknown", "No such probe."));
    }
}
