using System.Buffers.Text;
using Compliance.Api.Identity.Pages;
using Compliance.Api.Subjects;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Compliance.Api.Identity;

/// <summary>How I sign in: my authenticator, passkeys and outside logins.</summary>
internal sealed class AccountPages(SignInManager<Account> signIn, ExternalLogins external, Persons persons, IssuerAddress address, ILogger<AccountPages> log)
{
    public sealed record NewPasskey(string Credential);
    public sealed record PasskeyId(string Id);

    readonly UserManager<Account> _accounts = signIn.UserManager;

    public async Task<IResult> Show(HttpContext http, string? fault = null)
    {
        if (await _accounts.GetUserAsync(http.User) is not { } account) return Results.LocalRedirect(Links.SignIn);
        return new RazorComponentResult<AccountPage>(new
        {
            Fault = fault, Account = account, PortalUrl = address.Portal, WithPasskeys = address.HasName,
            Passkeys = await _accounts.GetPasskeysAsync(account), Logins = await _accounts.GetLoginsAsync(account), Providers = await external.All(),
        });
    }

    public async Task<IResult> PasskeyOptions(HttpContext http)
    {
        if (await _accounts.GetUserAsync(http.User) is not { } account) return Results.Unauthorized();
        var name = account.UserName!;
        return Results.Text(await signIn.MakePasskeyCreationOptionsAsync(new()
        {
            Id = account.Id.ToString(), Name = name, DisplayName = persons.Find(account.Id)?.Name ?? name,
        }), "application/json");
    }

    public async Task<IResult> AddPasskey(HttpContext http, NewPasskey form)
    {
        if (form.Credential.Length == 0) return await Show(http, "PasskeyFailed");
        var answer = await signIn.PerformPasskeyAttestationAsync(form.Credential);
        if (await _accounts.GetUserAsync(http.User) is not { } account || !answer.Succeeded || answer.UserEntity.Id != account.Id.ToString())
        {
            log.PasskeyRefused(answer.Failure?.Message);
            return await Show(http, "PasskeyFailed");
        }

        (await _accounts.AddOrUpdatePasskeyAsync(account, answer.Passkey)).OrThrow();
        return Results.LocalRedirect(Links.Account);
    }

    public async Task<IResult> RemovePasskey(HttpContext http, PasskeyId form)
    {
        if (await _accounts.GetUserAsync(http.User) is { } account && Base64Url.IsValid(form.Id))
            (await _accounts.RemovePasskeyAsync(account, Base64Url.DecodeFromChars(form.Id))).OrThrow();
        return Results.LocalRedirect(Links.Account);
    }

    public async Task<IResult> SignOut()
    {
        await signIn.SignOutAsync();
        return Results.LocalRedirect(Links.SignedOut);
    }
}
