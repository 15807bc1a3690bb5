using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Compliance.Api.Identity;

/// <summary>
/// Outside OpenID Connect providers, by configuration (<c>Identity:External:{name}:Authority, ClientId, ClientSecret, DisplayName</c>).
/// An outside login opens the one account it was connected to by its signed-in owner; nobody is matched by mail address.
/// A second factor is asked for here all the same.
/// </summary>
internal sealed class ExternalLogins(SignInManager<Account> signIn)
{
    public static void AddTo(AuthenticationBuilder authentication, IConfiguration configuration)
    {
        foreach (var provider in configuration.GetSection("Identity:External").GetChildren())
            authentication.AddOpenIdConnect(provider.Key, provider["DisplayName"] ?? provider.Key, o =>
            {
                o.SignInScheme = IdentityConstants.ExternalScheme;
                o.Authority = provider["Authority"];
                o.ClientId = provider["ClientId"];
                o.ClientSecret = provider["ClientSecret"];
                o.CallbackPath = $"{Links.External}/{provider.Key}/callback";
                o.ResponseType = OpenIdConnectResponseType.Code;
                o.ResponseMode = OpenIdConnectResponseMode.Query;
                o.RequireHttpsMetadata = !new Uri(provider["Authority"] ?? "").IsLoopback;
                o.MapInboundClaims = true; // sub becomes the name identifier that Identity looks for
                o.CorrelationCookie.SameSite = o.NonceCookie.SameSite = SameSiteMode.Lax;
                o.CorrelationCookie.SecurePolicy = o.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            });
    }

    public async Task<IReadOnlyList<AuthenticationScheme>> All() => [.. await signIn.GetExternalAuthenticationSchemesAsync()];

    /// <summary>Who is signed in here wants to connect the login; anybody else wants to sign in with it.</summary>
    public async Task<IResult> Begin(HttpContext http, string provider, string? returnUrl)
    {
        if (!(await All()).Any(p => p.Name == provider)) return Results.NotFound();
        var asked = signIn.ConfigureExternalAuthenticationProperties(provider, Links.To(Links.External, returnUrl), (await SignedIn(http))?.Id.ToString());
        return Results.Challenge(asked, [provider]);
    }

    public async Task<IResult> Finish(HttpContext http, string? returnUrl, SignInPages pages)
    {
        // The round trip comes back to the person who began it, or an account would get a stranger's login.
        var account = await SignedIn(http);
        var login = await signIn.GetExternalLoginInfoAsync(account?.Id.ToString());
        await http.SignOutAsync(IdentityConstants.ExternalScheme);
        if (login is null) return Results.LocalRedirect(Links.To(Links.SignIn, returnUrl));
        if (account is not null)
        {
            await signIn.UserManager.AddLoginAsync(account, login);
            await signIn.RefreshSignInAsync(account);
            return Results.LocalRedirect(Links.Local(returnUrl));
        }

        return await signIn.ExternalLoginSignInAsync(login.LoginProvider, login.ProviderKey, isPersistent: false, bypassTwoFactor: false) switch
        {
            { Succeeded: true } => Results.LocalRedirect(Links.Local(returnUrl)),
            { RequiresTwoFactor: true } => Results.LocalRedirect(Links.To(Links.Code, returnUrl)),
            _ => await pages.Show(returnUrl, "ProviderUnknown"),
        };
    }

    async Task<Account?> SignedIn(HttpContext http) =>
        await http.AuthenticateAsync(IdentityConstants.ApplicationScheme) is { Succeeded: true } here ? await signIn.UserManager.GetUserAsync(here.Principal) : null;
}
