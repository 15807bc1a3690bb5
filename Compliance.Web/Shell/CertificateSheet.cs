using Microsoft.AspNetCore.Authorization;

namespace Compliance.Web.Shell;

/// <summary>Hands the sheet for the door through from the API, asked for as the signed-in person.</summary>
public static class CertificateSheet
{
    public static void MapCertificate(this WebApplication app) =>
        app.MapGet("/venues/{venue:guid}/certificate.pdf", Download).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.ReadsRecord });

    static async Task Download(Guid venue, HttpContext http, Access access, ApiClient api)
    {
        access.ActFor(http.User);
        var answer = await api.Certificate(venue, http.RequestAborted);
        if (answer.Value is not { } pdf)
        {
            http.Response.Redirect($"/venues/{venue}/licence?print={Uri.EscapeDataString(answer.Problem!.Code)}");
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
