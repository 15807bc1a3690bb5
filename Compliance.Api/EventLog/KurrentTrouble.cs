using System.Globalization;
using System.Net;
using Grpc.Core;

namespace Compliance.Api.EventLog;

/// <summary>What the server means by an error. It says so in the trailer <c>exception</c>, sometimes only in the status.</summary>
static class KurrentTrouble
{
    /// <summary>
    /// Worth another try with the same ids: the node is away, starting, electing, not the leader, or did not answer in time.
    /// The rest (denied, malformed, too large, deleted) would fail the same way again.
    /// </summary>
    public static bool Passes(RpcException e) =>
        LeaderNamedBy(e) is not null
        || (Means(e) is null && e.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Aborted
            or StatusCode.Cancelled or StatusCode.Internal or StatusCode.Unknown);

    public static bool IsLostRace(RpcException e) => Means(e) == "wrong-expected-version";

    public static DnsEndPoint? LeaderNamedBy(RpcException e) =>
        Means(e) == "not-leader"
        && e.Trailers.GetValue("leader-endpoint-host") is { } host
        && int.TryParse(e.Trailers.GetValue("leader-endpoint-port"), CultureInfo.InvariantCulture, out var port) ? new(host, port) : null;

    static string? Means(RpcException e) => e.Trailers.GetValue("exception");
}
