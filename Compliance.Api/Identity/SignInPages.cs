using Compliance.Api.Identity.Pages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Compliance.Api.Identity;

/// <summary>Signing in: name and password, then the one-time code; or a passkey, which is both.</summary>
internal sealed class SignInPages(
    SignInManager<Account> signIn, ExternalLogins external, IssuerAddress address, IConfiguration configuration, TimeProvider clock,
    ILogger<SignInPages> log)
{
    // A form's constructor parameters must be there; its properties may be missing.
    public abstract record SignInForm { public string? ReturnUrl { get; init; } }
    public sealed record Credentials(string UserName, string Password) : SignInForm;
    public sealed record OneTimeCode(string Code) : SignInForm;
    public sealed record PasskeyAnswer(string Credential) : SignInForm;

    public async Task<RazorComponentResult> Show(string? returnUrl, string? fault = null, string? userName = null) =>
        new RazorComponentResult<SignInPage>(new
        {
            Fault = fault, UserName = userName, ReturnUrl = returnUrl,
            WithPasskeys = address.HasName, Providers = await external.All(),
            Demo = DemoAccounts.AreOn(configuration) ? DemoAccounts.All : [],
        });

    public async Task<IResult> Submit(Credentials form) =>
        await signIn.PasswordSignInAsync(form.UserName, form.Password, isPersistent: false, lockoutOnFailure: true) switch
        {
            { Succeeded: true } => Results.LocalRedirect(Links.Local(form.ReturnUrl)),
            { RequiresTwoFactor: true } => Results.LocalRedirect(Links.To(Links.Code, form.ReturnUrl)),
            // Locked, unknown and mistyped look the same: a stranger learns of no account.
            _ => await Show(form.ReturnUrl, "SignInWrong", form.UserName),
        };

    public async Task<IResult> ShowCode(string? returnUrl, string? fault = null) =>
        await signIn.GetTwoFactorAuthenticationUserAsync() is { } account
            ? new RazorComponentResult<CodePage>(new { Fault = fault, ReturnUrl = returnUrl, DemoCode = DemoCode(account) })
            : Results.LocalRedirect(Links.To(Links.SignIn, returnUrl));

    /// <summary>Six digits are the authenticator's; anything else is taken for a recovery code.</summary>
    public async Task<IResult> SubmitCode(OneTimeCode form)
    {
        var code = form.Code.Replace(" ", "", StringComparison.Ordinal);
        var result = code.Length == 6 && code.All(char.IsAsciiDigit)
            ? await signIn.TwoFactorAuthenticatorSignInAsync(code, isPersistent: false, rememberClient: false)
            : await signIn.TwoFactorRecoveryCodeSignInAsync(code);
        return result switch
        {
            { Succeeded: true } => Results.LocalRedirect(Links.Local(form.ReturnUrl)),
            { IsLockedOut: true } => await Show(form.ReturnUrl, "SignInWrong"),
            _ => await ShowCode(form.ReturnUrl, "CodeWrong"),
        };
    }

    /// <summary>What the browser hands to an authenticator (WebAuthn): no account is named, the passkey says whose it is.</summary>
    public async Task<IResult> PasskeyOptions() =>
        Results.Text(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    /// <summary>Possession and, because the options demand it, verification of the person: both factors at once.</summary>
    public async Task<IResult> SubmitPasskey(PasskeyAnswer form)
    {
        if (form.Credential.Length == 0) return await Show(form.ReturnUrl, "PasskeyFailed");
        var answer = await signIn.PerformPasskeyAssertionAsync(form.Credential);
        if (!answer.Succeeded || !answer.Passkey.IsUserVerified || await signIn.UserManager.IsLockedOutAsync(answer.User))
        {
            log.PasskeyRefused(answer.Failure?.Message);
            return await Show(form.ReturnUrl, "PasskeyFailed");
        }

        (await signIn.UserManager.AddOrUpdatePasskeyAsync(answer.User, answer.Passkey)).OrThrow();
        await signIn.SignInWithClaimsAsync(answer.User, isPersistent: false, [new(Claims.AuthenticationMethodReference, Tickets.Mfa)]);
        return Results.LocalRedirect(Links.Local(form.ReturnUrl));
    }

    string? DemoCode(Account account) =>
        DemoAccounts.AreOn(configuration) && DemoAccounts.All.FirstOrDefault(d => d.UserName == account.UserName) is { } demo
            ? Totp.Code(demo.AuthenticatorKey, clock.GetUtcNow()) : null;
}
