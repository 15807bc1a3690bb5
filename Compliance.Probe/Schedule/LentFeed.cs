using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Schedule;

/// <summary>A camera for somebody who may look: followed over the connection that is held anyway, or over one of his own that ends with this.</summary>
/// <param name="run">The connection of his own; null where there is none.</param>
internal sealed class LentFeed(Tap tap, Task? run = null, CancellationTokenSource? stop = null) : IAsyncDisposable
{
    /// <summary>From the newest keyframe on, until the camera is let go.</summary>
    public IAsyncEnumerable<AccessUnit> Units(CancellationToken ct) => tap.Units(ct);

    public async ValueTask DisposeAsync()
    {
        tap.Dispose();
        if (run is null || stop is null) return;
        await stop.CancelAsync();
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }
}
