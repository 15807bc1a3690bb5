using System.Diagnostics;
using System.Globalization;
using Compliance.Domain.Probes;
using Compliance.Probe.Tell;
using Compliance.Probe.Watch.Rtp;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Eyes.Live;

/// <summary>
/// Decodes one camera as it comes, in a child process (<c>ffmpeg</c>) that hands back frames at one size and rate, like <see cref="Footage"/> does of files.
/// A child that a hostile stream crashes, or that hangs, is replaced after a pause and takes nothing with it;
/// pictures of a shape that no detector can look at end it (<see cref="FootageUnreadable"/>).
/// </summary>
internal sealed partial class LiveDecoder(TimeProvider clock, ILogger<LiveDecoder> log)
{
    const int MostPixels = 7680 * 4320;

    /// <summary>A step of the camera's ticks beyond this is a new beginning and no pause in the picture.</summary>
    static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(2), DeepestReorder = TimeSpan.FromSeconds(1);

    /// <summary>A child that takes no bytes, or gives no frame for what it took, for so long hangs.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30), LongRun = TimeSpan.FromMinutes(1);

    /// <summary>What movement is looked for in.</summary>
    static readonly string Small = string.Create(CultureInfo.InvariantCulture, $"scale={Frame.StandardWidth}:-2:flags=area,format=gray");

    /// <summary>What faces are looked for in: no larger than a face can be found in.</summary>
    const string Large = "scale='min(1280,iw)':-2:flags=area,format=yuv420p";

    public Task Run(IAsyncEnumerable<AccessUnit> units, Action<LiveFrame> seen, CancellationToken ct) => Run(units, Small, seen, ct);

    /// <summary>The same in colour and large.</summary>
    public Task RunLarge(IAsyncEnumerable<AccessUnit> units, Action<LiveFrame> seen, CancellationToken ct) => Run(units, Large, seen, ct);

    async Task Run(IAsyncEnumerable<AccessUnit> units, string picture, Action<LiveFrame> seen, CancellationToken ct)
    {
        await using var coming = units.GetAsyncEnumerator(ct);
        AccessUnit? next = null;
        var before = Gap.Late;
        for (var failures = 0; ;)
        {
            if (next is not { Keyframe: true } first)
            {
                if (!await coming.MoveNextAsync()) return;
                next = coming.Current;
                continue;
            }

            var began = clock.GetTimestamp();
            (next, var ended, var fault) = await RunOnce(first, before, coming, picture, seen, ct);
            if (ended) return;
            before = fault is null ? Gap.Away : Gap.Broken;
            if (fault is null) continue;
            if (clock.GetElapsedTime(began) > LongRun) failures = 0;
            ProbeMeasures.DecodersReplaced.Add(1);
            if (failures++ == 0) Broke(log, fault);
            var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures - 1, 6)));
            await Task.Delay(pause < LongestPause ? pause : LongestPause, clock, ct);
        }
    }

    /// <summary>One child, from a keyframe on.</summary>
    /// <param name="before">Why there is nothing right before it.</param>
    /// <returns>The unit that begins anew, whether there are no more, and what went wrong.</returns>
    static async Task<(AccessUnit? Next, bool Ended, string? Fault)> RunOnce(AccessUnit first, Gap before, IAsyncEnumerator<AccessUnit> coming, string picture, Action<LiveFrame> seen, CancellationToken ct)
    {
        var (stream, clockwork) = (new TransportStream(first.Codec), new FrameClock(first));
        Process child;
        try
        {
            child = Start(picture);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (null, false, e.Message);
        }

        using var _ = child;
        FootageUnreadable? refused = null;
        var reading = Look();
        try
        {
            for (var unit = first; ;)
            {
                clockwork.Note(stream.Place(unit), unit.At);
                using (var patience = CancellationTokenSource.CreateLinkedTokenSource(ct))
                {
                    patience.CancelAfter(Patience);
                    await child.StandardInput.BaseStream.WriteAsync(stream.Write(unit), patience.Token);
                    await child.StandardInput.BaseStream.FlushAsync(patience.Token);
                }

                if (reading.IsCompleted) return refused is null ? (null, false, "the decoder ended") : throw refused;
                if (clockwork.Behind > Patience) return (null, false, "no frame comes out of the decoder");
                AccessUnit? next = await coming.MoveNextAsync() ? coming.Current : null;
                if (next is null || next.Codec != first.Codec || stream.After(next) > LongestStep || stream.After(next) < -DeepestReorder)
                {
                    child.StandardInput.Close();
                    await reading.WaitAsync(Patience, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    return (next, next is null, null);
                }

                unit = next;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return refused is null ? (null, false, "the decoder takes nothing any more") : throw refused;
        }
        finally
        {
            if (!child.HasExited) child.Kill();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task Look()
        {
            try
            {
                await Read(child, clockwork, before, seen);
            }
            catch (FootageUnreadable shape)
            {
                refused = shape;
                child.Kill(); // nobody reads what it writes
            }
        }
    }

    static async Task Read(Process child, FrameClock clockwork, Gap before, Action<LiveFrame> seen)
    {
        await using var output = new BufferedStream(child.StandardOutput.BaseStream, 1 << 16);
        var reader = new FrameReader(output);
        for (var n = 0L; await reader.Next(clockwork.At(n), CancellationToken.None) is { } frame; n++) seen(new(clockwork.First + n, frame with { At = clockwork.At(n) }) { Before = n == 0 ? before : Gap.Late });
    }

    static Process Start(string picture) => Process.Start(new ProcessStartInfo("ffmpeg",
    [
        "-hide_banner", "-loglevel", "quiet", "-threads", "1", "-flags", "low_delay", "-probesize", "1880", "-analyzeduration", "0",
        "-max_pixels", MostPixels.ToString(CultureInfo.InvariantCulture), "-f", "mpegts", "-i", "pipe:0", "-map", "0:v:0", "-filter_threads", "1",
        "-vf", string.Create(CultureInfo.InvariantCulture, $"fps={Frame.Rate},{picture}"),
        "-vsync", "passthrough", "-flush_packets", "1", "-strict", "-1", "-f", "yuv4mpegpipe", "pipe:1",
    ])
    { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    [LoggerMessage(LogLevel.Warning, "A decoder of the detectors is replaced: {Why}")]
    static partial void Broke(ILogger log, string why);
}
