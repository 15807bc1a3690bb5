using System.Diagnostics;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Outages;

/// <summary>Facts about outages of one venue that belong together.</summary>
public abstract record OutageGroupEvent(Guid GroupId, Guid VenueId)
{
    [EventName("outagegroup.found.v1")]
    public sealed record Found(
        Guid GroupId, Guid VenueId, CommonCause Cause, IReadOnlyList<GroupMember> Members, CauseEvidence Evidence, DateTimeOffset At) : OutageGroupEvent(GroupId, VenueId);

    /// <summary>More belongs to it, or something else seems to be the cause. A group that was over runs again.</summary>
    /// <param name="Members">All of them.</param>
    [EventName("outagegroup.changed.v1")]
    public sealed record Changed(
        Guid GroupId, Guid VenueId, CommonCause Cause, IReadOnlyList<GroupMember> Members, CauseEvidence Evidence, DateTimeOffset At) : OutageGroupEvent(GroupId, VenueId);

    /// <param name="Because">Why nothing was owed any more, where that ended the last of them.</param>
    [EventName("outagegroup.ended.v1")]
    public sealed record Ended(
        Guid GroupId, Guid VenueId, CommonCause Cause, IReadOnlyList<GroupMember> Members, Verdict? Because, DateTimeOffset EndedAt) : OutageGroupEvent(GroupId, VenueId);
}

public abstract record OutageGroupCommand
{
    /// <summary>What the metronome asks: does it run, does more belong to it, what seems to be the cause?</summary>
    public sealed record Assess(FoundGroup Found, Verdict? Because, DateTimeOffset Now) : OutageGroupCommand;
}

/// <summary>
/// A group is found, grows and ends. It never loses an outage. Its cause reaches further when more is known, and is narrowed only by what
/// joins it; one beyond the venue stays.
/// </summary>
public abstract record OutageGroup
{
    public sealed record Unknown : OutageGroup;

    /// <param name="EndedAt">Null while one of its outages runs.</param>
    public sealed record Gathered(CommonCause Cause, IReadOnlyList<GroupMember> Members, DateTimeOffset? EndedAt) : OutageGroup;

    public static readonly Decider<OutageGroup, OutageGroupCommand, OutageGroupEvent> Decider = new("outagegroup", new Unknown(), Decide, Evolve);

    static Decision<OutageGroupEvent> Decide(OutageGroup state, OutageGroupCommand command) => (state, command) switch
    {
        (Unknown, OutageGroupCommand.Assess(var g, var because, var now)) =>
            [new OutageGroupEvent.Found(g.GroupId, g.VenueId, g.Cause, g.Members, g.Evidence, now), .. End(g, g.Cause, g.Members, because)],
        (Gathered known, OutageGroupCommand.Assess(var g, var because, var now)) => Grow(known, g, because, now),
        _ => throw new UnreachableException(),
    };

    static Decision<OutageGroupEvent> Grow(Gathered known, FoundGroup g, Verdict? because, DateTimeOffset now)
    {
        GroupMember[] joined = [.. g.Members.Where(m => known.Members.All(k => k.OutageId != m.OutageId))];
        var cause = joined.Length > 0 && !known.Cause.IsBeyondVenue() || g.Cause.Reach() > known.Cause.Reach() ? g.Cause : known.Cause;
        if (joined.Length == 0 && cause == known.Cause) return known.EndedAt is null ? [.. End(g, known.Cause, known.Members, because)] : [];
        GroupMember[] all = [.. known.Members, .. joined];
        return [new OutageGroupEvent.Changed(g.GroupId, g.VenueId, cause, all, g.Evidence, now), .. End(g, cause, all, because)];
    }

    static IEnumerable<OutageGroupEvent> End(FoundGroup g, CommonCause cause, IReadOnlyList<GroupMember> members, Verdict? because) =>
        g.EndedAt is { } ended ? [new OutageGroupEvent.Ended(g.GroupId, g.VenueId, cause, members, because, ended)] : [];

    static OutageGroup Evolve(OutageGroup state, OutageGroupEvent fact) => (state, fact) switch
    {
        (_, OutageGroupEvent.Found f) => new Gathered(f.Cause, f.Members, null),
        (Gathered, OutageGroupEvent.Changed f) => new Gathered(f.Cause, f.Members, null),
        (Gathered known, OutageGroupEvent.Ended f) => known with { EndedAt = f.EndedAt },
        _ => state,
    };
}
