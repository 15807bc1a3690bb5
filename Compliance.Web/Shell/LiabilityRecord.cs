using Microsoft.AspNetCore.Authorization;

namespace Compliance.Web.Shell;

/// <summary>Hands a venue's liability record through from the API, asked for as the signed-in person.</summary>
public static class LiabilityRecord
{
    public static void MapLiabilityRecord(this WebApplication app) =>
        app.MapGet("/venues/{venue:guid}/liability-record.pdf", Download).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.SeesCases });

    static async Task Download(Guid venue, string? language, HttpContext http, Access access, ApiClient api)
    {
        access.ActFor(http.User);
        var answer = await api.LiabilityRecord(venue, Languages.All.Any(l => l.Code == language) ? language! : Languages.Current, http.RequestAborted);
        if (answer.Value is not { } pdf)
        {
            http.Response.Redirect($"/venues/{venue}?report={Uri.EscapeDataString(answer.Problem!.Code)}");
            return;
        }

        using (pdf)
        {
            http.Response.ContentType = "application/pdf";
            http.Response.Headers.ContentDisposition = pdf.Content.Headers.ContentDisposition?.ToString();
            await pdf.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
        }
    }
}
