using System.Diagnostics;
using System.Globalization;

namespace VenueSimulator.Pictures;

/// <summary>
/// Clips of real cameras that lie beside the repository, where there are any: <c>footage/calm</c> (people walking) and <c>footage/fight</c> (two seconds each, with
/// and without a fight). Nothing in them was tampered with, so whatever a picture test says of them is a false alarm.
/// </summary>
public static class RealFootage
{
    /// <summary>Null where there are none.</summary>
    public static string? Folder { get; } = FindFolder(AppContext.BaseDirectory);

    /// <summary>Calm clips a picture in seven seconds, as a camera is looked at; the short ones five pictures a second.</summary>
    public static IEnumerable<(string File, double PicturesASecond)> Clips => Folder is null ? [] :
    [
        .. Directory.EnumerateFiles(Path.Combine(Folder, "calm"), "*.mp4").Order(StringComparer.Ordinal).Select(file => (file, 1.0 / 7)),
        .. Directory.EnumerateFiles(Path.Combine(Folder, "fight", "clips"), "*.mp4").Order(StringComparer.Ordinal).Select(file => (file, 5.0)),
    ];

    /// <summary>Gray pictures of this size, one after the other.</summary>
    public static async Task<IReadOnlyList<byte[]>> Gray(string file, double picturesASecond, int width, int height, CancellationToken stop = default)
    {
        using var child = Process.Start(new ProcessStartInfo(
            "ffmpeg",
            [
                "-v", "error", "-i", file, "-vf", string.Create(CultureInfo.InvariantCulture, $"fps={picturesASecond},scale={width}:{height}:flags=area"), "-pix_fmt", "gray", "-f", "rawvideo", "pipe:1",
            ]) { RedirectStandardOutput = true })!;
        using var raw = new MemoryStream();
        await child.StandardOutput.BaseStream.CopyToAsync(raw, stop);
        await child.WaitForExitAsync(stop);
        var all = raw.ToArray();
        return [.. Enumerable.Range(0, all.Length / (width * height)).Select(i => all[(i * width * height)..((i + 1) * width * height)])];
    }

    static string? FindFolder(string? from)
    {
        for (var folder = from is null ? null : new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "shared", "footage") is var there && Directory.Exists(Path.Combine(there, "calm")) && Directory.Exists(Path.Combine(there, "fight", "clips"))) return there;
        }

        return null;
    }
}
