using System.Collections.Concurrent;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Look;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Onvif;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Judge;

/// <summary>What one look at a feed found. One alone convicts nobody: see <see cref="Sweep"/>.</summary>
/// <param name="Measured">What the media said of itself until its first keyframe; null where none came.</param>
/// <param name="Answer">What the camera answered, where it refused something.</param>
/// <param name="Doubted">The cause may be another than it looks: it counts for nothing.</param>
internal sealed record Checked(Verdict Verdict, string Detail, Measured? Measured, string? Answer = null, bool Doubted = false);

/// <summary>
/// Looks at a feed that need not be held open: connection, sign-in, first keyframe with its parameter sets, goodbye. Payload is counted
/// and let go, nothing is decoded (the caller has passed the turnstile): what a picture shows takes a camera's history, which only the continuous watch has.
/// </summary>
internal sealed class QuickCheck(OpenFeed open, WatchSettings watch, JudgeSettings judge, TimeProvider clock, SignIns? signIns = null)
{
    /// <summary>When the first of the refusals in a row came.</summary>
    readonly ConcurrentDictionary<FeedTarget, long> _refusedSince = [];

    public async Task<Checked> Run(FeedTarget target, DeclaredParameters declared, CancellationToken ct, Vouching? vouching = null)
    {
        var outlet = new FeedOutlet(new StreamMeter(), new Fanout());
        try
        {
            await using var feed = await open(target, outlet, null, ct);
            signIns?.Worked(target);
            _refusedSince.TryRemove(target, out _);
            await outlet.Meter.Recognised.WaitAsync(watch.FirstPictureWithin, clock, ct);
            return Weigh(outlet.Meter, declared);
        }
        catch (TimeoutException)
        {
            return outlet.Meter.LastAccessUnitAt is null
                ? new(Verdict.Stalled, Detail.Of(Reason.NoMedia), null) : new(Verdict.NoStream, Detail.Of(Reason.NoKeyframe), null);
        }
        catch (Exception e) when (e is FeedLost || !ct.IsCancellationRequested)
        {
            var lost = e as FeedLost ?? FeedLost.By(e);
            var weighed = await Weigh(target, lost, vouching, ct);
            return new(weighed.Lost.Cause, weighed.Lost.Message, null, weighed.Lost.Answer, weighed.Doubted);
        }
    }

    /// <summary>What opened it is not kept of a camera that is looked at no more.</summary>
    public void Forget(FeedTarget target) => _refusedSince.TryRemove(target, out _);

    /// <summary>As the watch does: a camera whose sessions are used up may say that the password is wrong.</summary>
    async Task<Weighed> Weigh(FeedTarget target, FeedLost lost, Vouching? vouching, CancellationToken ct)
    {
        var now = clock.GetTimestamp();
        var since = lost.Cause == Verdict.AuthFailed ? _refusedSince.GetOrAdd(target, now) : now;
        var weighed = signIns?.Weigh(target, lost, since) ?? new(lost);
        return vouching is not null && weighed.Lost.Cause == Verdict.AuthFailed ? await vouching.Weigh(weighed, ct) : weighed;
    }

    /// <summary>Rates take a window of time and are left to the watch; size, codec and clock are told by the first keyframe.</summary>
    Checked Weigh(StreamMeter meter, DeclaredParameters declared)
    {
        var seen = meter.Measure(1, clock.GetUtcNow());
        var measured = new Measured(seen.Codec?.ToString(), seen.Width, seen.Height, null, null, null, meter.ClockOffsetMs);
        if (CameraJudge.HasOtherFormat(seen, declared)) return new(Verdict.ParameterViolation, CameraJudge.FormatDiffers(seen, declared), measured);
        return meter.ClockOffsetMs is { } offset && Math.Abs(offset) > judge.ClockTolerance.TotalMilliseconds
            ? new(Verdict.ClockSkew, Detail.Of(Reason.ClockOff, Math.Round(offset / 1000, 1)), measured)
            : new(Verdict.Online, Detail.Of(Reason.HealthyMedia), measured);
    }
}
