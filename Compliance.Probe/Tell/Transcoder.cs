using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Compliance.Domain.Probes;
using Compliance.Hosting;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Tell;

/// <summary>
/// H.265 as H.264 in a child process (<c>ffmpeg</c>), for browsers that decode nothing else. It costs a part of a core, so only while somebody looks, and the screen says so.
/// No more run at once than there are cores, and all others go before them; who comes then waits for his turn, and his screen says after some seconds that nothing comes.
/// A picture bears the instant at which its like was received; where the camera sends pictures out of order, that of a neighbour.
/// </summary>
internal static class Transcoder
{
    /// <summary>One picture at its worst; a child that writes more without an end is given up.</summary>
    const int Longest = 4 << 20;

    /// <summary>A unit ends where the next one begins: each is preceded by a delimiter (ITU-T H.264, 7.3.2.4).</summary>
    static readonly byte[] Delimiter = [0, 0, 0, 1, 9];

    static readonly SemaphoreSlim Places = new(Environment.ProcessorCount);

    /// <param name="places">For so many at once; null: those of this box.</param>
    public static async IAsyncEnumerable<AccessUnit> ToH264(IAsyncEnumerable<AccessUnit> units, [EnumeratorCancellation] CancellationToken ct, SemaphoreSlim? places = null)
    {
        var turn = places ?? Places;
        await turn.WaitAsync(ct);
        try
        {
            await foreach (var unit in Run(units, ct)) yield return unit;
        }
        finally
        {
            turn.Release();
        }
    }

    static async IAsyncEnumerable<AccessUnit> Run(IAsyncEnumerable<AccessUnit> units, [EnumeratorCancellation] CancellationToken ct)
    {
        using var child = Start();
        child.LetOthersFirst();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var received = new ConcurrentQueue<DateTimeOffset>();
        var feeding = Feed(child, units, received, stop.Token);
        try
        {
            DateTimeOffset at = default;
            await foreach (var unit in Split(child.StandardOutput.BaseStream, stop.Token))
            {
                if (received.TryDequeue(out var next)) at = next;
                yield return new(VideoCodec.H264, IsKeyframe(unit), (uint)(at.ToUnixTimeMilliseconds() * 90), at, unit);
            }
        }
        finally
        {
            await stop.CancelAsync();
            if (!child.HasExited) child.Kill();
            await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    static async Task Feed(Process child, IAsyncEnumerable<AccessUnit> units, ConcurrentQueue<DateTimeOffset> received, CancellationToken ct)
    {
        try
        {
            var stream = new TransportStream(VideoCodec.H265);
            await foreach (var unit in units.WithCancellation(ct))
            {
                if (unit.Codec != VideoCodec.H265) break; // the camera was set anew: whoever looks asks again
                received.Enqueue(unit.At);
                await child.StandardInput.BaseStream.WriteAsync(stream.Write(unit), ct);
                await child.StandardInput.BaseStream.FlushAsync(ct);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The child is gone; what it wrote until then is all there is.
        }

        child.StandardInput.Close();
    }

    static async IAsyncEnumerable<byte[]> Split(Stream stream, [EnumeratorCancellation] CancellationToken ct)
    {
        var (held, length) = (new byte[64 << 10], 0);
        for (var searched = 1; ; )
        {
            int next;
            while (length > searched && (next = held.AsSpan(searched, length - searched).IndexOf(Delimiter)) >= 0)
            {
                var end = searched + next;
                yield return held[..end];
                held.AsSpan(end, length - end).CopyTo(held);
                (length, searched) = (length - end, 1);
            }

            searched = Math.Max(1, length - Delimiter.Length + 1);
            if (length == Longest) yield break;
            if (length == held.Length) Array.Resize(ref held, Math.Min(2 * held.Length, Longest));
            if (await stream.ReadAsync(held.AsMemory(length), ct) is not (> 0 and var read)) break;
            length += read;
        }

        if (length > 0) yield return held[..length];
    }

    /// <summary>It holds a slice of an instantaneous decoding refresh.</summary>
    static bool IsKeyframe(ReadOnlySpan<byte> unit)
    {
        for (var at = 0; at + 3 < unit.Length; at++)
            if (unit[at] == 0 && unit[at + 1] == 0 && unit[at + 2] == 1 && (unit[at + 3] & 31) == 5) return true;
        return false;
    }

    static Process Start() => Process.Start(new ProcessStartInfo("ffmpeg",
    [
        "-hide_banner", "-loglevel", "quiet", "-threads", "1", "-flags", "low_delay", "-probesize", "1880", "-analyzeduration", "0", "-f", "mpegts", "-i", "pipe:0", "-map", "0:v:0",
        "-an", "-vf", "scale='min(1280,iw)':-2", "-vsync", "passthrough", "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-threads", "1", "-pix_fmt", "yuv420p", "-g", "50",
        "-bsf:v", "h264_metadata=aud=insert", "-flush_packets", "1", "-f", "h264", "pipe:1",
    ])
    { RedirectStandardInput = true, RedirectStandardOutput = true })!;
}
