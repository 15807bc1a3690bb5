using System.Collections.Immutable;
using System.Security.Claims;
using Compliance.Api.Subjects;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Compliance.Api.Identity;

/// <summary>What the issuer is willing to say of an account or a machine: the claims, and which token each goes into.</summary>
internal sealed class Tickets(UserManager<Account> accounts, Persons persons)
{
    /// <summary>Void tokens when a password or a second factor changes. Stays in codes and refresh tokens, which only the issuer reads.</summary>
    public const string Stamp = "compliance:stamp";

    public const string Api = "api", Mfa = "mfa";

    /// <summary>Null when this account may have no token now: it is locked, or its roles ask for a second factor that was not shown.</summary>
    public async Task<ClaimsPrincipal?> For(Account account, ImmutableArray<string> scopes, bool secondFactor)
    {
        var roles = await accounts.GetRolesAsync(account);
        if (await accounts.IsLockedOutAsync(account) || (Role.NeedsSecondFactor(roles) && !secondFactor)) return null;

        var identity = NewIdentity();
        identity.SetClaim(Claims.Subject, account.Id.ToString())
            .SetClaim(Claims.Name, persons.Find(account.Id)?.Name ?? account.UserName)
            .SetClaims(Claims.Role, [.. roles])
            .SetClaim(Stamp, account.SecurityStamp);
        if (secondFactor) identity.SetClaim(Claims.AuthenticationMethodReference, Mfa);
        return Ticket(identity, scopes);
    }

    public static ClaimsPrincipal ForMachine(string clientId)
    {
        var identity = NewIdentity();
        identity.SetClaim(Claims.Subject, clientId).SetClaim(Claims.Role, MachineClients.RoleOf(clientId));
        return Ticket(identity, [Api]);
    }

    static ClaimsIdentity NewIdentity() => new(TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Claims.Role);

    static ClaimsPrincipal Ticket(ClaimsIdentity identity, ImmutableArray<string> scopes)
    {
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(scopes);
        if (scopes.Contains(Api)) principal.SetResources(Api);
        principal.SetDestinations(claim => claim.Type switch
        {
            Stamp => [],
            Claims.Name => [Destinations.IdentityToken],
            _ => [Destinations.AccessToken, Destinations.IdentityToken],
        });
        return principal;
    }
}
