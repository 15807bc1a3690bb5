using Compliance.Api.Identity;
using Compliance.Domain.Kernel;
using Microsoft.AspNetCore.Identity;

namespace Compliance.Api.Subjects;

/// <summary>
/// Forgetting a person (<c>POST /subjects/{subjectId}/key-destroyed</c>): the sign-in goes, the key over name and contact is
/// destroyed, and the log keeps that it was.
/// </summary>
internal sealed class ForgetPerson(UserManager<Account> accounts, Persons persons)
{
    public async Task<Executed> Handle(Guid subjectId, Origin origin, CancellationToken ct)
    {
        if (await accounts.FindByIdAsync(subjectId.ToString()) is { } account) (await accounts.DeleteAsync(account)).OrThrow();
        return await persons.Forget(subjectId, origin, ct);
    }
}
