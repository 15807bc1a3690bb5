using System.Collections.Concurrent;
using Compliance.Domain.Devices;
using Compliance.Probe.Watch.Onvif;

namespace Compliance.Probe.Watch;

/// <summary>A try to see a camera that ended, and why; doubted when the cause may be another than it looks.</summary>
internal sealed record Attempt(DateTimeOffset EndedAt, Verdict Cause, string Detail, bool Doubted, string? Answer = null);

/// <summary>Keeps the one connection to one camera, for as long as it is assigned to us. Whether the camera is offline is for Judge to say.</summary>
internal sealed class CameraWatch(
    FeedTarget target, FeedOutlet outlet, OpenFeed open, Turnstile turnstile, SignIns signIns, WatchSettings settings, TimeProvider clock, Random chance, Vouching? vouching = null)
{
    static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    /// <summary>Every attempt that ended, for Judge to take away.</summary>
    public ConcurrentQueue<Attempt> Attempts { get; } = [];

    public async Task Run(CancellationToken ct)
    {
        long? refusedSince = null;
        for (var failures = 0; !ct.IsCancellationRequested; failures++)
        {
            await Task.Delay(Pause(failures, refusedSince is not null), clock, ct);
            await turnstile.Pass(target.Stream.Host, ct);
            var begun = clock.GetUtcNow();
            var lost = await RunOnce(ct);
            refusedSince = lost.Cause == Verdict.AuthFailed ? refusedSince ?? clock.GetTimestamp() : null;
            var weighed = signIns.Weigh(target, lost, refusedSince ?? clock.GetTimestamp());
            if (vouching is not null && weighed.Lost.Cause == Verdict.AuthFailed) weighed = await vouching.Weigh(weighed, ct);
            Attempts.Enqueue(new(clock.GetUtcNow(), weighed.Lost.Cause, weighed.Lost.Message, weighed.Doubted, weighed.Lost.Answer));
            if (outlet.Meter.LastAccessUnitAt > begun + settings.FirstPictureWithin) failures = -1;
        }
    }

    /// <summary>Opens the feed and stays with it until it is lost.</summary>
    public async Task<FeedLost> RunOnce(CancellationToken ct)
    {
        try
        {
            await using var feed = await open(target, outlet, null, ct);
            var opened = clock.GetUtcNow();
            signIns.Worked(target);
            var nextKeepAlive = opened + feed.KeepAliveEvery;
            var before = opened;
            while (feed.Lost is null)
            {
                await Task.Delay(Glance, clock, ct);
                var now = clock.GetUtcNow();
                var isSetBack = now < before;
                before = now;
                if (isSetBack)
                {
                    // All is counted anew, and a camera that lives has until the next glance to show a picture of the new time.
                    (opened, nextKeepAlive) = (now, now);
                    continue;
                }

                if (IsStale(opened, now)) return new(Verdict.Stalled, Reason.NoMedia);
                if (now < nextKeepAlive) continue;
                await feed.KeepAlive(ct);
                signIns.Worked(target);
                nextKeepAlive = now + feed.KeepAliveEvery;
            }

            return feed.Lost;
        }
        catch (FeedLost lost)
        {
            return lost;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return FeedLost.By(e);
        }
    }

    bool IsStale(DateTimeOffset opened, DateTimeOffset now) =>
        outlet.Meter.LastAccessUnitAt is { } last && last >= opened ? (now - last).Duration() > settings.StaleAfter : now - opened > settings.FirstPictureWithin;

    /// <summary>At once, then anything up to 1, 2, 4, … seconds: full jitter, so that a city does not call in step after a power cut.</summary>
    TimeSpan Pause(int failures, bool isRefused) =>
        failures == 0 ? TimeSpan.Zero : chance.NextDouble() * Min(TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures - 1, 10))), isRefused ? settings.LongestPauseRefused : settings.LongestPause);

    static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
