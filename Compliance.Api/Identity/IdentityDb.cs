using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Compliance.Api.Identity;

/// <summary>How somebody signs in. Its id is the subject id; the person's name stands in the vault.</summary>
public sealed class Account : IdentityUser<Guid>;

/// <summary>Accounts, passkeys, clients and tokens, in a file of their own.</summary>
internal sealed class IdentityDb(DbContextOptions<IdentityDb> options)
    : IdentityDbContext<Account, IdentityRole<Guid>, Guid>(options);

/// <summary>The store of ASP.NET Core Identity, with authenticator keys and recovery codes sealed at rest.</summary>
internal sealed class AccountStore(IdentityDb db, IDataProtectionProvider protection, IdentityErrorDescriber? describer = null)
    : UserStore<Account, IdentityRole<Guid>, IdentityDb, Guid>(db, describer)
{
    readonly IDataProtector _seal = protection.CreateProtector("account-tokens");

    public override Task SetTokenAsync(Account user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
        base.SetTokenAsync(user, loginProvider, name, value is null ? null : _seal.Protect(value), cancellationToken);

    public override async Task<string?> GetTokenAsync(Account user, string loginProvider, string name, CancellationToken cancellationToken) =>
        await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is { } value ? _seal.Unprotect(value) : null;
}
