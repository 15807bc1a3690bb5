using System.Globalization;
using Compliance.Domain.Venues;
using Microsoft.AspNetCore.Localization;

namespace Compliance.Web.Shell;

/// <summary>Kazakh, Russian and English; a cookie remembers which, a theme likewise. Both are chosen by a plain link, without script.</summary>
public static class Languages
{
    public const string ThemeCookie = "theme";

    /// <summary>Kazakh is the master: what has no other language is shown in it.</summary>
    public static readonly IReadOnlyList<(string Code, string Short, string Name)> All =
        [("kk", "Қаз", "Қазақша"), ("ru", "Рус", "Русский"), ("en", "Eng", "English")];

    public static string Current => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>The language of what a person signs here and now.</summary>
    public static TextLanguage OfTexts => Current switch { "ru" => TextLanguage.Russian, "en" => TextLanguage.English, _ => TextLanguage.Kazakh };

    /// <summary>As a page names it to a browser; null where nobody knows.</summary>
    public static string? Code(this TextLanguage? language) => language switch
    {
        TextLanguage.Kazakh => "kk", TextLanguage.Russian => "ru", TextLanguage.English => "en", _ => null,
    };

    public static void Configure(RequestLocalizationOptions options)
    {
        string[] codes = [.. All.Select(language => language.Code)];
        options.SetDefaultCulture(codes[0]).AddSupportedCultures(codes).AddSupportedUICultures(codes);
        options.RequestCultureProviders = [new CookieRequestCultureProvider(), new AcceptLanguageHeaderRequestCultureProvider()];
    }

    public static void MapChoices(this WebApplication app)
    {
        app.MapGet("/language/{code}", (string code, string? back, HttpContext http) =>
        {
            if (All.Any(language => language.Code == code)) Remember(http, CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new(code)));
            return Results.LocalRedirect(Local(back));
        });
        app.MapGet("/theme/{choice:regex(^(light|dark)$)}", (string choice, string? back, HttpContext http) =>
        {
            Remember(http, ThemeCookie, choice);
            return Results.LocalRedirect(Local(back));
        });
    }

    /// <summary>A way back that stays in this portal, written as a header may carry it.</summary>
    public static string Local(string? back) => back is ['/', not ('/' or '\\'), ..] && !back.Any(char.IsControl)
        ? string.Concat(back.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString()))) : "/";

    /// <summary>What the reader chose, else what the device prefers (a script in the page's head says so), else light.</summary>
    public static bool WantsDark(HttpContext http) => (http.Request.Cookies[ThemeCookie], http.Request.Cookies["scheme"]) switch
    {
        ("dark", _) => true,
        ("light", _) => false,
        (_, var scheme) => scheme == "dark" || http.User.IsInRole(Roles.Operator) || http.User.IsInRole(Roles.Supervisor),
    };

    static void Remember(HttpContext http, string name, string value) => http.Response.Cookies.Append(
        name, value, new() { MaxAge = TimeSpan.FromDays(365), IsEssential = true, SameSite = SameSiteMode.Lax, HttpOnly = true });
}
