namespace Compliance.Web.Shell;

/// <summary>A file of the API handed through to the browser, asked for as the signed-in person.</summary>
static class HandedThrough
{
    /// <param name="refused">What the browser gets when the API says no.</param>
    /// <param name="headers">What is said of the file before its bytes.</param>
    public static async Task Pass(
        HttpContext http, Access access, Func<CancellationToken, Task<Answer<HttpResponseMessage>>> ask, Action<HttpResponse, Problem?> refused, Action<HttpResponse, HttpContent> headers)
    {
        access.ActFor(http.User);
        var answer = await ask(http.RequestAborted);
        if (answer.Value is not { } file)
        {
            refused(http.Response, answer.Problem);
            return;
        }

        using (file)
        {
            headers(http.Response, file.Content);
            await file.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
        }
    }
}
