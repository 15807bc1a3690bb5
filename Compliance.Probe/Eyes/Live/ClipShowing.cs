using System.Threading.Channels;
using Compliance.Probe.Tell;

namespace Compliance.Probe.Eyes.Live;

/// <summary>What a detector made of a known clip.</summary>
/// <param name="After">Of the clip, when an alert would have begun; null where none would.</param>
/// <param name="Score">Of the windows it would stand on; null where none would.</param>
internal sealed record ShownClip(TimeSpan? After, double? Score, int Analysed, int Skipped);

/// <summary>
/// Plays a clip into a sight beside that of a camera, at the pace of its own time and through the lanes that all cameras share; frames that nobody looks at in time are dropped, as a camera's
/// are. Of the camera's own frames none is replaced, and what is seen here is told as no alert.
/// </summary>
internal static class ClipShowing
{
    const int FramesHeld = 2 * Frame.Rate;

    /// <param name="frames">In their order, timed from the beginning of the clip.</param>
    /// <exception cref="FootageUnreadable">No frame came out of it.</exception>
    public static async Task<ShownClip> Play(IAsyncEnumerable<Frame> frames, ISense sense, SemaphoreSlim lanes, TimeProvider clock, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var coming = Channel.CreateBounded<LiveFrame>(new BoundedChannelOptions(FramesHeld) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        var sight = new Sight([sense]);
        var bringing = Bring(frames, coming.Writer, clock, stop.Token);
        TimeSpan? began = null;
        try
        {
            await foreach (var frame in coming.Reader.ReadAllAsync(ct))
            {
                began ??= frame.Frame.At;
                await lanes.WaitAsync(ct);
                IReadOnlyList<Sighting> news;
                try
                {
                    news = sight.See(frame);
                }
                finally
                {
                    lanes.Release();
                }

                if (news.FirstOrDefault(sighting => !sighting.Alert.Over) is { } found)
                    return Counted(frame.Frame.At + TimeSpan.FromSeconds(1.0 / Frame.Rate) - began.Value, found.Alert.Score);
            }

            await bringing; // whatever broke it is said
            return Counted(null, null);
        }
        finally
        {
            await stop.CancelAsync();
            await bringing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        ShownClip Counted(TimeSpan? after, double? score) => new(after, score, (int)sight.Analysed, (int)sight.Skipped);
    }

    /// <summary>A frame that the decoder gives late delays those behind it, as a camera's would come later: only what nobody looks at in time is dropped.</summary>
    static async Task Bring(IAsyncEnumerable<Frame> frames, ChannelWriter<LiveFrame> to, TimeProvider clock, CancellationToken ct)
    {
        var (due, begun) = (clock.GetUtcNow(), LiveFrame.Time(clock.GetUtcNow()));
        var number = 0L;
        try
        {
            await foreach (var frame in frames.WithCancellation(ct))
            {
                if (due - clock.GetUtcNow() is { Ticks: > 0 } early) await Task.Delay(early, clock, ct);
                to.TryWrite(new(number++, frame with { At = begun + frame.At }));
                due = clock.GetUtcNow() + TimeSpan.FromSeconds(1.0 / Frame.Rate);
            }
        }
        finally
        {
            to.TryComplete();
        }
    }
}
