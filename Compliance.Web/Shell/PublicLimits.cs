using System.Threading.RateLimiting;

namespace Compliance.Web.Shell;

/// <summary>What one address may ask of the pages for everybody, so that none crowds out the desks. Signed-in pages are not counted here.</summary>
public static class PublicLimits
{
    const int Burst = 60, PerSecond = 5;

    public static IServiceCollection AddPublicLimits(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => IsPublic(http.Request.Path)
            ? RateLimitPartition.GetTokenBucketLimiter($"{http.Connection.RemoteIpAddress}", _ => new()
            {
                TokenLimit = Burst, TokensPerPeriod = PerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0,
            })
            : RateLimitPartition.GetNoLimiter("desks"));
    });

    public static bool IsPublic(PathString path) => path.StartsWithSegments("/v") || path.StartsWithSegments("/d") || path.StartsWithSegments("/complain") || path.StartsWithSegments("/guard") || path.StartsWithSegments("/looks") || path.StartsWithSegments("/register-of-venues");
}
