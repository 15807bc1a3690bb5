using Compliance.Domain.Kernel;

namespace Compliance.Domain.Subjects;

/// <summary>Facts about whether an account may act here, and as what; the stream bears the subject's id. Who it is stands in the vault.</summary>
public abstract record StandingEvent(Guid SubjectId)
{
    /// <summary>From this moment on nothing opens for this person, whatever token is held.</summary>
    [EventName("standing.suspended.v1")]
    public sealed record Suspended(Guid SubjectId, Guid By, DateTimeOffset At) : StandingEvent(SubjectId);

    [EventName("standing.reinstated.v1")]
    public sealed record Reinstated(Guid SubjectId, Guid By, DateTimeOffset At) : StandingEvent(SubjectId);

    /// <summary>These and no others: what a token says beyond them counts for nothing any more.</summary>
    [EventName("standing.roles-set.v1")]
    public sealed record RolesSet(Guid SubjectId, IReadOnlyList<string> Roles, Guid By, DateTimeOffset At) : StandingEvent(SubjectId);
}

public abstract record StandingCommand(Guid SubjectId, Guid By, DateTimeOffset At)
{
    public sealed record Suspend(Guid SubjectId, Guid By, DateTimeOffset At) : StandingCommand(SubjectId, By, At);
    public sealed record Reinstate(Guid SubjectId, Guid By, DateTimeOffset At) : StandingCommand(SubjectId, By, At);
    public sealed record SetRoles(Guid SubjectId, IReadOnlyList<string> Roles, Guid By, DateTimeOffset At) : StandingCommand(SubjectId, By, At);
}

/// <summary>What an administrator last said of an account.</summary>
/// <param name="Roles">Null where nobody changed them since the account was made.</param>
public sealed record Standing(bool IsSuspended, IReadOnlyList<string>? Roles)
{
    public static readonly Standing Good = new(false, null);

    public static readonly Decider<Standing, StandingCommand, StandingEvent> Decider = new("standing", Good, Decide, Evolve);

    /// <summary>Whether a role that a token names still counts.</summary>
    public bool Holds(string role) => !IsSuspended && Roles?.Contains(role) != false;

    static Decision<StandingEvent> Decide(Standing state, StandingCommand command) => command switch
    {
        { SubjectId: var id, By: var by } when id == by => new Refusal("standing.own", "Nobody suspends their own account or changes its roles."),
        StandingCommand.Suspend c => state.IsSuspended ? [] : [new StandingEvent.Suspended(c.SubjectId, c.By, c.At)],
        StandingCommand.Reinstate c => state.IsSuspended ? [new StandingEvent.Reinstated(c.SubjectId, c.By, c.At)] : [],
        StandingCommand.SetRoles { Roles.Count: 0 } => new Refusal("standing.roles-missing", "An account has a role; one that is to have none is suspended.", "roles"),
        StandingCommand.SetRoles c => Set(state, c, [.. c.Roles.Distinct().Order(StringComparer.Ordinal)]),
        _ => [],
    };

    static Decision<StandingEvent> Set(Standing state, StandingCommand.SetRoles c, string[] roles) =>
        state.Roles?.SequenceEqual(roles) == true ? [] : [new StandingEvent.RolesSet(c.SubjectId, roles, c.By, c.At)];

    static Standing Evolve(Standing state, StandingEvent fact) => fact switch
    {
        StandingEvent.Suspended => state with { IsSuspended = true },
        StandingEvent.Reinstated => state with { IsSuspended = false },
        StandingEvent.RolesSet f => state with { Roles = f.Roles },
        _ => state,
    };
}
