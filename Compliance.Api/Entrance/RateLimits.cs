using System.Globalization;
using System.Threading.RateLimiting;
using Compliance.Api.Identity;

namespace Compliance.Api.Entrance;

/// <summary>Section <c>RateLimits</c> of the settings: what one caller may ask, so that one cannot crowd out the others.</summary>
/// <param name="Burst">Requests at once.</param>
/// <param name="PerSecond">Requests a second in the long run.</param>
/// <param name="ListenersOfOne">Connections to the stream of changes that one person may hold.</param>
/// <param name="Listeners">Such connections of all persons together.</param>
sealed record RateLimits(int Burst = 200, int PerSecond = 50, int ListenersOfOne = 20, int Listeners = 2_000)
{
    static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>A caller is a subject; who is not signed in counts by address (a guard who calls for help by his pass: <see cref="Alerts.PanicLimit"/>). Health is asked by machines and not counted.</summary>
    public PartitionedRateLimiter<HttpContext> Limiter() => PartitionedRateLimiter.Create<HttpContext, string>(http =>
        http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
            ? RateLimitPartition.GetNoLimiter("health")
            : RateLimitPartition.GetTokenBucketLimiter(
                Caller.From(http.User)?.Actor ?? $"{http.Connection.RemoteIpAddress}",
                _ => Bucket()));

    /// <summary>Of one caller.</summary>
    public TokenBucketRateLimiterOptions Bucket() => new() { TokenLimit = Burst, TokensPerPeriod = PerSecond, ReplenishmentPeriod = Period, QueueLimit = 0 };

    public static ValueTask Refuse(HttpContext http, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
        http.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        return new(Problems.Of(429, "request.too-many", "Too many requests; go on after the time that Retry-After gives.").ExecuteAsync(http));
    }
}
