using Compliance.Domain.Alerts;
using Compliance.Web.Parts.Alerts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Localization;

namespace Compliance.Web.Shell;

/// <summary>
/// The alert desk's second line, which no circuit is needed for: the API's changes handed through to the browser as they come, the
/// incidents that nobody took, and taking one. <c>alarm.js</c> rings by them. Asked for as the signed-in officer, by pages of this portal only.
/// </summary>
static class DeskLine
{
    /// <summary>As many as the desk itself shows.</summary>
    const int Most = 100;

    /// <summary>An incident nobody took.</summary>
    /// <param name="Says">What and where, in the reader's language.</param>
    public sealed record Untaken(Guid Id, bool Critical, string Says);

    public static void MapDeskLine(this WebApplication app)
    {
        app.MapGet("/desk/changes", Changes);
        app.MapGet("/desk/untaken", ListUntaken);
        app.MapPost("/desk/taken/{incident:guid}", Take);
    }

    /// <summary>Answers as an event stream, resumed behind the header Last-Event-ID; 502 where the API does not answer, 503 where it gives no place to listen from.</summary>
    static async Task Changes(HttpContext http, Access access, ApiClient api)
    {
        if (!IsMeant(http)) return;
        access.ActFor(http.User);
        var lastId = (string?)http.Request.Headers["Last-Event-ID"] is { Length: > 0 } id ? id : null;
        var answer = await api.ChangesAsTheyCome(lastId, http.RequestAborted);
        if (answer.Value is not { } stream)
        {
            http.Response.StatusCode = answer.Problem is { Code: "api.unreachable" } ? StatusCodes.Status502BadGateway : StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using (stream)
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers["X-Accel-Buffering"] = "no"; // a proxy before the portal that gathers what it passes on would keep an alarm back
            http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            try
            {
                await http.Response.WriteAsync("retry: 1000\n\n", http.RequestAborted); // browsers wait three seconds otherwise
                await stream.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
            }
            catch (Exception over) when (over is IOException or HttpRequestException or OperationCanceledException)
            {
                // The line ends as lines do; the browser asks again.
            }
        }
    }

    static async Task ListUntaken(string? district, HttpContext http, Access access, ApiClient api, IStringLocalizer<AlertWords> words)
    {
        if (!IsMeant(http)) return;
        access.ActFor(http.User);
        http.Response.Headers.CacheControl = "no-store";
        var answer = await ApiClient.AtLeast(Most, null, (next, limit) => api.OpenIncidents(district, next, limit, http.RequestAborted));
        if (answer.Value is not { } page) http.Response.StatusCode = StatusCodes.Status502BadGateway;
        else await http.Response.WriteAsJsonAsync(page.Items.Where(l => l.Card.Stage == IncidentStage.New).Select(l => new Untaken(l.Card.IncidentId, l.Card.Urgency == Urgency.Critical,
            $"{string.Join(", ", l.Card.Alerts.Select(a => a.Kind).Distinct().Select(kind => words[$"kind.{kind}"].Value))} · {l.VenueName()}")), http.RequestAborted);
    }

    /// <summary>The officer makes it his own, as on the page: 204, or 409 with why not in his language. What does not carry the page's own token is nobody's wish.</summary>
    static async Task Take(Guid incident, HttpContext http, Access access, ApiClient api, IAntiforgery antiforgery, IStringLocalizer<ProblemWords> words)
    {
        if (!IsMeant(http)) return;
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        access.ActFor(http.User);
        if ((await api.TakeIncident(incident, http.RequestAborted)).Problem is not { } no)
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        (http.Response.StatusCode, http.Response.ContentType) = (no.Code == "api.unreachable" ? StatusCodes.Status502BadGateway : StatusCodes.Status409Conflict, "text/plain; charset=utf-8");
        await http.Response.WriteAsync(words.Of(no), http.RequestAborted);
    }

    /// <summary>A script cannot be led to a sign-in page, so who is not signed in is told by a number; what a page of somebody else asks for is nobody's wish.</summary>
    static bool IsMeant(HttpContext http)
    {
        var refusal = http.User.Identity is not { IsAuthenticated: true } ? StatusCodes.Status401Unauthorized
            : Roles.Police.Split(',').Any(http.User.IsInRole) && (string?)http.Request.Headers["Sec-Fetch-Site"] is null or "same-origin" ? 0
            : StatusCodes.Status403Forbidden;
        if (refusal != 0) http.Response.StatusCode = refusal;
        return refusal == 0;
    }
}
