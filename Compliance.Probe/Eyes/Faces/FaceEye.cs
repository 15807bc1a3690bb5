using System.Threading.Channels;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Tell;
using Compliance.Probe.Watch.Rtp;
using OpenCvSharp;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>Compares the faces that one camera sees with the lists of the operations that name it, for as long as it may. A frame that nobody looks at in time is dropped, and counted.</summary>
/// <param name="lists">Held and wiped by others; each one that the recogniser was measured for.</param>
internal sealed class FaceEye(Guid device, Fanout fanout, IReadOnlyList<HeldList> lists, FaceMeans means)
{
    const int FramesHeld = 3;

    public string Key { get; } = KeyOf(lists);

    public long Judged { get; private set; }

    /// <summary>Frames that were looked at so far, and those that came and nobody looked at.</summary>
    public long Analysed => Volatile.Read(ref _analysed);

    public long Skipped => Volatile.Read(ref _skipped);

    /// <summary>The number of the frame that it is done with; 0 before the first.</summary>
    internal long Last => Volatile.Read(ref _last);

    long _analysed, _skipped, _last;

    public static string KeyOf(IEnumerable<HeldList> lists) => string.Join(';', lists.OrderBy(list => list.OperationId).Select(list => $"{list.OperationId:N}:{list.Version}"));

    /// <summary>Until it is stopped, or the camera is let go.</summary>
    public async Task Run(CancellationToken ct)
    {
        using var coded = fanout.Tap("faces", fromNow: true, atOnce: true);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var frames = Channel.CreateBounded<LiveFrame>(new BoundedChannelOptions(FramesHeld) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, Forget);
        var looking = Look(frames.Reader, stop.Token);
        var gaps = new Gaps();
        var decoding = means.Decode(coded.Units(stop.Token), frame =>
        {
            frame = gaps.Of(frame, frame.Before);
            if (frame.Number % FaceMeans.EachFrame != 0 || !frames.Writer.TryWrite(frame)) Forget(frame);
        }, stop.Token);
        try
        {
            await await Task.WhenAny(decoding, looking);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // It may look no longer.
        }
        finally
        {
            await stop.CancelAsync();
            await decoding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            frames.Writer.TryComplete();
            await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (frames.Reader.TryRead(out var left)) Forget(left);
        }
    }

    static void Forget(LiveFrame frame) => Array.Clear(frame.Frame.Luma);

    async Task Look(ChannelReader<LiveFrame> frames, CancellationToken ct)
    {
        var watched = new WatchedFaces([.. lists.SelectMany(list => list.Faces, (list, face) => new ListedTemplate(list.OperationId, face.EntryId, face.Template, list.ThresholdBy(means.Recogniser!.Thresholds)!.Value))]);
        using var tracks = new FaceTracks(means.Finder!, means.Recogniser!, watched);
        var away = 0L;
        await foreach (var frame in frames.ReadAllAsync(ct))
        {
            // Numbers go on with the camera's time: a gap is what was dropped here or in the decoder, or what the camera did not send.
            var gap = Math.Max(0, ((frame.Number - (Last == 0 ? frame.Number : Last) - (frame.Away - away)) / FaceMeans.EachFrame) - 1);
            var skipped = gap > MostCounted ? 0 : (int)gap;
            away = frame.Away;
            await means.Lanes.WaitAsync(ct);
            try
            {
                using var picture = frame.Frame.Bgr();
                foreach (var candidate in tracks.See(picture, frame.Frame.At, skipped)) means.Tell(new(candidate.Likeness.OperationId, device, candidate, means.Told(candidate.Likeness.Threshold)));
                picture.SetTo(Scalar.All(0));
                Judged = tracks.Judged;
            }
            finally
            {
                means.Lanes.Release();
                Forget(frame);
                Count(frame.Number, skipped);
            }
        }
    }

    /// <summary>What is missing for longer was not skipped: the numbers began anew.</summary>
    const int MostCounted = 60 * Frame.Rate / FaceMeans.EachFrame;

    void Count(long number, int skipped)
    {
        Volatile.Write(ref _analysed, _analysed + 1);
        Volatile.Write(ref _skipped, _skipped + skipped);
        Volatile.Write(ref _last, number);
        ProbeMeasures.FramesAnalysed.Add(1);
        if (skipped > 0) ProbeMeasures.FramesSkipped.Add(skipped);
    }
}
