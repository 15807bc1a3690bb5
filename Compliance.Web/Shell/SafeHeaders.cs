namespace Compliance.Web.Shell;

/// <summary>What a browser may do with our pages: nothing comes from elsewhere, nobody frames them.</summary>
public static class SafeHeaders
{
    public static Func<HttpContext, RequestDelegate, Task> For(ApiAddress api)
    {
        // Pictures of a feed test come as data; MudBlazor writes its theme as inline style.
        var policy = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; "
            + $"base-uri 'self'; frame-ancestors 'none'; form-action 'self' {api.Public.GetLeftPart(UriPartial.Authority)}";
        return (http, next) =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            return next(http);
        };
    }
}
