using Microsoft.AspNetCore.Identity;
using OpenIddict.Server.AspNetCore;

namespace Compliance.Api.Identity.Connect;

/// <summary><c>/connect/end-session</c>: signs out here, then sends back to the portal, or to a page that says so.</summary>
internal static class EndSession
{
    public static async Task<IResult> Handle(SignInManager<Account> signIn)
    {
        await signIn.SignOutAsync();
        return Results.SignOut(new() { RedirectUri = Links.SignedOut }, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }
}
