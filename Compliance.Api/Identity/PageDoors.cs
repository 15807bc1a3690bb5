using Compliance.Api.Identity.Connect;
using Compliance.Api.Identity.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.FileProviders;
using OpenIddict.Server.AspNetCore;

namespace Compliance.Api.Identity;

/// <summary>The doors of the issuer: its pages for people and its endpoints for clients.</summary>
internal static class PageDoors
{
    static readonly string[] Form = [HttpMethods.Get, HttpMethods.Post];

    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").ExcludeFromDescription().AddEndpointFilter(PageHeaders.Set).WithMetadata(new ForPeople());
        pages.MapGet(Links.SignIn, ([FromServices] SignInPages p, string? returnUrl) => p.Show(returnUrl));
        pages.MapPost(Links.SignIn, ([FromServices] SignInPages p, [FromForm] SignInPages.Credentials form) => p.Submit(form));
        pages.MapGet(Links.Code, ([FromServices] SignInPages p, string? returnUrl) => p.ShowCode(returnUrl));
        pages.MapPost(Links.Code, ([FromServices] SignInPages p, [FromForm] SignInPages.OneTimeCode form) => p.SubmitCode(form));
        pages.MapPost(Links.Passkey + "/options", ([FromServices] SignInPages p, IFormCollection _) => p.PasskeyOptions());
        pages.MapPost(Links.Passkey, ([FromServices] SignInPages p, [FromForm] SignInPages.PasskeyAnswer form) => p.SubmitPasskey(form));
        pages.MapGet(Links.External + "/{provider}", ([FromServices] ExternalLogins e, string provider, string? returnUrl) => e.Begin(provider, returnUrl));
        pages.MapGet(Links.External, ([FromServices] ExternalLogins e, [FromServices] SignInPages p, HttpContext http, string? returnUrl) => e.Finish(http, returnUrl, p));
        pages.MapGet(Links.Welcome, Invitations.Welcome);
        pages.MapPost(Links.Welcome, ([FromServices] Invitations i, [FromForm] Invitations.Choice form) => i.Choose(form));
        pages.MapGet(Links.SignedOut, (IssuerAddress address) => new RazorComponentResult<MessagePage>(new { Say = "SignedOut", PortalUrl = address.Portal }));
        pages.MapGet(Links.Language + "/{code}", (HttpContext http, string code, string? returnUrl) =>
        {
            Language.Remember(http, code);
            return Results.LocalRedirect(Links.Local(returnUrl));
        });

        pages.MapGet(Links.Theme + "/{choice:regex(^(light|dark)$)}", (HttpContext http, string choice, string? returnUrl) =>
        {
            Theme.Remember(http, choice);
            return Results.LocalRedirect(Links.Local(returnUrl));
        });

        var mine = pages.MapGroup("").RequireAuthorization(p => p.AddAuthenticationSchemes(IdentityConstants.ApplicationScheme).RequireAuthenticatedUser());
        mine.MapGet(Links.Account, ([FromServices] AccountPages p, HttpContext http) => p.Show(http));
        mine.MapPost(Links.Passkeys + "/options", ([FromServices] AccountPages p, HttpContext http, IFormCollection _) => p.PasskeyOptions(http));
        mine.MapPost(Links.Passkeys, ([FromServices] AccountPages p, HttpContext http, [FromForm] AccountPages.NewPasskey form) => p.AddPasskey(http, form));
        mine.MapPost(Links.PasskeyRemoved, ([FromServices] AccountPages p, HttpContext http, [FromForm] AccountPages.PasskeyId form) => p.RemovePasskey(http, form));
        mine.MapPost(Links.Logins + "/{provider}", ([FromServices] ExternalLogins e, HttpContext http, string provider, IFormCollection _) => e.Connect(http, provider));
        mine.MapGet(Links.Logins, ([FromServices] ExternalLogins e, [FromServices] AccountPages p, HttpContext http) => e.Connected(http, p));
        mine.MapPost(Links.SignOut, ([FromServices] AccountPages p, IFormCollection _) => p.SignOut());
        mine.MapGet(Links.Authenticator, ([FromServices] SecondFactorPages p, HttpContext http, string? returnUrl) => p.Show(http, returnUrl));
        mine.MapPost(Links.Authenticator, ([FromServices] SecondFactorPages p, HttpContext http, [FromForm] SignInPages.OneTimeCode form) => p.Submit(http, form));

        var administration = mine.MapGroup("").RequireAuthorization(p => p.RequireRole(Role.Administrator));
        administration.MapGet(Links.Accounts, ([FromServices] Invitations i) => i.Show());
        administration.MapPost(Links.Accounts, ([FromServices] Invitations i, HttpContext http, [FromForm] Invitations.Invitee form, CancellationToken ct) => i.Invite(http, form, ct));
        administration.MapPost(Links.Renamed, ([FromServices] Invitations i, HttpContext http, [FromForm] Invitations.NewName form, CancellationToken ct) => i.Rename(http, form, ct));
        administration.MapPost(Links.Turned, ([FromServices] Standings s, HttpContext http, [FromForm] Standings.Turned form, CancellationToken ct) => s.Turn(http, form, ct));
        administration.MapPost(Links.RolesSet, ([FromServices] Standings s, HttpContext http, IFormCollection form, CancellationToken ct) => s.SetRoles(http, form, ct));
        administration.MapPost(Links.InvitedAgain, ([FromServices] Invitations i, [FromForm] Invitations.Reminder form) => i.InviteAgain(form));

        var connect = app.MapGroup("/connect").ExcludeFromDescription().DisableAntiforgery();
        connect.MapMethods("/authorize", Form, Authorize.Handle).WithMetadata(new ForPeople());
        connect.MapPost("/token", Token.Handle);
        connect.MapMethods("/end-session", Form, EndSession.Handle);
    }

    /// <summary>Style and script of the pages travel inside the assembly.</summary>
    public static void UseAssets(WebApplication app) => app.UseStaticFiles(new StaticFileOptions
    {
        RequestPath = Links.Assets,
        FileProvider = new EmbeddedFileProvider(typeof(PageDoors).Assembly, "Compliance.Api.Identity.Assets"),
    });
}
