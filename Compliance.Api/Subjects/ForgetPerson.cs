using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Kernel;
using Compliance.Domain.Subjects;
using Microsoft.AspNetCore.Identity;

namespace Compliance.Api.Subjects;

/// <summary>
/// Forgetting a person (<c>POST /subjects/{subjectId}/key-destroyed</c>): the sign-in goes and with it every token, the key over name and contact is
/// destroyed, and the log keeps that it was.
/// </summary>
internal sealed class ForgetPerson(UserManager<Account> accounts, Persons persons, IEventLog log, Bearers bearers)
{
    public async Task<Executed> Handle(Guid subjectId, Origin origin, CancellationToken ct)
    {
        // Asked first: nobody loses a sign-in to a request that is refused.
        var (state, revision, position) = await log.Load(SubjectKey.Decider, new("subject", subjectId), ct);
        if (SubjectKey.Decider.Decide(state, new SubjectCommand.DestroyKey()).Refusal is { } refusal) return new(refusal, false, revision, position);
        if (await accounts.FindByIdAsync(subjectId.ToString()) is { } account) (await accounts.DeleteAsync(account)).OrThrow();
        var done = await persons.Forget(subjectId, origin, ct);
        if (done.Refusal is null) bearers.SendAway(subjectId);
        return done;
    }
}
