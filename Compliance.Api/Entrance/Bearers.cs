using System.Collections.Concurrent;
using Compliance.Api.Identity;
using Compliance.Domain.Centres;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Subjects;

namespace Compliance.Api.Entrance;

/// <summary>
/// Whether the bearer of a good token is still one of us: a probe may have been revoked and a person forgotten or suspended since the token was
/// given, or lost a role. The log is asked once for each; whoever sends one away says so here, and it is out with the very next knock.
/// </summary>
sealed class Bearers(IEventLog log)
{
    readonly ConcurrentDictionary<string, bool> _known = [];
    readonly ConcurrentDictionary<Guid, (Standing State, long Revision)> _standings = [];

    /// <summary>Why this one is sent away; null for one of us.</summary>
    public async ValueTask<Refusal?> SentAway(Caller caller, CancellationToken ct)
    {
        if (!_known.TryGetValue(caller.Actor, out var isOurs))
        {
            _known.TryAdd(caller.Actor, caller.Is(Who.Probe) ? await IsEnrolled(caller.Id, ct) : caller.Is(Who.Centre) ? await IsAdmitted(caller.Id, ct) : await IsRemembered(caller.Id, ct));
            isOurs = _known[caller.Actor];
        }

        if (isOurs && !caller.IsMachine && (await StandingOf(caller.Id, ct)).IsSuspended) return new("subject.suspended", "This account has been suspended.");
        return isOurs ? null : caller.Is(Who.Probe)
            ? new("probe.revoked", "The probe has been revoked.") : caller.Is(Who.Centre) ? new("centre.dismissed", "This control centre was dismissed; admit it anew.") : new("subject.forgotten", "This person has been forgotten.");
    }

    /// <param name="bearer">Its id may be a person's as well as a machine's: the role says which.</param>
    public void SendAway(Caller bearer) => _known[bearer.Actor] = false;

    /// <summary>What an administrator said of this person's account.</summary>
    public async ValueTask<Standing> StandingOf(Guid subjectId, CancellationToken ct)
    {
        return _standings.TryGetValue(subjectId, out var known) ? known.State : await Learn(subjectId, ct);
    }

    /// <summary>Something was said of it: from the end of this on nobody acts by what held before.</summary>
    public async Task<Standing> Learn(Guid subjectId, CancellationToken ct)
    {
        var (state, revision, _) = await log.Load(Standing.Decider, new(Standing.Decider.Category, subjectId), ct);
        return _standings.AddOrUpdate(subjectId, (state, revision), (_, known) => known.Revision >= revision ? known : (state, revision)).State;
    }

    /// <summary>Whether an officer may go on looking: not forgotten, not suspended, and still police.</summary>
    public async ValueTask<bool> IsOfficer(Guid subjectId, CancellationToken ct) =>
        await SentAway(new(subjectId, [Role.Operator]), ct) is null && await StandingOf(subjectId, ct) is var standing && (standing.Holds(Role.Operator) || standing.Holds(Role.Supervisor));

    async Task<bool> IsEnrolled(Guid probeId, CancellationToken ct) =>
        (await log.Load(Probe.Decider, new("probe", probeId), ct)).State is not Probe.Gone;

    async Task<bool> IsAdmitted(Guid centreId, CancellationToken ct) =>
        (await log.Load(Centre.Decider, new(Centre.Decider.Category, centreId), ct)).State is not Centre.Gone;

    async Task<bool> IsRemembered(Guid subjectId, CancellationToken ct) =>
        (await log.Load(SubjectKey.Decider, new("subject", subjectId), ct)).State is not SubjectKey.Destroyed;
}
