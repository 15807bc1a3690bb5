using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Compliance.Domain.Footage;
using Compliance.Hosting;

namespace Compliance.Api.Footage;

/// <summary>Burns words into every picture of a video by <c>ffmpeg</c>, where that is installed and the file is one. The original is not touched; it and the copy lie in the clear only while this runs.</summary>
sealed partial class Watermark
{
    /// <summary>A child that got no further for so long has come to nothing; the end of a large file is moved to its front without a word.</summary>
    static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);

    readonly FootageStore _store;
    readonly FootageRules _rules;
    readonly string _folder;

    public Watermark(DataFolder data, FootageStore store, FootageRules rules)
    {
        (_store, _rules, _folder) = (store, rules, data.Folder("footage-work"));
        if (Directory.GetFiles(_folder) is not { Length: > 0 } left) return;
        EndLeftChildren(_folder);
        foreach (var file in left) File.Delete(file); // what a crash left in the clear
    }

    /// <summary>Seals the copy under its id. One that breaks off leaves nothing in the clear.</summary>
    /// <param name="lines">Printed at the lower edge.</param>
    /// <param name="goesOn">Told again and again: how much is done (0 to 1, null before that is known) and how many bytes the copy has; answers why it ends here, null where it goes on.</param>
    public async Task<(StoredFootage? Copy, CopyFailure? Why)> Make(StoredFootage file, Guid copyId, string[] lines, Func<double?, long, CopyFailure?> goesOn, CancellationToken ct)
    {
        if (FormatOf(await _store.Head(file, ct)) is not { Demuxer: var demuxer }) return (null, CopyFailure.NoVideo);
        var (plain, words, marked) = (Path.Combine(_folder, $"{copyId:N}.plain"), Path.Combine(_folder, $"{copyId:N}.txt"), Path.Combine(_folder, $"{copyId:N}.mp4"));
        try
        {
            await using (var clear = new FileStream(plain, FileMode.Create)) await _store.CopyTo(file, clear, ct);
            await File.WriteAllLinesAsync(words, lines, ct);
            if (await Burn(plain, demuxer, words, marked, goesOn, ct) is { } why) return (null, why);
            File.Delete(plain); // gives its place to the sealed copy
            return (await _store.Seal(copyId, file, marked, ct), null);
        }
        catch (IOException) when (!HasRoom)
        {
            return (null, CopyFailure.NoRoom);
        }
        finally
        {
            foreach (var clear in (string[])[plain, words, marked]) File.Delete(clear);
        }
    }

    bool HasRoom => new DriveInfo(_folder).AvailableFreeSpace > 16 << 20;

    /// <summary>
    /// Which demuxer reads it and how such files are called, by its first bytes; null for others. ffmpeg is not left to guess: what somebody sends may be
    /// a playlist that names files of this machine or places in its network.
    /// </summary>
    public static (string Demuxer, string Ending)? FormatOf(ReadOnlySpan<byte> head) => head.Length < FootageStore.HeadBytes ? null
        : head[4..8].SequenceEqual("ftyp"u8) ? ("mov,mp4,m4a,3gp,3g2,mj2", "mp4")
        : head[..4].SequenceEqual((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]) ? ("matroska,webm", "mkv")
        : head[..4].SequenceEqual("RIFF"u8) && head[8..12].SequenceEqual("AVI "u8) ? ("avi", "avi")
        : head[0] == 0x47 ? ("mpegts", "ts") : null;

    /// <summary>Null when it was made.</summary>
    async Task<CopyFailure?> Burn(string plain, string format, string words, string copy, Func<double?, long, CopyFailure?> goesOn, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Idle);
        // The words come from a file and are taken as they are: nothing in them is an instruction to the filter.
        string[] how =
        [
            "-hide_banner", "-loglevel", "info", "-nostats", "-nostdin", "-progress", "pipe:1", "-protocol_whitelist", "file", "-format_whitelist", format, "-f", format, "-i", plain, "-map", "0:v:0", "-map_metadata", "-1",
            "-vf", $"drawtext=textfile={words}:expansion=none:fontcolor=white:fontsize=max(h/32\\,10):box=1:boxcolor=black@0.6:boxborderw=6:x=8:y=h-th-12", "-threads", "1", "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-f", "mp4", "-y", copy,
        ];
        try
        {
            using var child = Process.Start(new ProcessStartInfo(_rules.Ffmpeg, how) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            child.LetOthersFirst();
            try
            {
                var length = new TaskCompletionSource<double>();
                var complaints = LengthSaid(child.StandardError, length, patience.Token);
                if (await Follow(child.StandardOutput, length.Task, goesOn, () => patience.CancelAfter(Idle), patience.Token) is { } why) return why;
                var isVideo = await complaints;
                await child.WaitForExitAsync(patience.Token);
                return child.ExitCode == 0 && new FileInfo(copy) is { Exists: true, Length: > 0 and var bytes } ? goesOn(1, bytes) : !HasRoom ? CopyFailure.NoRoom : isVideo ? CopyFailure.Broken : CopyFailure.NoVideo;
            }
            finally
            {
                if (!child.HasExited) child.Kill(entireProcessTree: true);
                await child.WaitForExitAsync(CancellationToken.None); // what it writes is deleted next
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return CopyFailure.NoFfmpeg;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return CopyFailure.Stalled;
        }
    }

    /// <summary>Reads what <c>-progress</c> says, a block of <c>key=value</c> each half second, until the child closes it.</summary>
    /// <param name="alive">It got further.</param>
    static async Task<CopyFailure?> Follow(StreamReader said, Task<double> length, Func<double?, long, CopyFailure?> goesOn, Action alive, CancellationToken ct)
    {
        var (done, bytes, last) = (0.0, 0L, (-1.0, -1L));
        while (await said.ReadLineAsync(ct) is { } line)
        {
            if (line.Split('=', 2) is not [var key, var value]) continue;
            if (key == "out_time_us" && long.TryParse(value, CultureInfo.InvariantCulture, out var micros)) done = Math.Max(0, micros / 1e6);
            else if (key == "total_size" && long.TryParse(value, CultureInfo.InvariantCulture, out var size)) bytes = size;
            else if (key == "progress")
            {
                if (last != (done, bytes)) alive();
                last = (done, bytes);
                double? share = length.IsCompletedSuccessfully && length.Result > 0 ? Math.Clamp(done / length.Result, 0, 1) : null;
                if (goesOn(share, bytes) is { } why) return why;
            }
        }

        return null;
    }

    /// <summary>How long the file says it lasts, and whether there is video in it; all else that ffmpeg says is let go.</summary>
    static async Task<bool> LengthSaid(StreamReader complaints, TaskCompletionSource<double> length, CancellationToken ct)
    {
        var isVideo = false;
        while (await complaints.ReadLineAsync(ct) is { } line)
        {
            isVideo |= Picture.IsMatch(line);
            if (!length.Task.IsCompleted && Duration.Match(line) is { Success: true } match && TimeSpan.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out var lasts)) length.TrySetResult(lasts.TotalSeconds);
        }

        return isVideo;
    }

    [GeneratedRegex(@"^  Stream #0:\d+.*: Video: ")]
    private static partial Regex Picture { get; }

    [GeneratedRegex(@"^  Duration: (\d\d:\d\d:\d\d\.\d+),")]
    private static partial Regex Duration { get; }

    /// <summary>A child outlives an API that was killed, and would go on writing: it is known by the folder it was told to write to.</summary>
    static void EndLeftChildren(string folder)
    {
        if (!Directory.Exists("/proc")) return;
        foreach (var one in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(one), CultureInfo.InvariantCulture, out var id)) continue;
            try
            {
                if (!File.ReadAllText(Path.Combine(one, "cmdline")).Split('\0').Any(word => word.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) && word.EndsWith(".mp4", StringComparison.Ordinal))) continue;
                using var child = Process.GetProcessById(id);
                child.Kill();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException or ArgumentException or System.ComponentModel.Win32Exception)
            {
                // It has ended, or is somebody else's.
            }
        }
    }
}
