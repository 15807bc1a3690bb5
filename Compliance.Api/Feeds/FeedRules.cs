using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Feeds;

/// <summary>What is demanded of every feed (setting <c>Standard</c>): the probe measures against it. 0 or null: nothing is demanded.</summary>
/// <param name="MinFps">Frames per second.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="MinKbps">Kilobits of video a second.</param>
sealed record Standard(double MinFps = 15, int Width = 0, int Height = 0, double MinKbps = 0);

/// <param name="AllowLoopback">Cameras on this machine itself: in a demo or a test only (setting <c>Feeds:AllowLoopback</c>).</param>
sealed record FeedRules(bool AllowLoopback = false)
{
    /// <summary>What is wrong with the addresses, under the name their member has in the request.</summary>
    public Refusal? Faults(Feed feed, string field) =>
        Faults(feed.Main, $"{field}.main") ?? (feed.Sub is { } sub ? Faults(sub, $"{field}.sub") : null);

    /// <summary>The same of the address over ONVIF of a camera with this feed.</summary>
    public Refusal? Faults(Uri? onvif, Feed feed) => onvif is null ? null : FeedAddress.OnvifFaults(onvif, feed.Main, AllowLoopback);

    public Refusal? Faults(Uri address, string field) => FeedAddress.Faults(address, AllowLoopback) is { } fault ? fault with { Field = field } : null;
}
