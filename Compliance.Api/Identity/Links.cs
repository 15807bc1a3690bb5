namespace Compliance.Api.Identity;

/// <summary>Where the sign-in pages stand.</summary>
internal static class Links
{
    public const string SignIn = "/sign-in", Code = "/sign-in/code", Passkey = "/sign-in/passkey", Authenticator = "/authenticator",
        Account = "/account", SignedOut = "/signed-out", Welcome = "/welcome", Language = "/language", Assets = "/sign-in-assets";

    public static string To(string page, string? returnUrl) =>
        returnUrl is null ? page : page + QueryString.Create("returnUrl", returnUrl);

    /// <summary>Only a place on this host: an address elsewhere would make the sign-in page a lure.</summary>
    public static string Local(string? returnUrl) => returnUrl is ['/', not ('/' or '\\'), ..] or "/" ? returnUrl : Account;
}
