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
internal sealed record FeedTarget(Uri Stream, string? UserName, string? Password, Domain.Devices.FeedTransport Transport)
{
    public override string ToString() => Stream.GetComponents(UriComponents.SchemeAndServer, UriFormat.Unescaped);
}

/// <summary>Where the media of a feed goes.</summary>
internal sealed record FeedOutlet(Look.StreamMeter Meter, Fanout Fanout);

/// <summary>Opens a feed or throws <see cref="FeedLost"/>. Says each step it has done: a stable word and a remark.</summary>
internal delegate Task<IFeed> OpenFeed(FeedTarget target, FeedOutlet outlet, Action<string, string>? onStep, CancellationToken ct);
