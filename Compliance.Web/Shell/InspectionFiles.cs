using Compliance.Domain.Inspections;
using Compliance.Domain.Venues;
using Microsoft.AspNetCore.Authorization;

namespace Compliance.Web.Shell;

/// <summary>Hands photos and acts of inspections through, both ways, as the signed-in person; the API says who may.</summary>
public static class InspectionFiles
{
    public static void MapInspectionFiles(this WebApplication app)
    {
        app.MapPut("/inspections/{inspection:guid}/photos/{photo:guid}", Attach).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.Walks });
        app.MapGet("/inspections/{inspection:guid}/photos/{photo:guid}", Show).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.ReadsRecord });
        app.MapGet("/inspections/{inspection:guid}/act.pdf", Act).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.ReadsRecord });
    }

    /// <summary>A page of another origin cannot send this: it would have to ask first (PUT is not a simple request), and nobody answers.</summary>
    static async Task Attach(
        Guid inspection, Guid photo, string ruleId, string sha256, DateTimeOffset takenAt, string device, double? latitude, double? longitude,
        HttpContext http, Access access, ApiClient api)
    {
        access.ActFor(http.User);
        var position = latitude is { } north && longitude is { } east ? new GeoPosition(north, east) : null;
        var answer = await api.AttachPhoto(inspection, new(photo, ruleId, sha256, takenAt, position, device, 0), http.Request.Body, http.RequestAborted);
        answer.Value?.Dispose();
        http.Response.StatusCode = answer.Problem is null ? StatusCodes.Status204NoContent : StatusCodes.Status409Conflict;
        if (answer.Problem is { } problem) await http.Response.WriteAsync(problem.Code, http.RequestAborted);
    }

    static async Task Show(Guid inspection, Guid photo, HttpContext http, Access access, ApiClient api)
    {
        access.ActFor(http.User);
        await Pass(await api.InspectionPhoto(inspection, photo, http.RequestAborted), http, null);
    }

    static async Task Act(Guid inspection, string? language, HttpContext http, Access access, ApiClient api)
    {
        access.ActFor(http.User);
        var said = Languages.All.Any(l => l.Code == language) ? language! : Languages.Current;
        await Pass(await api.InspectionAct(inspection, said, http.RequestAborted), http, $"act-{$"{inspection:N}"[^8..]}-{said}.pdf");
    }

    static async Task Pass(Answer<HttpResponseMessage> answer, HttpContext http, string? name)
    {
        if (answer.Value is not { } file)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using (file)
        {
            http.Response.ContentType = file.Content.Headers.ContentType?.ToString();
            http.Response.Headers.CacheControl = "no-store";
            if (name is not null) http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
            await file.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
        }
    }
}
