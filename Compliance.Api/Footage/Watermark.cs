using System.Diagnostics;
using System.Security.Cryptography;

namespace Compliance.Api.Footage;

/// <summary>A copy with its recipient burnt in, and where it lies until it was handed over.</summary>
/// <param name="Why">Why there is none; null where there is one.</param>
sealed record MarkedCopy(string? Path, string? Sha256, string? Why) : IDisposable
{
    public void Dispose()
    {
        if (Path is not null) File.Delete(Path);
    }
}

/// <summary>Burns words into every picture of a video by <c>ffmpeg</c>, where that is installed and the file is one. The original is not touched, and lies in the clear only while this runs.</summary>
sealed class Watermark : IDisposable
{
    const string NoVideo = "not a video that ffmpeg reads";

    readonly FootageStore _store;
    readonly FootageRules _rules;
    readonly string _folder;
    readonly SemaphoreSlim _one = new(1);

    public Watermark(DataFolder data, FootageStore store, FootageRules rules)
    {
        (_store, _rules, _folder) = (store, rules, data.Folder("footage-work"));
        foreach (var left in Directory.EnumerateFiles(_folder)) File.Delete(left); // what a crash left in the clear
    }

    public void Dispose() => _one.Dispose();

    /// <param name="lines">Printed at the lower edge.</param>
    public async Task<MarkedCopy> Of(StoredFootage file, string[] lines, CancellationToken ct)
    {
        if (FormatOf(await _store.Head(file, ct)) is not { Demuxer: var demuxer }) return new(null, null, NoVideo);
        if (file.Bytes > (long)_rules.MarkMegabytes << 20) return new(null, null, "larger than copies are made of");
        var (plain, words, copy) = (Path.Combine(_folder, $"{Guid.NewGuid():N}.plain"), Path.Combine(_folder, $"{Guid.NewGuid():N}.txt"), Path.Combine(_folder, $"{Guid.NewGuid():N}.mp4"));
        await _one.WaitAsync(ct); // one after the other: the desk's own work goes first
        try
        {
            await using (var clear = new FileStream(plain, FileMode.CreateNew)) await _store.CopyTo(file, clear, ct);
            await File.WriteAllLinesAsync(words, lines, ct);
            if (await Burn(plain, demuxer, words, copy, ct) is { } why)
            {
                File.Delete(copy);
                return new(null, null, why);
            }

            await using var made = File.OpenRead(copy);
            return new(copy, Convert.ToHexStringLower(await SHA256.HashDataAsync(made, ct)), null);
        }
        catch
        {
            File.Delete(copy);
            throw;
        }
        finally
        {
            File.Delete(plain);
            File.Delete(words);
            _one.Release();
        }
    }

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
    async Task<string?> Burn(string plain, string format, string words, string copy, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(_rules.MarkSeconds));
        // The words come from a file and are taken as they are: nothing in them is an instruction to the filter.
        string[] how =
        [
            "-hide_banner", "-loglevel", "quiet", "-nostdin", "-protocol_whitelist", "file", "-format_whitelist", format, "-f", format, "-i", plain, "-map", "0:v:0", "-map_metadata", "-1",
            "-vf", $"drawtext=textfile={words}:expansion=none:fontcolor=white:fontsize=max(h/32\\,10):box=1:boxcolor=black@0.6:boxborderw=6:x=8:y=h-th-12", "-threads", "1", "-fs", $"{2L * _rules.MarkMegabytes << 20}", "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-f", "mp4", "-y", copy,
        ];
        try
        {
            using var child = Process.Start(new ProcessStartInfo("ffmpeg", how))!;
            try
            {
                await child.WaitForExitAsync(patience.Token);
                return child.ExitCode == 0 && new FileInfo(copy) is { Exists: true, Length: > 0 } ? null : NoVideo;
            }
            finally
            {
                if (!child.HasExited) child.Kill();
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "ffmpeg is not installed";
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return "it would have taken too long";
        }
    }
}
