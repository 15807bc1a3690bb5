using System.Globalization;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Eyes.Faces;
using Compliance.Probe.Look;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Judge;

/// <summary>The outlet of a feed that is open already, to the same stream as the same user; null when there is none.</summary>
internal delegate FeedOutlet? FindOpenFeed(FeedTarget target);

/// <summary>
/// Tries a camera out once, as far as it gets: connection, keyframe, some seconds of measured media, a picture that decodes, kept where one is asked for. Where
/// we watch that stream already it looks through the connection that stands: cameras allow few sessions.
/// </summary>
internal sealed class FeedCheck(OpenFeed open, FindOpenFeed find, Decoder decoder, TimeProvider clock, HideFaces? hide = null)
{
    static readonly TimeSpan KeyframeWithin = TimeSpan.FromSeconds(10);
    const int MeasureSeconds = 3;

    public async Task<FeedTestResult> Run(FeedTarget target, CancellationToken ct, bool withStill = true, bool blurred = false)
    {
        var steps = new List<FeedTestStep>();
        var begun = clock.GetTimestamp();
        void Done(string name, string detail) => steps.Add(new(name, true, Elapsed(begun), detail));

        var standing = find(target);
        var outlet = standing ?? new FeedOutlet(new StreamMeter(), new Fanout());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var keyframe = outlet.Fanout.NextKeyframe(stop.Token);
        try
        {
            await using var feed = standing is null ? await open(target, outlet, Done, ct) : null;
            if (feed is null) foreach (var name in FeedTestStep.Names.TakeWhile(name => name != "keyframe")) Done(name, "watched already");
            var picture = await Within(keyframe, KeyframeWithin, Reason.NoKeyframe, ct);
            Done("keyframe", string.Create(CultureInfo.InvariantCulture, $"{picture.AnnexB.Length} bytes"));
            var measured = await Measure(outlet.Meter, feed, ct);
            Done("measure", string.Create(CultureInfo.InvariantCulture, $"{measured.Fps:0.0} frames a second"));
            var still = await decoder.Still(picture, ct);
            if (still is null && !await decoder.IsWell(picture.Codec, ct)) throw new FeedLost(Verdict.NoStream, Reason.ProbeFault, nameof(Decoder));
            if (still is not null && !withStill) return new(Verdict.Online, "", measured, null, steps);
            var isWhole = blurred;
            if (still is not null && blurred) still = Glimpse.Of(still);
            else if (still is not null && hide is not null) (still, isWhole) = hide(still);
            steps.Add(new("still", still is not null, Elapsed(begun), still is null ? "the keyframe does not decode" : ""));
            return new(still is null ? Verdict.NoStream : Verdict.Online, still is null ? Detail.Of(Reason.KeyframeUndecodable, picture.AnnexB.Length) : "", measured, still is null ? null : Convert.ToBase64String(still), steps) { IsBlurred = isWhole };
        }
        catch (Exception e) when (e is FeedLost || !ct.IsCancellationRequested)
        {
            var lost = e as FeedLost ?? FeedLost.By(e);
            steps.Add(new(Next(steps), false, Elapsed(begun), lost.Message));
            return new(lost.Cause, lost.Message, null, null, steps);
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    async Task<Measurement> Measure(StreamMeter meter, IFeed? feed, CancellationToken ct)
    {
        for (var left = MeasureSeconds * 3; left > 0; left--)
        {
            if (meter.Measure(MeasureSeconds, clock.GetUtcNow()) is { WindowSeconds: >= MeasureSeconds } full) return full;
            if (feed?.Lost is { } lost) throw lost;
            await Task.Delay(TimeSpan.FromMilliseconds(500), clock, ct);
        }

        throw new FeedLost(Verdict.Stalled, Reason.NoMedia);
    }

    async Task<T> Within<T>(Task<T> task, TimeSpan limit, Reason otherwise, CancellationToken ct)
    {
        try
        {
            return await task.WaitAsync(limit, clock, ct);
        }
        catch (TimeoutException)
        {
            throw new FeedLost(Verdict.Stalled, otherwise);
        }
    }

    static string Next(List<FeedTestStep> steps) => FeedTestStep.Names[Math.Min(steps.Count, FeedTestStep.Names.Count - 1)];

    double Elapsed(long begun) => Math.Round(clock.GetElapsedTime(begun).TotalMilliseconds);
}
