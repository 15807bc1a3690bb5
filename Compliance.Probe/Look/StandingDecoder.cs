using System.Diagnostics;
using Compliance.Domain.Probes;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Look;

/// <summary>
/// A decoder (<c>ffmpeg</c>) that stays from batch to batch: its start costs as much as twenty pictures. Behind each batch it is given a small picture of our own, the mark,
/// several times: the decoder holds some pictures back, and what comes out before the first new mark is the batch. One that does not keep to that is killed.
/// </summary>
internal sealed class StandingDecoder(VideoCodec codec, byte[] mark) : IDisposable
{
    /// <summary>More than a decoder holds back.</summary>
    const int Marks = 8;

    /// <summary>A decoder may leak: it is exchanged after so many batches.</summary>
    const int MostBatches = 500;

    /// <summary>Ends the picture before it: without one the parser waits for the next.</summary>
    readonly byte[] _end = codec == VideoCodec.H264 ? [0, 0, 0, 1, 9, 0xF0] : [0, 0, 0, 1, 0x46, 1, 0x50];

    Process? _child;
    byte[] _mark = [];
    int _outstanding, _batches;

    /// <summary>
    /// The pictures that came of these keyframes, of which none holds more than one (<see cref="OnePicture"/>), in their order. Null when not exactly as many came, or not in time: then the decoder is gone, for nothing of it may stand
    /// where another camera's picture belongs. A camera that sends the mark itself is found so.
    /// </summary>
    public async Task<IReadOnlyList<GrayPicture>?> Gray(IReadOnlyList<ReadOnlyMemory<byte>> keyframes, CancellationToken ct)
    {
        var feeding = Task.CompletedTask;
        try
        {
            if (_child is null || _batches++ >= MostBatches) await Begin(ct);
            var before = _outstanding;
            feeding = Feed(keyframes, ct);
            var pictures = new List<GrayPicture>(keyframes.Count);
            for (var seen = 0; seen <= before && pictures.Count <= keyframes.Count;)
            {
                var luma = await Next(ct);
                if (luma.AsSpan().SequenceEqual(_mark)) (seen, _outstanding) = (seen + 1, _outstanding - 1);
                else pictures.Add(new(luma));
            }

            if (pictures.Count == keyframes.Count)
            {
                await feeding;
                return pictures;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // It is gone, or takes too long over these pictures.
        }

        End();
        await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
        return null;
    }

    public void Dispose() => End();

    async Task Begin(CancellationToken ct)
    {
        End();
        (_child, _batches) = (Process.Start(new ProcessStartInfo("ffmpeg",
        [
            "-hide_banner", "-loglevel", "quiet", "-threads", "1", "-flags", "low_delay", "-fflags", "nobuffer", "-probesize", "32", "-analyzeduration", "0", "-f", codec == VideoCodec.H264 ? "h264" : "hevc", "-i", "pipe:0",
            "-filter_threads", "1", "-vf", $"scale={GrayPicture.Width}:{GrayPicture.Height}:flags=area,format=gray", "-autoscale", "0", "-pix_fmt", "gray", "-vsync", "passthrough", "-flush_packets", "1", "-f", "rawvideo", "pipe:1",
        ])
        { RedirectStandardInput = true, RedirectStandardOutput = true })!, 0);
        await Feed([], ct);
        _mark = await Next(ct);
        _outstanding--;
    }

    async Task Feed(IReadOnlyList<ReadOnlyMemory<byte>> keyframes, CancellationToken ct)
    {
        var input = _child!.StandardInput.BaseStream;
        _outstanding += Marks;
        foreach (var keyframe in keyframes)
        {
            await input.WriteAsync(keyframe, ct);
            await input.WriteAsync(_end, ct);
        }

        for (var n = 0; n < Marks; n++)
        {
            await input.WriteAsync(mark, ct);
            await input.WriteAsync(_end, ct);
        }

        await input.FlushAsync(ct);
    }

    async Task<byte[]> Next(CancellationToken ct)
    {
        var luma = new byte[GrayPicture.Bytes];
        await _child!.StandardOutput.BaseStream.ReadExactlyAsync(luma, ct);
        return luma;
    }

    void End()
    {
        if (_child is null) return;
        if (!_child.HasExited) _child.Kill();
        _child.StandardOutput.Dispose();
        _child.StandardInput.BaseStream.Dispose(); // nothing of it is flushed into a pipe that nobody reads
        _child.Dispose();
        (_child, _outstanding) = (null, 0);
    }
}
