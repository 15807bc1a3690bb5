using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Compliance.Api.Identity.Connect;

/// <summary><c>/connect/token</c>: a code, a refresh token, a probe's own secret or (in the demo) the name of a demo account, for tokens.</summary>
internal static class Token
{
    public static async Task<IResult> Handle(HttpContext http, UserManager<Account> accounts, Tickets tickets)
    {
        var request = http.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("Not an OpenID Connect request.");
        var ticket = request switch
        {
            _ when request.IsClientCredentialsGrantType() => Tickets.ForMachine(request.ClientId!),
            _ when request.GrantType == DemoAccounts.Grant => await ForDemoAccount(request, accounts, tickets),
            _ => await Again(http, accounts, tickets),
        };
        return ticket is null
            ? Refused.With(Errors.InvalidGrant, "The account may not sign in any more, or not without a second factor.")
            : Results.SignIn(ticket, null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    /// <summary>Behind a code or a refresh token stands an account that may have changed since: it is asked again each time.</summary>
    static async Task<ClaimsPrincipal?> Again(HttpContext http, UserManager<Account> accounts, Tickets tickets)
    {
        var before = (await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal!;
        var account = await accounts.FindByIdAsync(before.GetClaim(Claims.Subject)!);
        return account is null || account.SecurityStamp != before.GetClaim(Tickets.Stamp) ? null
            : await tickets.For(account, before.GetScopes(), before.HasClaim(Claims.AuthenticationMethodReference, Tickets.Mfa));
    }

    static async Task<ClaimsPrincipal?> ForDemoAccount(OpenIddictRequest request, UserManager<Account> accounts, Tickets tickets) =>
        (string?)request["account"] is { } name && DemoAccounts.IsDemo(name) && await accounts.FindByNameAsync(name) is { } account
            ? await tickets.For(account, [Tickets.Api], secondFactor: true) : null;
}
