using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Kernel;
using Compliance.Domain.Subjects;
using Microsoft.AspNetCore.Identity;

namespace Compliance.Api.Subjects;

/// <summary>
/// Forgetting a person (<c>POST /subjects/{subjectId}/key-destroyed</c>): the key over name and contact is destroyed, the log keeps
/// that it was, no token passes a door any more, and the sign-in goes.
/// </summary>
internal sealed class ForgetPerson(UserManager<Account> accounts, Persons persons, IEventLog log, Bearers bearers)
{
    public async Task<Executed> Handle(Guid subjectId, Origin origin, CancellationToken ct)
    {
        // Asked first: nobody loses a sign-in to a request that is refused.
        var (state, revision, position) = await log.Load(SubjectKey.Decider, new("subject", subjectId), ct);
        if (SubjectKey.Decider.Decide(state, new SubjectCommand.DestroyKey()).Refusal is { } refusal) return new(refusal, false, revision, position);
        var done = await persons.Forget(subjectId, origin, ct);
        if (done.Refusal is not null) return done;
        bearers.SendAway(new(subjectId, []));
        // Last: while the account is there, whatever broke off is found and done again.
        if (await accounts.FindByIdAsync(subjectId.ToString()) is { } account) (await accounts.DeleteAsync(account)).OrThrow();
        return done;
    }
}
