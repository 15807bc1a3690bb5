using Compliance.Domain.Kernel;

namespace Compliance.Domain.Subjects;

/// <summary>A person whose name and contact were destroyed: when, and by whom. Whom it was about nobody can say any more.</summary>
/// <param name="By">The actor as the log stamped it: <c>user:{subject id}</c>.</param>
public sealed record ForgottenPerson(Guid SubjectId, DateTimeOffset At, string By)
{
    public static readonly View<ForgottenPerson> View = new(
        "forgotten-person", 1, fact => (fact as SubjectEvent.KeyDestroyed)?.SubjectId,
        (row, fact, recorded) => fact is SubjectEvent.KeyDestroyed f ? new(f.SubjectId, recorded.RecordedAt, recorded.Origin.Actor) : row,
        _ => null, row => ViewOrder.NewestFirst(row.At));
}
