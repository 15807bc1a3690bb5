namespace Compliance.Api.Identity;

/// <summary>Where the sign-in pages stand.</summary>
internal static class Links
{
    public const string
        SignIn = "/sign-in", Code = "/sign-in/code", Passkey = "/sign-in/passkey", External = "/sign-in/external",
        Authenticator = "/authenticator", Account = "/account", Passkeys = "/account/passkeys", PasskeyRemoved = "/account/passkeys/removed", Logins = "/account/logins",
        Accounts = "/accounts", InvitedAgain = "/accounts/invited-again", Renamed = "/accounts/renamed", Turned = "/accounts/turned", RolesSet = "/accounts/roles", Welcome = "/welcome", SignOut = "/sign-out", SignedOut = "/signed-out",
        Language = "/language", Theme = "/theme", Assets = "/sign-in-assets";

    public static string To(string page, string? returnUrl) =>
        string.IsNullOrEmpty(returnUrl) ? page : page + QueryString.Create("returnUrl", returnUrl);

    /// <summary>Only a place on this host, as a header may carry it: an address elsewhere would make the sign-in page a lure.</summary>
    public static string Local(string? returnUrl) => returnUrl is ['/', not ('/' or '\\'), ..] && !returnUrl.Any(char.IsControl)
        ? string.Concat(returnUrl.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString()))) : Account;
}
