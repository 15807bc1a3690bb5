using System.Collections.Concurrent;
using Compliance.Api.Identity;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Subjects;

namespace Compliance.Api.Entrance;

/// <summary>
/// Whether the bearer of a good token is still one of us: a probe may have been revoked and a person forgotten since the token was
/// given. The log is asked once for each; whoever sends one away says so here, and it is out with the very next knock.
/// </summary>
sealed class Bearers(IEventLog log)
{
    readonly ConcurrentDictionary<Guid, bool> _known = [];

    /// <summary>Why this one is sent away; null for one of us.</summary>
    public async ValueTask<Refusal?> SentAway(Caller caller, CancellationToken ct)
    {
        if (!_known.TryGetValue(caller.Id, out var isOurs))
        {
            _known.TryAdd(caller.Id, caller.Is(Who.Probe) ? await IsEnrolled(caller.Id, ct) : await IsRemembered(caller.Id, ct));
            isOurs = _known[caller.Id];
        }

        return isOurs ? null : caller.Is(Who.Probe)
            ? new("probe.revoked", "The probe has been revoked.") : new("subject.forgotten", "This person has been forgotten.");
    }

    public void SendAway(Guid id) => _known[id] = false;

    async Task<bool> IsEnrolled(Guid probeId, CancellationToken ct) =>
        (await log.Load(Probe.Decider, new("probe", probeId), ct)).State is not Probe.Gone;

    async Task<bool> IsRemembered(Guid subjectId, CancellationToken ct) =>
        (await log.Load(SubjectKey.Decider, new("subject", subjectId), ct)).State is not SubjectKey.Destroyed;
}
