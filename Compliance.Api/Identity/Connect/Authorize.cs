using Compliance.Api.Identity.Pages;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Compliance.Api.Identity.Connect;

/// <summary>
/// <c>/connect/authorize</c>: who is signed in here and has shown what the roles ask for is sent back to the portal with a code;
/// anybody else is shown the way.
/// </summary>
internal static class Authorize
{
    public static async Task<IResult> Handle(HttpContext http, SignInManager<Account> signIn, Tickets tickets, IssuerAddress address)
    {
        if (http.GetOpenIddictServerResponse() is { Error: { } error })
        {
            PageHeaders.Set(http);
            return new RazorComponentResult<MessagePage>(new { Say = "Error", Code = error, PortalUrl = address.Portal });
        }

        var request = http.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("Not an OpenID Connect request.");
        var here = http.Request.PathBase + http.Request.Path + QueryString.Create(
            http.Request.Query.Where(p => p.Key != Parameters.Prompt && p.Key != Parameters.UiLocales));
        if (request.UiLocales is { } languages) Language.Remember(http, languages);

        var cookie = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        var account = cookie.Succeeded ? await signIn.UserManager.GetUserAsync(cookie.Principal) : null;
        if (account is null || request.HasPromptValue(PromptValues.Login))
            return request.HasPromptValue(PromptValues.None)
                ? Refused.With(Errors.LoginRequired, "Nobody is signed in.")
                : Results.Challenge(new() { RedirectUri = here }, [IdentityConstants.ApplicationScheme]);

        if (await tickets.For(account, request.GetScopes(), cookie.Principal!.HasClaim(Claims.AuthenticationMethodReference, Tickets.Mfa)) is { } ticket)
            return Results.SignIn(ticket, null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);

        if (request.HasPromptValue(PromptValues.None)) return Refused.With(Errors.InteractionRequired, "A second factor is missing.");
        if (!account.TwoFactorEnabled) return Results.LocalRedirect(Links.To(Links.Authenticator, here));
        await signIn.SignOutAsync();
        return Results.Challenge(new() { RedirectUri = here }, [IdentityConstants.ApplicationScheme]);
    }
}
