using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Compliance.Hosting;

/// <summary>A process that is asked over HTTP traces who asks; signs of life are no trace.</summary>
static class ServerTraces
{
    public static void AndRequests(this IOpenTelemetryBuilder? telemetry) => telemetry?.WithTracing(traces => traces.AddAspNetCoreInstrumentation(
        requests => requests.Filter = http => !http.Request.Path.StartsWithSegments("/health") && http.Request.Path != "/probe/heartbeat" && http.Request.Path != "/probe/assignments" && http.Request.Path != "/probe/feed-tests"));
}
