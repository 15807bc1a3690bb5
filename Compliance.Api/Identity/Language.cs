using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace Compliance.Api.Identity;

/// <summary>Kazakh, Russian or English: as chosen on the page or in the portal, else as the browser says, else Kazakh.</summary>
internal static class Language
{
    public static readonly string[] All = ["kk", "ru", "en"];

    public static RequestLocalizationOptions Options { get; } = new RequestLocalizationOptions { ApplyCurrentCultureToResponseHeaders = true }
        .SetDefaultCulture("kk").AddSupportedCultures(All).AddSupportedUICultures(All);

    public static string Current => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>Keeps the first language of a list (<c>ui_locales</c>) that we speak.</summary>
    public static void Remember(HttpContext http, string languages)
    {
        if (languages.Split(' ').Select(l => l.Split('-')[0]).FirstOrDefault(All.Contains) is { } language)
            http.Response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new(language)),
                new() { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps });
    }
}

/// <summary>Marks a door that answers with sentences for people, in their language; all others are for machines.</summary>
internal sealed class ForPeople;
