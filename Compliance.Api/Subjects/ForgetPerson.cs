using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Kernel;
using Microsoft.AspNetCore.Identity;

namespace Compliance.Api.Subjects;

/// <summary>
/// Forgetting a person (<c>POST /subjects/{subjectId}/key-destroyed</c>): the sign-in goes and with it every token, the key over name and contact is
/// destroyed, and the log keeps that it was.
/// </summary>
internal sealed class ForgetPerson(UserManager<Account> accounts, Persons persons, Standing standing)
{
    public async Task<Executed> Handle(Guid subjectId, Origin origin, CancellationToken ct)
    {
        if (await accounts.FindByIdAsync(subjectId.ToString()) is { } account) (await accounts.DeleteAsync(account)).OrThrow();
        var done = await persons.Forget(subjectId, origin, ct);
        if (done.Refusal is null) standing.End(subjectId);
        return done;
    }
}
