using Compliance.Domain.Venues;
using Microsoft.AspNetCore.Authorization;

namespace Compliance.Web.Shell;

/// <summary>Hands a venue's audit PDF through from the API, asked for as the signed-in person.</summary>
public static class Audit
{
    public static void MapAudit(this WebApplication app) =>
        app.MapGet("/venues/{venue:guid}/audit.pdf", Download).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.SeesReport });

    static async Task Download(
        Guid venue, DateOnly? from, DateOnly? to, string? language, HttpContext http, Access access, ApiClient api, TimeProvider clock)
    {
        access.ActFor(http.User);
        var until = to ?? VenueZone.Day(clock.GetUtcNow());
        var (first, said) = (from ?? until.AddDays(-29), Languages.All.Any(l => l.Code == language) ? language! : Languages.Current);
        var answer = await api.Audit(venue, first, until, said, http.RequestAborted);
        if (answer.Value is not { } pdf)
        {
            http.Response.Redirect($"/venues/{venue}?report={Uri.EscapeDataString(answer.Problem!.Code)}");
            return;
        }

        using (pdf)
        {
            http.Response.ContentType = "application/pdf";
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"audit-{$"{venue:N}"[^8..]}-{first:yyyy-MM-dd}-{until:yyyy-MM-dd}-{said}.pdf\"";
            await pdf.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
        }
    }
}
