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

    /// <summary>Where a form may end besides here: connecting is a form, and the browser follows it to the provider.</summary>
    public static IEnumerable<string> Origins(IConfiguration configuration) => configuration.GetSection("Identity:External").GetChildren()
        .Select(provider => new Uri(provider["Authority"] ?? "").GetLeftPart(UriPartial.Authority)).Distinct();

    public Task<IResult> Begin(string provider, string? returnUrl) => Leave(provider, Links.To(Links.External, returnUrl), null);

    public async Task<IResult> Finish(HttpContext http, string? returnUrl, SignInPages pages)
    {
        var login = await signIn.GetExternalLoginInfoAsync();
        await http.SignOutAsync(IdentityConstants.ExternalScheme);
        if (login is null) return Results.LocalRedirect(Links.To(Links.SignIn, returnUrl));
        return await signIn.ExternalLoginSignInAsync(login.LoginProvider, login.ProviderKey, isPersistent: false, bypassTwoFactor: false) switch
        {
            { Succeeded: true } => Results.LocalRedirect(Links.Local(returnUrl)),
            { RequiresTwoFactor: true } => Results.LocalRedirect(Links.To(Links.Code, returnUrl)),
            _ => await pages.Show(returnUrl, "ProviderUnknown"),
        };
    }

    /// <summary>Only a form of ours connects, or a link on a stranger's page would.</summary>
    public Task<IResult> Connect(HttpContext http, string provider) => Leave(provider, Links.Logins, signIn.UserManager.GetUserId(http.User));

    public async Task<IResult> Connected(HttpContext http, AccountPages pages)
    {
        // The round trip comes back to the person who began it, or an account would get a stranger's login.
        var login = await signIn.GetExternalLoginInfoAsync(signIn.UserManager.GetUserId(http.User));
        await http.SignOutAsync(IdentityConstants.ExternalScheme);
        if (login is null || await signIn.UserManager.GetUserAsync(http.User) is not { } account) return Results.LocalRedirect(Links.Account);
        if (!(await signIn.UserManager.AddLoginAsync(account, login)).Succeeded) return await pages.Show(http, "LoginTaken");
        await signIn.RefreshSignInAsync(account);
        return Results.LocalRedirect(Links.Account);
    }

    /// <param name="account">Whose login it is to become; null: anybody's who signs in with it.</param>
    async Task<IResult> Leave(string provider, string back, string? account) => (await All()).Any(p => p.Name == provider)
        ? Results.Challenge(signIn.ConfigureExternalAuthenticationProperties(provider, back, account), [provider]) : Results.NotFound();
}
