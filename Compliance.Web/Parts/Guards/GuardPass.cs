namespace Compliance.Web.Parts.Guards;

/// <summary>What a guard's telephone keeps of his check-in for one shift: with it he calls for help without saying number and PIN again. The API knows it by its own signature.</summary>
public sealed record GuardPass(Guid Guard, Guid Handset, string Pass)
{
    const string Name = "guard-pass", Mark = "handset";

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
        http?.Request.Cookies[Name]?.Split('.') is [var at, var guard, var pass] && at == $"{venue:N}" && Guid.TryParse(guard, out var id) && Guid.TryParse(http.Request.Cookies[Mark], out var mark) ? new(id, mark, pass) : null;

    /// <summary>Null: who left keeps nothing.</summary>
    public static void Keep(HttpContext? http, Guid venue, Guid guard, string? pass)
    {
        if (pass is null) http?.Response.Cookies.Delete(Name, new() { Path = "/guard" });
        else http?.Response.Cookies.Append(Name, $"{venue:N}.{guard:N}.{pass}", Cookie(http));
    }

    static CookieOptions Cookie(HttpContext http) => new() { Path = "/guard", HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = Kept };
}
