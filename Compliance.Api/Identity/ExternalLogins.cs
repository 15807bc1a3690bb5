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

    public async Task<IResult> Begin(string provider, string? returnUrl) =>
        (await All()).Any(p => p.Name == provider)
            ? Results.Challenge(signIn.ConfigureExternalAuthenticationProperties(provider, Links.To(Links.External, returnUrl)), [provider])
            : Results.NotFound();

    public async Task<IResult> Finish(HttpContext http, string? returnUrl, SignInPages pages)
    {
        if (await signIn.GetExternalLoginInfoAsync() is not { } login) return Results.LocalRedirect(Links.To(Links.SignIn, returnUrl));
        await http.SignOutAsync(IdentityConstants.ExternalScheme);
        var here = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        if (here.Succeeded && await signIn.UserManager.GetUserAsync(here.Principal) is { } account)
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
}
