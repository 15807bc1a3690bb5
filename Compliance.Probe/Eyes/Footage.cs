using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Compliance.Hosting;

namespace Compliance.Probe.Eyes;

/// <summary>
/// Reads any video file as small grey frames at one size and rate, in a child process (<c>ffmpeg</c>): a hostile file crashes the child and nothing else.
/// </summary>
internal static class Footage
{
    /// <summary>A file that gives no frame for so long is given up.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The pixels of an 8K picture; a larger one is refused before memory is spent on it.</summary>
    const int MostPixels = 7680 * 4320;

    /// <summary>Containers only: a playlist or a concat script would make ffmpeg open what it names.</summary>
    const string Containers = "mov,matroska,avi,mpegts,mpeg,flv,asf,ogg,gif,h264,hevc,m4v,mjpeg,mpegvideo,yuv4mpegpipe,ivf,dv,mxf,nut";

    /// <summary>Frames as the detectors of movement want them.</summary>
    /// <exception cref="FootageUnreadable">With a sentence for the person who named the file.</exception>
    public static IAsyncEnumerable<Frame> Frames(string path, CancellationToken ct = default) => Frames(path, Frame.Rate, $"{Frame.StandardWidth}:-2", ct);

    /// <param name="rate">Frames a second.</param>
    /// <param name="size">Width and height as ffmpeg's filter <c>scale</c> wants them.</param>
    /// <exception cref="FootageUnreadable">With a sentence for the person who named the file.</exception>
    public static IAsyncEnumerable<Frame> Frames(string path, double rate, string size, CancellationToken ct = default) => Read(path, rate, size, "gray", false, ct);

    /// <summary>The same with colours, after the luma.</summary>
    /// <param name="isLast">Nobody waits for it: the child lets all others go first.</param>
    public static IAsyncEnumerable<Frame> FramesInColour(string path, double rate, string size, bool isLast = false, CancellationToken ct = default) => Read(path, rate, size, "yuv420p", isLast, ct);

    static async IAsyncEnumerable<Frame> Read(string path, double rate, string size, string format, bool isLast, [EnumeratorCancellation] CancellationToken ct)
    {
        if (!File.Exists(path)) throw new FootageUnreadable("there is no such file");
        if (new FileInfo(path).Length == 0) throw new FootageUnreadable("the file is empty");
        var filter = string.Create(CultureInfo.InvariantCulture, $"fps={rate},scale={size}:flags=area,format={format}");
        using var child = Start(new("ffmpeg",
        [
            "-hide_banner", "-nostdin", "-loglevel", "error", "-threads", "1", "-max_pixels", MostPixels.ToString(CultureInfo.InvariantCulture),
            "-protocol_whitelist", "file", "-format_whitelist", Containers, "-i", $"file:{Path.GetFullPath(path)}",
            "-map", "0:v:0", "-an", "-sn", "-dn", "-vf", filter, "-strict", "-1", "-f", "yuv4mpegpipe", "pipe:1",
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true });
        try
        {
            if (isLast) child.LetOthersFirst();
            var complaint = Complaint(child.StandardError.BaseStream);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await using var output = new BufferedStream(child.StandardOutput.BaseStream, 1 << 16);
            var reader = new FrameReader(output);
            var count = 0;
            for (; ; count++)
            {
                patience.CancelAfter(Patience);
                var frame = await Next(reader, TimeSpan.FromSeconds(count / rate), patience.Token, ct);
                if (frame is null) break;
                yield return frame;
            }

            if (count == 0) throw new FootageUnreadable(Sentence(await complaint));
        }
        finally
        {
            if (!child.HasExited) child.Kill();
        }
    }

    /// <summary>How long a file says it lasts; null where it says nothing.</summary>
    public static async Task<TimeSpan?> Length(string path, CancellationToken ct = default)
    {
        using var child = Start(new("ffprobe", ["-v", "quiet", "-protocol_whitelist", "file", "-format_whitelist", Containers, "-show_entries", "format=duration", "-of", "csv=p=0", $"file:{Path.GetFullPath(path)}"])
        { RedirectStandardOutput = true });
        var said = await child.StandardOutput.ReadToEndAsync(ct).WaitAsync(Patience, ct);
        return double.TryParse(said.Trim(), CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;
    }

    static Process Start(ProcessStartInfo how)
    {
        try
        {
            return Process.Start(how)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new FootageUnreadable("ffmpeg is not installed");
        }
    }

    static async Task<Frame?> Next(FrameReader reader, TimeSpan at, CancellationToken within, CancellationToken ct)
    {
        try
        {
            return await reader.Next(at, within);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new FootageUnreadable($"no frame came for {Patience.TotalSeconds:0} seconds");
        }
    }

    /// <summary>The beginning of what the child complained of; the rest is read and dropped, or it would stand still.</summary>
    static async Task<string> Complaint(Stream errors)
    {
        var (kept, buffer) = (new StringBuilder(), new byte[4096]);
        while (await errors.ReadAsync(buffer) is > 0 and var read)
            if (kept.Length < buffer.Length) kept.Append(Encoding.UTF8.GetString(buffer, 0, read));
        return kept.ToString();
    }

    static string Sentence(string complaint) => complaint switch
    {
        _ when complaint.Contains("moov atom not found", StringComparison.Ordinal) => "its index is missing: the file was cut off, or is no video",
        _ when complaint.Contains("matches no streams", StringComparison.Ordinal) => "there is no picture in the file",
        _ when complaint.Contains("max_pixels", StringComparison.Ordinal) || complaint.Contains("Picture size", StringComparison.Ordinal) => "the picture is larger than 7680x4320",
        _ when complaint.Contains("Invalid data", StringComparison.Ordinal) || complaint.Contains("not in allowed list", StringComparison.Ordinal)
            || complaint.Contains("whitelist", StringComparison.Ordinal) => "this is no video file that can be read",
        _ => "no frame could be decoded",
    };
}
