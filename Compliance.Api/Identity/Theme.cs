namespace Compliance.Api.Identity;

/// <summary>Dark or light as chosen here or in the portal, which keeps it under the same name; else as the device prefers.</summary>
internal static class Theme
{
    public const string Cookie = "theme";

    public static string? Of(HttpContext http) => http.Request.Cookies[Cookie] is ("dark" or "light") and var chosen ? chosen : null;

    public static void Remember(HttpContext http, string choice) => http.Response.Cookies.Append(
        Cookie, choice, new() { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps });
}
