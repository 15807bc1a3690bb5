using Compliance.Api.Views;
using Compliance.Domain.Kernel;

namespace Compliance.Api;

/// <summary>For whoever keeps the process running: it lives; it can be asked.</summary>
static class Health
{
    public static IResult Live() => TypedResults.Ok(new { status = "live" });

    /// <summary>The log answers, and the views have seen all of it once since the start.</summary>
    public static async Task<IResult> Ready(IEventLog log, ViewProgress views, CancellationToken ct)
    {
        await foreach (var _ in log.Read(new("health", Guid.Empty), ct)) break;
        return views.CaughtUp ? TypedResults.Ok(new { status = "ready" }) : Problems.Busy(retryAfterSeconds: 1);
    }
}
