using Compliance.Api.Entrance;
using Compliance.Domain.Probes;

namespace Compliance.Api.Probes;

/// <summary>The doors that ask nothing more than what the probe itself decides.</summary>
static class Change
{
    public static Task<Answer> By<TCommand>(Guid probeId, TCommand body, Knock knock) where TCommand : ProbeCommand =>
        knock.Send(Probe.Decider, probeId, body);
}
