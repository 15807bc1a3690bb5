using System.Threading.RateLimiting;

namespace Compliance.Api.Complaints;

/// <summary>Section <c>Complaints</c> of the settings: how many complaints one address may hand in without signing in.</summary>
/// <param name="PerHour">The portal's form counts by its own reader's address before it comes here.</param>
internal sealed record ComplaintRules(int PerHour = 120);

/// <summary>Counts complaints by address.</summary>
internal sealed class ComplaintLimit(ComplaintRules rules) : IDisposable
{
    public const int RetryAfterSeconds = 600;

    readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetSlidingWindowLimiter(address, _ => new() { PermitLimit = rules.PerHour, Window = TimeSpan.FromHours(1), SegmentsPerWindow = 12, QueueLimit = 0 }));

    public bool Passes(HttpContext http) => _limiter.AttemptAcquire($"{http.Connection.RemoteIpAddress}").IsAcquired;

    public void Dispose() => _limiter.Dispose();
}
