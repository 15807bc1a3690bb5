namespace Compliance.Web.Parts.Guards;

/// <summary>What a guard's telephone keeps of his check-in for one shift: with it he calls for help without saying number and PIN again. The API knows it by its own signature.</summary>
public sealed record GuardPass(Guid Guard, Guid Handset, string Pass)
{
    const string Mark = "handset";

    static readonly TimeSpan Kept = TimeSpan.FromHours(16);

    /// <summary>The mark of this telephone for one night: made by chance, thrown away in the morning, sent to these pages only.</summary>
    public static Guid MarkOf(HttpContext? http)
    {
        if (Guid.TryParse(http?.Request.Cookies[Mark], out var known)) return known;
        var mark = Guid.NewGuid();
        http?.Response.Cookies.Append(Mark, mark.ToString(), Cookie(http));
        return mark;
    }

    /// <summary>Null where nobody came on duty at that venue with this telephone.</summary>
    public static GuardPass? Of(HttpContext? http, Guid venue) =>
        http?.Request.Cookies[NameOf(venue)]?.Split('.') is [var guard, var pass] && Guid.TryParse(guard, out var id) && Guid.TryParse(http.Request.Cookies[Mark], out var mark) ? new(id, mark, pass) : null;

    /// <summary>From a check-in on both last a shift, however long before the telephone was marked: one without the other lets nobody call.</summary>
    /// <param name="handset">The mark with which he checked in.</param>
    /// <param name="pass">Null: who left that venue keeps nothing of it.</param>
    public static void Keep(HttpContext? http, Guid venue, Guid guard, Guid handset, string? pass)
    {
        if (http is null) return;
        if (pass is null)
        {
            http.Response.Cookies.Delete(NameOf(venue), new() { Path = "/guard" });
            return;
        }

        http.Response.Cookies.Append(NameOf(venue), $"{guard:N}.{pass}", Cookie(http));
        http.Response.Cookies.Append(Mark, handset.ToString(), Cookie(http));
    }

    /// <summary>One a venue: who leaves one may be on duty at another.</summary>
    static string NameOf(Guid venue) => $"guard-pass-{venue:N}";

    static CookieOptions Cookie(HttpContext http) => new() { Path = "/guard", HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = Kept };
}
