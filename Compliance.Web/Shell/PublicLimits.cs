using System.Threading.RateLimiting;

namespace Compliance.Web.Shell;

/// <summary>
/// What one address may ask of the pages for everybody, so that none crowds out the desks. Signed-in pages are not counted here, and the page on which a guard calls for help is counted
/// apart: a venue's guests and its guards come by one address.
/// </summary>
public static class PublicLimits
{
    const int Burst = 60, PerSecond = 5;

    public static IServiceCollection AddPublicLimits(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => IsPublic(http.Request.Path)
            ? RateLimitPartition.GetTokenBucketLimiter($"{(IsHelp(http.Request.Path) ? "help/" : "")}{http.Connection.RemoteIpAddress}", _ => new()
            {
                TokenLimit = Burst, TokensPerPeriod = PerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0,
            })
            : RateLimitPartition.GetNoLimiter("desks"));
    });

    static bool IsHelp(PathString path) => path.StartsWithSegments("/guard") && path.Value!.EndsWith("/help", StringComparison.OrdinalIgnoreCase);

    public static bool IsPublic(PathString path) => path.StartsWithSegments("/v") || path.StartsWithSegments("/d") || path.StartsWithSegments("/complain") || path.StartsWithSegments("/guard") || path.StartsWithSegments("/looks") || path.StartsWithSegments("/register-of-venues");
}
