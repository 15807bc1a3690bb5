using System.Diagnostics;
using System.Security.Cryptography;
using Compliance.Domain.Probes;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Eyes.Live;

/// <summary>A piece of video as a file.</summary>
/// <param name="Sha256">Hexadecimal in small letters.</param>
internal sealed record Clip(byte[] Mp4, string Sha256, int Seconds);

/// <summary>Turns access units into an MP4 in a child process (<c>ffmpeg</c>). Pictures are copied as the camera coded them; only where that is too much to send are they made smaller.</summary>
internal static class Clips
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    static readonly string[] Copied = ["-c", "copy"];

    /// <summary>About 1.2 Mbit/s: half a minute is some five megabytes.</summary>
    static readonly string[] Smaller = ["-vf", "scale='min(854,iw)':-2", "-c:v", "libx264", "-preset", "veryfast", "-b:v", "1200k", "-maxrate", "1200k", "-bufsize", "2400k", "-pix_fmt", "yuv420p", "-threads", "1"];

    /// <summary>Null where nothing that can be shown came of it.</summary>
    /// <param name="folder">Where the file lies while it is made; it is gone afterwards.</param>
    /// <param name="largest">Bytes.</param>
    public static async Task<Clip?> Of(IReadOnlyList<AccessUnit> units, string folder, long largest, CancellationToken ct)
    {
        if (units.Count == 0) return null;
        var mp4 = await Mux(units, folder, Copied, ct);
        if (mp4?.LongLength > largest) mp4 = await Mux(units, folder, Smaller, ct);
        return mp4 is { Length: > 0 } && mp4.LongLength <= largest
            ? new(mp4, Convert.ToHexStringLower(SHA256.HashData(mp4)), (int)Math.Ceiling((units[^1].At - units[0].At).TotalSeconds)) : null;
    }

    static async Task<byte[]?> Mux(IReadOnlyList<AccessUnit> units, string folder, string[] how, CancellationToken ct)
    {
        var path = Path.Combine(folder, $"{Guid.NewGuid():N}.clip");
        string[] tag = units[0].Codec == VideoCodec.H265 && how == Copied ? ["-tag:v", "hvc1"] : [];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            using var child = Process.Start(new ProcessStartInfo("ffmpeg",
                ["-hide_banner", "-loglevel", "quiet", "-f", "mpegts", "-i", "pipe:0", "-map", "0:v:0", .. how, .. tag, "-movflags", "+faststart", "-f", "mp4", "-y", path]) { RedirectStandardInput = true })!;
            try
            {
                var stream = new TransportStream(units[0].Codec);
                foreach (var unit in units) await child.StandardInput.BaseStream.WriteAsync(stream.Write(unit), patience.Token);
                child.StandardInput.Close();
                await child.WaitForExitAsync(patience.Token);
            }
            finally
            {
                if (!child.HasExited) child.Kill();
            }

            return File.Exists(path) ? await File.ReadAllBytesAsync(path, ct) : null;
        }
        catch (Exception e) when (e is IOException or System.ComponentModel.Win32Exception || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
