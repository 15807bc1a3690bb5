using Compliance.Domain.Devices;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Eyes.Live;

/// <summary>Opens the smaller stream of a camera, once, over a connection of its own; null where there is none, or the camera would refuse it again.</summary>
/// <param name="refused">With what it refused us last.</param>
internal delegate SubStream? OpenSubStream(FeedTarget? refused);

/// <summary>A connection to a camera's smaller stream, for as long as it is held: it is not opened anew when it breaks off.</summary>
internal sealed class SubStream(FeedTarget target, FeedOutlet outlet, Task<FeedLost> run, CancellationTokenSource stop) : IAsyncDisposable
{
    public FeedTarget Target => target;

    public Fanout Fanout => outlet.Fanout;

    /// <summary>The camera does not know us: asking again would lock us out of the stream that police see.</summary>
    public bool IsRefused => run is { IsCompletedSuccessfully: true, Result.Cause: Verdict.AuthFailed };

    /// <summary>Whether a picture came lately.</summary>
    public bool IsLive(DateTimeOffset now, TimeSpan stale) => !run.IsCompleted && outlet.Meter.LastAccessUnitAt is { } at && (now - at).Duration() < stale;

    public bool IsOver => run.IsCompleted;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await ((Task)run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        outlet.Fanout.End();
        stop.Dispose();
    }
}
