using Compliance.Domain.Venues;
using Microsoft.AspNetCore.Authorization;

namespace Compliance.Web.Shell;

/// <summary>Hands printed documents through from the API, asked for as the signed-in person. One that cannot be had leads back to its page, which says why.</summary>
public static class Documents
{
    public static void MapDocuments(this WebApplication app)
    {
        app.MapGet("/venues/{venue:guid}/audit.pdf", Audit).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.SeesReport });
        app.MapGet("/venues/{venue:guid}/reports/{month}.pdf", Month).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.SeesMonthReports });
        app.MapGet("/venues/{venue:guid}/liability-record.pdf", LiabilityRecord).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.SeesCases });
        app.MapGet("/venues/{venue:guid}/certificate.pdf", Certificate).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.ReadsRecord });
        app.MapGet("/inspections/{inspection:guid}/act.pdf", Act).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.ReadsRecord });
    }

    static Task Audit(Guid venue, DateOnly? from, DateOnly? to, string? language, HttpContext http, Access access, ApiClient api, TimeProvider clock)
    {
        var until = to ?? VenueZone.Day(clock.GetUtcNow());
        var (first, said) = (from ?? until.AddDays(-29), Said(language));
        return Pass(http, access, ct => api.Audit(venue, first, until, said, ct), $"/venues/{venue}?report=", $"audit-{Tail(venue)}-{first:yyyy-MM-dd}-{until:yyyy-MM-dd}-{said}");
    }

    static Task Month(Guid venue, string month, string? language, HttpContext http, Access access, ApiClient api) =>
        Pass(http, access, ct => api.MonthReport(venue, month, Said(language), ct), $"/venues/{venue}?report=", $"report-{venue:N}-{month}-{Said(language)}");

    static Task LiabilityRecord(Guid venue, string? language, HttpContext http, Access access, ApiClient api) =>
        Pass(http, access, ct => api.LiabilityRecord(venue, Said(language), ct), $"/venues/{venue}?report=");

    static Task Certificate(Guid venue, HttpContext http, Access access, ApiClient api) =>
        Pass(http, access, ct => api.Certificate(venue, ct), $"/venues/{venue}/licence?print=");

    static Task Act(Guid inspection, string? language, HttpContext http, Access access, ApiClient api) =>
        Pass(http, access, ct => api.InspectionAct(inspection, Said(language), ct), $"/inspections/{inspection}?print=", $"act-{Tail(inspection)}-{Said(language)}");

    static string Said(string? language) => Languages.All.Any(l => l.Code == language) ? language! : Languages.Current;

    static string Tail(Guid id) => $"{id:N}"[^8..];

    /// <param name="name">Of the file, without its ending; null: as the API calls it.</param>
    static Task Pass(HttpContext http, Access access, Func<CancellationToken, Task<Answer<HttpResponseMessage>>> ask, string back, string? name = null) =>
        HandedThrough.Pass(http, access, ask, (response, problem) => response.Redirect(back + Uri.EscapeDataString(problem!.Code)), (response, pdf) =>
        {
            response.ContentType = "application/pdf";
            response.Headers.ContentDisposition = name is null ? pdf.Headers.ContentDisposition?.ToString() : $"attachment; filename=\"{name}.pdf\"";
        });
}
