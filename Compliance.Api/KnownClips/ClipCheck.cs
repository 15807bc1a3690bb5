using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Compliance.Api.Footage;
using Compliance.Domain.Kernel;
using Compliance.Domain.KnownClips;

namespace Compliance.Api.KnownClips;

/// <summary>What a file turned out to be when it was decoded.</summary>
sealed record CheckedClip(double Seconds, int Width, int Height);

/// <summary>
/// Decodes what somebody brings once, whole, in a child process, so that no box is sent what it could not play. The demuxer is named by the file's first bytes: ffmpeg is not left to guess,
/// for what somebody sends may be a playlist that names other files.
/// </summary>
sealed class ClipCheck : IDisposable
{
    /// <summary>Pictures a second that are counted, and their bytes: as small as a picture can be.</summary>
    const int Rate = 10, Small = 16, PictureBytes = Small * Small;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    static readonly Refusal Unreadable = new("knownclip.unreadable", "This is no video, or a damaged one.", "file");

    readonly string _folder;
    readonly SemaphoreSlim _one = new(1);

    public ClipCheck(DataFolder data)
    {
        _folder = data.Folder("known-clip-work");
        foreach (var left in Directory.EnumerateFiles(_folder)) File.Delete(left); // what a crash left in the clear
    }

    public void Dispose() => _one.Dispose();

    public async Task<(CheckedClip? Clip, Refusal? Refusal)> Look(byte[] file, CancellationToken ct)
    {
        if (file.Length is 0 or > KnownClip.Largest) return (null, new("knownclip.file-size", $"A clip has from 1 byte to {KnownClip.Largest >> 20} MiB.", "file"));
        if (Watermark.FormatOf(file.AsSpan(0, Math.Min(file.Length, FootageStore.HeadBytes))) is not { Demuxer: var demuxer }) return (null, Unreadable);
        var path = Path.Combine(_folder, $"{Guid.NewGuid():N}.clip");
        await _one.WaitAsync(ct); // one after the other: the desks' own work goes first
        try
        {
            await File.WriteAllBytesAsync(path, file, ct);
            if (await SizeOf(path, demuxer, ct) is not { } size) return (null, Unreadable);
            if (size.Width > KnownClip.Widest || size.Height > KnownClip.Highest) return (null, new("knownclip.picture-size", $"A clip's picture has at most {KnownClip.Widest} by {KnownClip.Highest} pixels; this has {size.Width} by {size.Height}.", "file"));
            return await SecondsOf(path, demuxer, ct) is not { } seconds ? (null, Unreadable)
                : seconds is < KnownClip.Shortest or > KnownClip.Longest ? (null, new("knownclip.length", $"A clip lasts from {KnownClip.Shortest} to {KnownClip.Longest} seconds.", "file"))
                : (new(seconds, size.Width, size.Height), null);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (null, new("knownclip.no-decoder", "ffmpeg is not installed on the server: no clip can be checked."));
        }
        finally
        {
            File.Delete(path);
            _one.Release();
        }
    }

    static async Task<(int Width, int Height)?> SizeOf(string path, string demuxer, CancellationToken ct)
    {
        var (whole, said) = await Ask("ffprobe", ["-v", "error", "-protocol_whitelist", "file", "-format_whitelist", demuxer, "-f", demuxer, "-select_streams", "v:0", "-show_entries", "stream=width,height", "-of", "json", path], 1 << 16, ct);
        if (!whole) return null;
        try
        {
            using var json = JsonDocument.Parse(said);
            return json.RootElement.GetProperty("streams") is { ValueKind: JsonValueKind.Array } streams && streams.GetArrayLength() > 0
                ? (streams[0].GetProperty("width").GetInt32(), streams[0].GetProperty("height").GetInt32()) : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>By the pictures that come out, not by what the file says of itself; a second more than is allowed is enough to know. Null where the decoder complains.</summary>
    static async Task<double?> SecondsOf(string path, string demuxer, CancellationToken ct)
    {
        string[] how =
        [
            "-hide_banner", "-nostdin", "-v", "error", "-xerror", "-threads", "1", "-max_pixels", (KnownClip.Widest * KnownClip.Highest).ToString(CultureInfo.InvariantCulture),
            "-protocol_whitelist", "file", "-format_whitelist", demuxer, "-f", demuxer, "-t", (KnownClip.Longest + 1).ToString(CultureInfo.InvariantCulture), "-i", path, "-map", "0:v:0", "-an", "-sn", "-dn",
            "-vf", string.Create(CultureInfo.InvariantCulture, $"fps={Rate},scale={Small}:{Small},format=gray"), "-f", "rawvideo", "pipe:1",
        ];
        var (whole, pictures) = await Ask("ffmpeg", how, (KnownClip.Longest + 2) * Rate * PictureBytes, ct);
        return whole && pictures.Length >= PictureBytes ? (double)(pictures.Length / PictureBytes) / Rate : null;
    }

    /// <summary>What a child wrote, up to so many bytes, and whether it ended well.</summary>
    static async Task<(bool Whole, byte[] Said)> Ask(string program, string[] how, int most, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        using var child = Process.Start(new ProcessStartInfo(program, how) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var complaint = child.StandardError.BaseStream.CopyToAsync(Stream.Null, patience.Token);
            using var said = new MemoryStream();
            var buffer = new byte[1 << 14];
            while (await child.StandardOutput.BaseStream.ReadAsync(buffer, patience.Token) is > 0 and var read && said.Length < most) said.Write(buffer, 0, read);
            if (said.Length >= most) return (true, said.ToArray()); // longer than anything that is allowed
            await complaint;
            await child.WaitForExitAsync(patience.Token);
            return (child.ExitCode == 0, said.ToArray());
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (false, []);
        }
        finally
        {
            if (!child.HasExited) child.Kill();
        }
    }
}
