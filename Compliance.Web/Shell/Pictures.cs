using Compliance.Domain.Inspections;
using Compliance.Domain.Venues;
using Microsoft.AspNetCore.Authorization;

namespace Compliance.Web.Shell;

/// <summary>Hands pictures through, of inspections both ways, as the signed-in person; the API says who may.</summary>
public static class Pictures
{
    public static void MapPictures(this WebApplication app)
    {
        app.MapPut("/inspections/{inspection:guid}/photos/{photo:guid}", Attach).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.Walks });
        app.MapGet("/inspections/{inspection:guid}/photos/{photo:guid}", OfInspection).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.ReadsRecord });
        app.MapGet("/duties/{duty:guid}/photo", OfRepair).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.ReadsRecord });
        app.MapGet("/devices/{device:guid}/stills/{sha256}", OfDevice).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.ReadsRecord });
        app.MapGet("/incidents/{incident:guid}/clips/{alert:guid}", OfAlert).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.Police });
        app.MapGet("/incidents/{incident:guid}/clips/{alert:guid}/original", OfAlertAsRecorded).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.Police });
        app.MapGet("/incidents/{incident:guid}/faces/{alert:guid}", OfMatch).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.Police });
        app.MapGet("/watch-list/{entry:guid}/pictures/{picture:guid}", OfEntry).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.SeesFeeds });
        app.MapGet("/face-candidates/{candidate:guid}/picture", OfCandidate).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.Police });
        app.MapPut("/venues/{venue:guid}/plan/picture", UnderPlan).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.RegistersDevices });
        app.MapGet("/venues/{venue:guid}/plan/pictures/{sha256}", OfPlan).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.SeesPlans });
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

    /// <summary>As a photo; why it was not taken is said by its code.</summary>
    static async Task UnderPlan(Guid venue, int level, HttpContext http, Access access, ApiClient api)
    {
        access.ActFor(http.User);
        var answer = await api.PutPlanPicture(venue, level, http.Request.Body, http.RequestAborted);
        answer.Value?.Dispose();
        http.Response.StatusCode = answer.Problem is null ? StatusCodes.Status204NoContent : StatusCodes.Status409Conflict;
        if (answer.Problem is { } problem) await http.Response.WriteAsync(problem.Code, http.RequestAborted);
    }

    /// <summary>A drawing is opened as a picture and as nothing else.</summary>
    static Task OfPlan(Guid venue, string sha256, HttpContext http, Access access, ApiClient api)
    {
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        return Pass(http, access, ct => api.PlanPicture(venue, sha256, ct));
    }

    static Task OfInspection(Guid inspection, Guid photo, HttpContext http, Access access, ApiClient api) =>
        Pass(http, access, ct => api.InspectionPhoto(inspection, photo, ct));

    static Task OfDevice(Guid device, string sha256, HttpContext http, Access access, ApiClient api) => Pass(http, access, ct => api.Still(device, sha256, ct));

    /// <summary>The video goes past the circuit; the API records who sees it.</summary>
    static Task OfAlert(Guid incident, Guid alert, HttpContext http, Access access, ApiClient api) => Pass(http, access, ct => api.Clip(incident, alert, ct));

    /// <summary>The API hands it out only to whoever said why.</summary>
    static Task OfAlertAsRecorded(Guid incident, Guid alert, HttpContext http, Access access, ApiClient api) => Pass(http, access, ct => api.OriginalClip(incident, alert, ct));

    /// <summary>The API records who sees it.</summary>
    static Task OfEntry(Guid entry, Guid picture, HttpContext http, Access access, ApiClient api) => Pass(http, access, ct => api.WatchPicture(entry, picture, ct));

    static Task OfCandidate(Guid candidate, HttpContext http, Access access, ApiClient api) => Pass(http, access, ct => api.CandidatePicture(candidate, ct));

    static Task OfMatch(Guid incident, Guid alert, HttpContext http, Access access, ApiClient api) => Pass(http, access, ct => api.MatchPicture(incident, alert, ct));

    static Task OfRepair(Guid duty, HttpContext http, Access access, ApiClient api) => Pass(http, access, ct => api.RepairPhoto(duty, ct));

    static Task Pass(HttpContext http, Access access, Func<CancellationToken, Task<Answer<HttpResponseMessage>>> ask) =>
        HandedThrough.Pass(http, access, ask, (response, _) => response.StatusCode = StatusCodes.Status404NotFound, (response, picture) =>
        {
            response.ContentType = picture.Headers.ContentType?.ToString();
            response.Headers.CacheControl = "no-store";
        });
}
