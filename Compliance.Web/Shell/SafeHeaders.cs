namespace Compliance.Web.Shell;

/// <summary>What a browser may do with our pages: nothing comes from elsewhere, nobody frames them.</summary>
public static class SafeHeaders
{
    public static Func<HttpContext, RequestDelegate, Task> For(ApiAddress api, MapSettings map)
    {
        // Pictures of a feed test come as data; MudBlazor writes its theme as inline style.
        // Live pictures come by WebSocket from the relay of the API, and from nowhere else; a browser without WebCodecs plays them out of its own memory (blob:).
        // Tiles of the desk's map come from the server an operator named, if one was.
        var relay = new UriBuilder(api.Public) { Scheme = api.Public.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs }.Uri.GetLeftPart(UriPartial.Authority);
        var policy = $"default-src 'self'; connect-src 'self' {relay}; img-src 'self' data:{(map.Origin is { } tiles ? $" {tiles}" : "")}; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; object-src 'none'; "
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
