using Compliance.Domain.Footage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Compliance.Web.Shell;

/// <summary>Recordings on their way: from the owner's browser in pieces, to the officer's as a ZIP; past the circuit, as the signed-in person. The API says who may.</summary>
public static class FootageFiles
{
    public static void MapFootage(this WebApplication app)
    {
        var venue = new AuthorizeAttribute { Roles = Roles.Venue };
        app.MapPut("/footage/{request:guid}/files/{file:guid}", Announce).RequireAuthorization(venue);
        app.MapPut("/footage/{request:guid}/files/{file:guid}/bytes", Piece).RequireAuthorization(venue);
        app.MapGet("/footage/{request:guid}/export/{file:guid}", Export).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.Police });
        app.MapPost("/footage/{request:guid}/export/{file:guid}/encrypted", Encrypted).RequireAuthorization(new AuthorizeAttribute { Roles = Roles.Police });
    }

    const int LargestCertificate = 64 << 10;

    static Task Announce(Guid request, Guid file, Guid device, long bytes, HttpContext http, Access access, ApiClient api) =>
        Say(http, access, () => api.AnnounceFootage(request, file, new(device, bytes, null), http.RequestAborted));

    static Task Piece(Guid request, Guid file, HttpContext http, Access access, ApiClient api) =>
        Say(http, access, () => api.SendFootage(request, file, http.Request.Body, http.Request.Headers.ContentRange.ToString(), http.RequestAborted));

    /// <summary>How much came, or the code of what is wrong. A page of another origin cannot send this: PUT is not a simple request.</summary>
    static async Task Say(HttpContext http, Access access, Func<Task<Answer<FootageReceived>>> ask)
    {
        access.ActFor(http.User);
        var answer = await ask();
        http.Response.StatusCode = answer.Problem is null ? StatusCodes.Status200OK : answer.Problem.Code == "api.unreachable" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status409Conflict;
        await (answer.Value is { } received ? http.Response.WriteAsJsonAsync(new { received = received.Received, received.Bytes }, http.RequestAborted) : http.Response.WriteAsync(answer.Problem!.Code, http.RequestAborted));
    }

    /// <summary>The certificate comes as the file the recipient gave; what is refused is said in the reader's language.</summary>
    static async Task Encrypted(Guid request, Guid file, IFormFile certificate, [FromForm] bool? unmarked, HttpContext http, Access access, ApiClient api, IStringLocalizer<ProblemWords> words)
    {
        using var text = new StreamReader(certificate.OpenReadStream());
        var pem = certificate.Length <= LargestCertificate ? await text.ReadToEndAsync(http.RequestAborted) : "";
        await Pass(http, access, words, ct => api.EncryptedExport(request, file, unmarked is not true, new(pem), ct), response =>
        {
            response.ContentType = "application/pkcs7-mime";
            response.Headers.ContentDisposition = $"attachment; filename=footage-{file:N}.zip.p7m";
            response.Headers.CacheControl = "no-store";
        });
    }

    /// <param name="marked">False: at once, without the copy with the officer burnt in.</param>
    static Task Export(Guid request, Guid file, bool? marked, HttpContext http, Access access, ApiClient api, IStringLocalizer<ProblemWords> words) =>
        Pass(http, access, words, ct => api.FootageExport(request, file, marked is not false, ct), response =>
        {
            response.ContentType = "application/zip";
            response.Headers.ContentDisposition = $"attachment; filename=footage-{file:N}.zip";
            response.Headers.CacheControl = "no-store";
        });

    static async Task Pass(HttpContext http, Access access, IStringLocalizer<ProblemWords> words, Func<CancellationToken, Task<Answer<HttpResponseMessage>>> ask, Action<HttpResponse> headers)
    {
        Problem? no = null;
        await HandedThrough.Pass(http, access, ask, (response, problem) => (response.StatusCode, no) = (StatusCodes.Status409Conflict, problem), (response, _) => headers(response));
        if (no is null) return;
        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync(words.Of(no), http.RequestAborted);
    }
}
