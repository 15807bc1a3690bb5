namespace Compliance.Api.Identity;

/// <summary>
/// What a browser may do with a sign-in page: nothing but our own style and script, no frame around it, no copy kept. Forms may
/// end at the portal and at an outside provider, because the browser follows the redirects of a sign-in there.
/// </summary>
internal static class PageHeaders
{
    public static ValueTask<object?> Set(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        Set(context.HttpContext);
        return next(context);
    }

    public static void Set(HttpContext http)
    {
        var providers = string.Concat(ExternalLogins.Origins(http.RequestServices.GetRequiredService<IConfiguration>()).Select(origin => $" {origin}"));
        var portal = http.RequestServices.GetRequiredService<IssuerAddress>().PortalOrigin;
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; " +
            $"form-action 'self' {portal}{providers}; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }
}
