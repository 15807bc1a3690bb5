using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Mvc;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Compliance.Web.Shell;

/// <summary>Sign-in at the API by OpenID Connect: authorization code with PKCE, tokens kept on the server.</summary>
public static class SignIn
{
    const string Cookie = CookieAuthenticationDefaults.AuthenticationScheme;
    const string Oidc = OpenIdConnectDefaults.AuthenticationScheme;

    public static void AddSignIn(this WebApplicationBuilder builder, ApiAddress api)
    {
        var settings = builder.Configuration;
        builder.Services.AddSingleton<Sessions>();
        builder.Services.AddAuthorization().AddCascadingAuthenticationState();
        builder.Services.AddOptions<CookieAuthenticationOptions>(Cookie).Configure<Sessions>((cookie, sessions) => cookie.SessionStore = sessions);
        builder.Services.AddAuthentication(options => (options.DefaultScheme, options.DefaultChallengeScheme) = (Cookie, Oidc))
            .AddCookie(Cookie, cookie =>
            {
                cookie.Cookie.Name = "portal";
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
                cookie.AccessDeniedPath = "/not-yours";
            })
            .AddOpenIdConnect(Oidc, oidc =>
            {
                oidc.Authority = api.Inside.AbsoluteUri;
                oidc.RequireHttpsMetadata = api.Inside.Scheme == Uri.UriSchemeHttps;
                oidc.ClientId = settings["Api:ClientId"] ?? "portal";
                oidc.ClientSecret = settings["Api:ClientSecret"];
                oidc.ResponseType = OpenIdConnectResponseType.Code;
                // A query comes back by GET, so the cookies that guard the way may be Lax and work without TLS on a local machine.
                oidc.ResponseMode = OpenIdConnectResponseMode.Query;
                oidc.NonceCookie.SameSite = oidc.CorrelationCookie.SameSite = SameSiteMode.Lax;
                oidc.NonceCookie.SecurePolicy = oidc.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                oidc.UsePkce = true;
                oidc.SaveTokens = true;
                oidc.MapInboundClaims = false;
                (oidc.TokenValidationParameters.NameClaimType, oidc.TokenValidationParameters.RoleClaimType) = ("name", "role");
                oidc.Scope.Clear();
                foreach (var scope in (string[])["openid", "profile", "roles", "offline_access", "api"]) oidc.Scope.Add(scope);
                oidc.Events.OnRedirectToIdentityProvider = oidc.Events.OnRedirectToIdentityProviderForSignOut = context =>
                {
                    context.ProtocolMessage.IssuerAddress = api.ForBrowser(context.ProtocolMessage.IssuerAddress);
                    context.ProtocolMessage.UiLocales = Languages.Current;
                    return Task.CompletedTask;
                };
                oidc.Events.OnRemoteFailure = context =>
                {
                    context.Response.Redirect("/?sign-in=failed");
                    context.HandleResponse();
                    return Task.CompletedTask;
                };
            });
    }

    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet("/sign-in", (string? back) =>
            Results.Challenge(new() { RedirectUri = Languages.Local(back) }, [Oidc]));
        app.MapPost("/sign-out", ([FromForm] string? back) =>
            Results.SignOut(new() { RedirectUri = Languages.Local(back) }, [Cookie, Oidc]));
    }
}
