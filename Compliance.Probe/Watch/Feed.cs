using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Watch;

/// <summary>An open feed: its media flows into a meter and, to whoever asks, as access units.</summary>
internal interface IFeed : IAsyncDisposable
{
    /// <summary>How often <see cref="KeepAlive"/> has to be called, or the camera ends the session.</summary>
    TimeSpan KeepAliveEvery { get; }

    /// <summary>Throws <see cref="FeedLost"/> when the camera no longer plays along.</summary>
    Task KeepAlive(CancellationToken ct);

    /// <summary>Why the feed ended; null while it stands.</summary>
    FeedLost? Lost { get; }
}

/// <summary>What to open, and as whom. Its text never holds the password.</summary>
/// <param name="ReplayFrom">A recording is replayed from this instant on, as fast as it comes (ONVIF Streaming, 6); null: live.</param>
internal sealed record FeedTarget(Uri Stream, string? UserName, string? Password, Domain.Devices.FeedTransport Transport, DateTimeOffset? ReplayFrom = null)
{
    public override string ToString() => Stream.GetComponents(UriComponents.SchemeAndServer, UriFormat.Unescaped);
}

/// <summary>Where the media of a feed goes.</summary>
/// <param name="Recorded">Hears of each picture of a recording when it was recorded, on the drain's thread.</param>
internal sealed record FeedOutlet(Look.StreamMeter Meter, Fanout Fanout, RecordedPicture? Recorded = null);

/// <param name="at">By the recorder's clock; null where the packets do not say.</param>
/// <param name="timestamp">RTP ticks, 90 000 a second.</param>
internal delegate void RecordedPicture(bool keyframe, DateTimeOffset? at, uint timestamp);

/// <summary>Opens a feed or throws <see cref="FeedLost"/>. Says each step it has done: a stable word and a remark.</summary>
internal delegate Task<IFeed> OpenFeed(FeedTarget target, FeedOutlet outlet, Action<string, string>? onStep, CancellationToken ct);
