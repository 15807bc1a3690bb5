using Compliance.Api.Identity.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Compliance.Api.Identity;

/// <summary>Setting up an authenticator app: scan, prove it with a code, keep the recovery codes.</summary>
internal sealed class SecondFactorPages(SignInManager<Account> signIn)
{
    const int RecoveryCodes = 8;

    readonly UserManager<Account> _accounts = signIn.UserManager;

    public async Task<IResult> Show(HttpContext http, string? returnUrl, string? fault = null)
    {
        if (await _accounts.GetUserAsync(http.User) is not { TwoFactorEnabled: false } account) return Results.LocalRedirect(Links.Account);
        var key = await _accounts.GetAuthenticatorKeyAsync(account) ?? await NewKey(account);
        return new RazorComponentResult<AuthenticatorPage>(new
        {
            Fault = fault, ReturnUrl = returnUrl,
            Key = string.Join(' ', key.Chunk(4).Select(four => new string(four))),
            Picture = QrCode.Of(OtpAuth(account.UserName!, key)),
        });
    }

    public async Task<IResult> Submit(HttpContext http, SignInPages.OneTimeCode form)
    {
        if (await _accounts.GetUserAsync(http.User) is not { TwoFactorEnabled: false } account) return Results.LocalRedirect(Links.Account);
        var code = form.Code.Replace(" ", "", StringComparison.Ordinal);
        if (!await _accounts.VerifyTwoFactorTokenAsync(account, _accounts.Options.Tokens.AuthenticatorTokenProvider, code))
            return await Show(http, form.ReturnUrl, "CodeWrong");

        (await _accounts.SetTwoFactorEnabledAsync(account, true)).OrThrow();
        var codes = await _accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes);
        await signIn.SignInWithClaimsAsync(account, isPersistent: false, [new(Claims.AuthenticationMethodReference, Tickets.Mfa)]);
        return new RazorComponentResult<RecoveryCodesPage>(new { Codes = codes!.ToArray(), Next = Links.Local(form.ReturnUrl) });
    }

    async Task<string> NewKey(Account account)
    {
        (await _accounts.ResetAuthenticatorKeyAsync(account)).OrThrow();
        await signIn.RefreshSignInAsync(account);
        return (await _accounts.GetAuthenticatorKeyAsync(account))!;
    }

    /// <summary>The key URI that authenticator apps read.</summary>
    static string OtpAuth(string userName, string key) =>
        $"otpauth://totp/Compliance:{Uri.EscapeDataString(userName)}?secret={key}&issuer=Compliance&digits=6&period=30";
}
