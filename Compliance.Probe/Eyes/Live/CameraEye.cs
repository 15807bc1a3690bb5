using System.Threading.Channels;
using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Probe.Tell;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Eyes.Live;

/// <summary>
/// Watches one camera for as long as it may: access units become frames, frames what moved, and each of its senses makes alerts of that; beside it the last seconds are kept for a clip.
/// Frames that nobody looks at in time are dropped, the oldest first, and counted. The connection and the verdicts are never held up.
/// </summary>
/// <param name="fanout">The stream that police see: clips are cut from it.</param>
/// <param name="sub">The smaller one, where there is one.</param>
internal sealed class CameraEye(Guid device, Fanout fanout, OpenSubStream? sub, IReadOnlyList<ISense> senses, EyesMeans means)
{
    const int FramesHeld = 2 * Frame.Rate;

    /// <summary>A keyframe comes within so long, mostly.</summary>
    static readonly TimeSpan BeforeClip = TimeSpan.FromSeconds(12);

    readonly Sight _sight = new(senses);
    readonly UnitRing _ring = new(means.Settings.ClipBefore + means.Settings.ClipAfter + BeforeClip, (long)means.Settings.RingMegabytes << 20);
    readonly Dictionary<AlertKind, AlertTelling> _standing = [];

    public long Analysed => _sight.Analysed;

    public long Skipped => _sight.Skipped;

    /// <summary>Frames that this machine could not keep up with.</summary>
    public long Late => _sight.Late;

    /// <summary>How often its senses judged so far.</summary>
    public long Judged => _sight.Judged;

    public bool Has(Detector detector) => senses.Any(sense => sense.Detector == detector);

    /// <summary>The same sense beside the one that looks; null where there is none, or it cannot be tried so.</summary>
    public ISense? Beside(Detector detector) => senses.FirstOrDefault(sense => sense.Detector == detector)?.Beside();

    /// <summary>Until it is stopped, or the camera is let go.</summary>
    public async Task Run(CancellationToken ct)
    {
        using var stream = new EyeStream(device, fanout, sub, means);
        using var kept = fanout.Tap("clips", fromNow: true);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var frames = Channel.CreateBounded<LiveFrame>(new BoundedChannelOptions(FramesHeld) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        var (keeping, choosing, looking) = (Keep(kept, stop.Token), stream.Run(stop.Token), Look(frames.Reader, ct));
        var decoding = Decode(stream, frames.Writer, stop.Token);
        try
        {
            // Whoever of the two breaks ends the other: an eye that is blind does not pass for one that sees.
            await await Task.WhenAny(decoding, looking);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // It may watch no longer.
        }
        finally
        {
            await stop.CancelAsync();
            await decoding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            frames.Writer.TryComplete();
            await Task.WhenAll(keeping, choosing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await looking;
        foreach (var ended in _sight.Rest()) Turn(ended, ct);
    }

    async Task Decode(EyeStream stream, ChannelWriter<LiveFrame> frames, CancellationToken ct)
    {
        var (gaps, turned, lost) = (new Gaps(), false, 0L);
        for (; stream.Next(ct) is { } units; turned = true)
        {
            var first = turned;
            await means.Decode(units, Take, ct);

            void Take(LiveFrame frame)
            {
                // A hole that a decoder too slow left is the machine's, and none of the camera's.
                var dropped = stream.Dropped;
                var because = first ? Gap.Away : frame.Before == Gap.Away && dropped > lost ? Gap.Late : frame.Before;
                if (because != Gap.Late || frame.Before != Gap.Late) lost = dropped;
                frames.TryWrite(gaps.Of(frame, because));
                first = false;
            }
        }
    }

    async Task Keep(Tap kept, CancellationToken ct)
    {
        await foreach (var unit in kept.Units(ct)) _ring.Add(unit);
    }

    async Task Look(ChannelReader<LiveFrame> frames, CancellationToken ct)
    {
        await foreach (var frame in frames.ReadAllAsync(CancellationToken.None))
        {
            if (ct.IsCancellationRequested) return;
            await means.Lanes.WaitAsync(CancellationToken.None);
            IReadOnlyList<Sighting> news;
            var (analysed, skipped) = (Analysed, Skipped);
            try
            {
                news = _sight.See(frame);
            }
            finally
            {
                means.Lanes.Release();
            }

            ProbeMeasures.FramesAnalysed.Add(Analysed - analysed);
            if (Skipped > skipped) ProbeMeasures.FramesSkipped.Add(Skipped - skipped);
            foreach (var sighting in news) Turn(sighting, ct);
        }
    }

    void Turn(Sighting sighting, CancellationToken ct)
    {
        if (!sighting.Alert.Over) _standing[sighting.Alert.Kind] = new(device, sighting, _ring, means, ct);
        else if (_standing.Remove(sighting.Alert.Kind, out var telling)) telling.Ended(sighting);
    }
}
