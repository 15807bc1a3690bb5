using Compliance.Domain.Venues;
using Microsoft.AspNetCore.Authorization;

namespace Compliance.Web.Shell;

/// <summary>Hands printed documents through from the API, asked for as the signed-in person. One that cannot be had leads back to its page, which says why.</summary>
public static class Documents
{
    /// <summary>Characters of the mark of one question.</summary>
    const int LongestMark = 40;

    public static void MapDocuments(this WebApplication app)
    {
        app.MapGet("/venues/{venue:guid}/audit.pdf", Audit).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.SeesReport });
        app.MapGet("/venues/{venue:guid}/access-ledger.pdf", AccessLedger).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.SeesCases });
        app.MapGet("/venues/{venue:guid}/reports/{month}.pdf", Month).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.SeesMonthReports });
        app.MapGet("/venues/{venue:guid}/liability-record.pdf", LiabilityRecord).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.SeesCases });
        app.MapGet("/venues/{venue:guid}/certificate.pdf", Certificate).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.ReadsRecord });
        app.MapGet("/venues/{venue:guid}/file.zip", WholeFile).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.SeesReport });
        app.MapGet("/cameras/{camera:guid}/recordings.zip", Recordings).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.SeesReport });
        app.MapGet("/inspections/{inspection:guid}/act.pdf", Act).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.ReadsRecord });
        app.MapGet("/duties/{duty:guid}/prescription.pdf", Prescription).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.ReadsRecord });
        app.MapGet("/venues/{venue:guid}/outages/{outage:guid}.pdf", Outage).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.ReadsRecord });
        app.MapGet("/batches/{batch:guid}.zip", Batch).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.Authority });
        app.MapGet("/transparency.pdf", Transparency).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.Office });
    }

    static Task Audit(Guid venue, DateOnly? from, DateOnly? to, [AsParameters] PaperWish wish, HttpContext http, Access access, ApiClient api, TimeProvider clock)
    {
        var (first, until) = Days(from, to, clock);
        return Pass(http, access, ct => api.Audit(venue, first, until, wish, ct), $"/venues/{venue}?report=");
    }

    static Task AccessLedger(Guid venue, DateOnly? from, DateOnly? to, [AsParameters] PaperWish wish, HttpContext http, Access access, ApiClient api, TimeProvider clock)
    {
        var (first, until) = Days(from, to, clock);
        return Pass(http, access, ct => api.AccessLedger(venue, first, until, wish, ct), $"/venues/{venue}?report=");
    }

    static Task Month(Guid venue, string month, [AsParameters] PaperWish wish, HttpContext http, Access access, ApiClient api) =>
        Pass(http, access, ct => api.MonthReport(venue, month, wish, ct), $"/venues/{venue}?report=");

    static Task LiabilityRecord(Guid venue, [AsParameters] PaperWish wish, HttpContext http, Access access, ApiClient api) =>
        Pass(http, access, ct => api.LiabilityRecord(venue, wish, ct), $"/venues/{venue}?report=");

    static Task Certificate(Guid venue, [AsParameters] PaperWish wish, HttpContext http, Access access, ApiClient api) =>
        Pass(http, access, ct => api.Certificate(venue, wish, ct), $"/venues/{venue}/licence?print=");

    static Task Act(Guid inspection, [AsParameters] PaperWish wish, HttpContext http, Access access, ApiClient api) =>
        Pass(http, access, ct => api.InspectionAct(inspection, wish, ct), $"/inspections/{inspection}?print=");

    static Task Prescription(Guid duty, [AsParameters] PaperWish wish, HttpContext http, Access access, ApiClient api) =>
        Pass(http, access, ct => api.Prescription(duty, wish, ct), $"/duties/{duty}?print=");

    static Task Outage(Guid venue, Guid outage, [AsParameters] PaperWish wish, HttpContext http, Access access, ApiClient api) =>
        Pass(http, access, ct => api.OutageReport(outage, wish, ct), $"/venues/{venue}?report=");

    static Task Transparency(int year, [AsParameters] PaperWish wish, HttpContext http, Access access, ApiClient api) =>
        Pass(http, access, ct => api.TransparencyReport(year, wish, ct), "/statistics?report=");

    static Task WholeFile(Guid venue, [AsParameters] PaperWish wish, HttpContext http, Access access, ApiClient api) =>
        Pass(http, access, ct => api.WholeFile(venue, wish.Said, ct), $"/venues/{venue}?report=");

    static Task Batch(Guid batch, HttpContext http, Access access, ApiClient api) => Pass(http, access, ct => api.BatchFiles(batch, ct), "/batches?take=");

    static (DateOnly First, DateOnly Until) Days(DateOnly? from, DateOnly? to, TimeProvider clock) =>
        (to ?? VenueZone.Day(clock.GetUtcNow())) is var until ? (from ?? until.AddDays(-29), until) : default;

    static Task Recordings(Guid camera, HttpContext http, Access access, ApiClient api) => Pass(http, access, ct => api.RecordingFacts(camera, ct), $"/cameras/{camera}?facts=");

    /// <summary>The file keeps the name that the API gave it.</summary>
    static Task Pass(HttpContext http, Access access, Func<CancellationToken, Task<Answer<HttpResponseMessage>>> ask, string back) =>
        HandedThrough.Pass(http, access, ask, (response, problem) =>
        {
            SayReady(http);
            response.Redirect(back + Uri.EscapeDataString(problem!.Code));
        }, (response, paper) =>
        {
            SayReady(http);
            response.ContentType = paper.Headers.ContentType?.ToString();
            if (paper.Headers.ContentType?.MediaType == "text/html") response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
            else response.Headers.ContentDisposition = paper.Headers.ContentDisposition?.ToString();
        });

    /// <summary>The page that asked waits for a cookie with the mark it asked by (portal.js); a page without script asks by none.</summary>
    static void SayReady(HttpContext http)
    {
        if (http.Request.Query["ready"] is [{ Length: > 0 and <= LongestMark } mark] && mark.All(sign => char.IsAsciiDigit(sign) || sign == '-'))
            http.Response.Cookies.Append($"paper-{mark}", "1", new() { MaxAge = TimeSpan.FromMinutes(1), SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps });
    }
}
