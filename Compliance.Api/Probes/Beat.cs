using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Api.Probes;

/// <summary>
/// A sign of life. 204, or 205 when the verdicts of its cameras went out of force while it was silent or blind: it shall tell
/// again what it holds.
/// </summary>
static class Beat
{
    public static async Task<IResult> Handle(
        Heartbeat body, Caller probe, Presence presence, Watchfulness watch, Knock knock)
    {
        if (body.ProbeId != probe.Id) return Problems.Of(Problems.OtherId("probeId"));
        presence.Heard(body);
        var answer = await knock.Send(Probe.Decider, body.ProbeId, presence.Assess(body.ProbeId, watch.Patience));
        return answer.IsDone ? Results.StatusCode(await watch.HasDoubts(body, knock.Ct) ? 205 : 204) : answer;
    }
}
