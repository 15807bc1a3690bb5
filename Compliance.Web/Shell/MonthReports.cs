using Microsoft.AspNetCore.Authorization;

namespace Compliance.Web.Shell;

/// <summary>Hands a venue's monthly report through from the API, asked for as the signed-in person.</summary>
public static class MonthReports
{
    public static void MapMonthReports(this WebApplication app) =>
        app.MapGet("/venues/{venue:guid}/reports/{month}.pdf", Download).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.SeesMonthReports });

    static async Task Download(Guid venue, string month, string? language, HttpContext http, Access access, ApiClient api)
    {
        access.ActFor(http.User);
        var said = Languages.All.Any(l => l.Code == language) ? language! : Languages.Current;
        var answer = await api.MonthReport(venue, month, said, http.RequestAborted);
        if (answer.Value is not { } pdf)
        {
            http.Response.Redirect($"/venues/{venue}?report={Uri.EscapeDataString(answer.Problem!.Code)}");
            return;
        }

        using (pdf)
        {
            http.Response.ContentType = "application/pdf";
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"report-{venue:N}-{month}-{said}.pdf\"";
            await pdf.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
        }
    }
}
