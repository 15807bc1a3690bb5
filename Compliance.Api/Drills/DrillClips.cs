using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Compliance.Api.Entrance;
using Compliance.Api.Footage;
using Compliance.Api.Vault;
using Compliance.Domain.Alerts;
using Compliance.Domain.Drills;
using Compliance.Domain.Kernel;
using Compliance.Domain.KnownClips;
using Compliance.Hosting;
using Microsoft.AspNetCore.DataProtection;

namespace Compliance.Api.Drills;

/// <summary>
/// The blurred copies that drills show, made of known clips as a box without a network for faces makes them, and sealed in a file of their own. Each lies there while its drill stands on a desk and no longer.
/// </summary>
sealed partial class DrillClips : IDisposable
{
    /// <summary>As the box has it (Compliance.Probe/Eyes): pixels across at most, pictures a second, cells along the shorter side, seconds before and of a clip.</summary>
    const int Widest = 640, Cells = 36, Before = 10, Longest = 30;

    const double Rate = 12.5;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly NamedFiles _files;
    readonly string _folder;
    readonly ILogger _log;

    public DrillClips(DataFolder data, IDataProtectionProvider protection, IEventLog log, ILogger<DrillClips> logger)
    {
        (_folder, _log) = (data.Folder("drill-work"), logger);
        _files = new(data.File("drill-clips.db"), protection, "drill-clip", async (id, ct) => (await log.Load(Drill.Decider, new(Drill.Decider.Category, id), ct)).State is Drill.Open);
        foreach (var left in Directory.EnumerateFiles(_folder)) File.Delete(left); // what a crash left in the clear
    }

    public void Dispose() => _files.Dispose();

    public Task<Answer> Keep(Guid drill, byte[] copy, Func<Task<Answer>> say) => _files.Keep(drill, copy, say);

    public byte[]? Get(Guid drill) => _files.Get(drill);

    public void Erase(Guid drill) => _files.Erase(drill);

    /// <summary>Erases what no drill shows any more.</summary>
    public async Task Sweep(CancellationToken ct)
    {
        foreach (var drill in _files.Kept().ToList()) await _files.Sweep(drill, ct);
    }

    /// <param name="began">When in the clip what was found began, seconds: the copy begins ten before, as an alert's does.</param>
    /// <returns>Null where none could be made.</returns>
    public async Task<(byte[] Mp4, string Sha256, int Seconds)?> Make(byte[] clip, KnownClipEvent.Added card, double began, CancellationToken ct)
    {
        if (Watermark.FormatOf(clip.AsSpan(0, Math.Min(clip.Length, FootageStore.HeadBytes))) is not { Demuxer: var demuxer }) return null;
        var (from, plain, copy) = (Math.Max(0, began - Before), Path.Combine(_folder, $"{Guid.NewGuid():N}.plain"), Path.Combine(_folder, $"{Guid.NewGuid():N}.mp4"));
        try
        {
            await File.WriteAllBytesAsync(plain, clip, ct);
            if (!await Run(How(plain, demuxer, card, from, copy), ct) || new FileInfo(copy) is not { Exists: true, Length: > 0 and <= AlertClip.Largest }) return null;
            var mp4 = await File.ReadAllBytesAsync(copy, ct);
            return (mp4, Convert.ToHexStringLower(SHA256.HashData(mp4)), Math.Max(1, (int)Math.Round(Math.Min(Longest, card.Seconds - from))));
        }
        finally
        {
            File.Delete(plain);
            File.Delete(copy);
        }
    }

    /// <summary>First coarse, by the mean of each cell, then smooth.</summary>
    static string[] How(string plain, string demuxer, KnownClipEvent.Added card, double from, string copy)
    {
        var width = Math.Max(2, Math.Min(Widest, card.Width) / 2 * 2);
        var height = Math.Max(2, (int)Math.Round((double)card.Height * width / card.Width / 2) * 2);
        var cell = Math.Max(1, Math.Min(width, height) / (double)Cells);
        var coarse = (Width: Math.Max(1, (int)(width / cell)), Height: Math.Max(1, (int)(height / cell)));
        return
        [
            "-hide_banner", "-loglevel", "quiet", "-nostdin", "-threads", "1", "-protocol_whitelist", "file", "-format_whitelist", demuxer, "-f", demuxer, "-ss", Said(from), "-t", Said(Longest), "-i", plain,
            "-map", "0:v:0", "-map_metadata", "-1", "-an", "-sn", "-dn",
            "-vf", string.Create(CultureInfo.InvariantCulture, $"fps={Rate},scale={width}:{height},scale={coarse.Width}:{coarse.Height}:flags=area,scale={width}:{height}:flags=bilinear,setsar=1"),
            "-c:v", "libx264", "-preset", "veryfast", "-crf", "26", "-maxrate", "1200k", "-bufsize", "2400k", "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-f", "mp4", "-y", copy,
        ];

        static string Said(double seconds) => seconds.ToString("0.###", CultureInfo.InvariantCulture);
    }

    async Task<bool> Run(string[] how, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            using var child = Process.Start(new ProcessStartInfo("ffmpeg", how))!;
            try
            {
                child.LetOthersFirst();
                await child.WaitForExitAsync(patience.Token);
                return child.ExitCode == 0;
            }
            finally
            {
                if (!child.HasExited) child.Kill();
            }
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            NotMade(_log, e.Message);
            return false;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            NotMade(_log, "it took too long");
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "No copy of a known clip was made for a drill: {Why}")]
    static partial void NotMade(ILogger log, string why);
}
