using Microsoft.AspNetCore.Authorization;

namespace Compliance.Web.Shell;

/// <summary>Hands the picture of a repair through from the API, asked for as the signed-in person.</summary>
public static class RepairPhoto
{
    public static void MapRepairPhoto(this WebApplication app) =>
        app.MapGet("/duties/{duty:guid}/photo", Show).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.ReadsRecord });

    static async Task Show(Guid duty, HttpContext http, Access access, ApiClient api)
    {
        access.ActFor(http.User);
        if ((await api.RepairPhoto(duty, http.RequestAborted)).Value is not { } picture)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using (picture)
        {
            http.Response.ContentType = picture.Content.Headers.ContentType?.MediaType;
            http.Response.Headers.CacheControl = "no-store";
            await picture.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
        }
    }
}
