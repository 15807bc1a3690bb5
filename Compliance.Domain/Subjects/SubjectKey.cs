using System.Diagnostics;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Subjects;

/// <summary>Facts about an opaque subject. Who it is stands in the vault, never here.</summary>
public abstract record SubjectEvent(Guid SubjectId)
{
    [EventName("subject.enrolled.v1")]
    public sealed record Enrolled(Guid SubjectId) : SubjectEvent(SubjectId);

    /// <summary>The person bears another name from here on. The old and the new stand in the vault.</summary>
    [EventName("subject.renamed.v1")]
    public sealed record Renamed(Guid SubjectId) : SubjectEvent(SubjectId);

    /// <summary>The key over this person's name and contact is gone: every fact stays, nobody can say any more whom it was about.</summary>
    [EventName("subject.key-destroyed.v1")]
    public sealed record KeyDestroyed(Guid SubjectId) : SubjectEvent(SubjectId);
}

public abstract record SubjectCommand
{
    public sealed record Enrol(Guid SubjectId) : SubjectCommand;
    public sealed record Rename : SubjectCommand;
    public sealed record DestroyKey : SubjectCommand;
}

/// <summary>The key under which a person stands in the vault: made once, destroyed at most once, never made again.</summary>
public abstract record SubjectKey
{
    public sealed record Unknown : SubjectKey;
    public sealed record Kept(Guid SubjectId) : SubjectKey;
    public sealed record Destroyed : SubjectKey;

    public static readonly Decider<SubjectKey, SubjectCommand, SubjectEvent> Decider = new("subject", new Unknown(), Decide, Evolve);

    static Decision<SubjectEvent> Decide(SubjectKey state, SubjectCommand command) => (state, command) switch
    {
        (Unknown, SubjectCommand.Enrol(var id)) => [new SubjectEvent.Enrolled(id)],
        (Kept, SubjectCommand.Enrol) => [],
        (Kept(var id), SubjectCommand.Rename) => [new SubjectEvent.Renamed(id)],
        (Kept(var id), SubjectCommand.DestroyKey) => [new SubjectEvent.KeyDestroyed(id)],
        (Destroyed, SubjectCommand.DestroyKey) => [],
        (Destroyed, SubjectCommand.Enrol or SubjectCommand.Rename) => new Refusal("subject.forgotten", "This person has been forgotten; enrol under a new id."),
        (Unknown, _) => new Refusal("subject.unknown", "No such person."),
        _ => throw new UnreachableException(),
    };

    static SubjectKey Evolve(SubjectKey state, SubjectEvent fact) => fact switch
    {
        SubjectEvent.Enrolled f => new Kept(f.SubjectId),
        SubjectEvent.KeyDestroyed => new Destroyed(),
        _ => state,
    };
}
