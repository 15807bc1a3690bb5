using System.Globalization;
using System.Net;
using Grpc.Core;

namespace Compliance.Api.EventLog;

/// <summary>
/// What the server means by an error (it says so in the trailer <c>exception</c>, sometimes only in the status), and the plain
/// sentence for one that stays: what happened, why, what next.
/// </summary>
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

    public static EventLogException Told(this RpcException e, KurrentConnectionString where) => new($"KurrentDB at {where}: {Why(e)}", e);

    static string Why(RpcException e) => e switch
    {
        { StatusCode: StatusCode.PermissionDenied or StatusCode.Unauthenticated } =>
            "it does not let us in. Give the connection string a user and password, or a client certificate, that may read and append.",
        _ when Means(e) == "maximum-append-size-exceeded" =>
            $"it takes at most {e.Trailers.GetValue("maximum-append-size")} bytes at once, as its MaxAppendSize says. Send less at a time.",
        _ when Means(e) == "stream-deleted" =>
            "this stream was deleted there for ever; nothing can be read from it or appended to it. Restore the log from a backup.",
        _ when Passes(e) =>
            $"nobody who leads has answered in time ({e.StatusCode}: {e.Status.Detail}). Look at the nodes and at the way to them; what was asked may be asked again.",
        _ => $"it answered {e.StatusCode}: {e.Status.Detail}",
    };

    static string? Means(RpcException e) => e.Trailers.GetValue("exception");
}
