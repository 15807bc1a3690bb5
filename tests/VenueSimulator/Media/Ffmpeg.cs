using System.Diagnostics;

namespace VenueSimulator.Media;

/// <summary>Calls the ffmpeg of the machine.</summary>
public static class Ffmpeg
{
    /// <summary>Whether ffmpeg and ffprobe are installed here.</summary>
    public static bool IsInstalled { get; } = Array.TrueForAll(["ffmpeg", "ffprobe"], tool =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool))));

    /// <summary>Runs to the end; what ffmpeg complains about is in the exception.</summary>
    /// <param name="arguments">Without the program's name.</param>
    /// <param name="stop">Kills it.</param>
    /// <param name="feed">Writes what ffmpeg reads from pipe:0.</param>
    internal static async Task Run(IEnumerable<string> arguments, CancellationToken stop, Func<Stream, Task>? feed = null)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardInput = true,
        })!;
        try
        {
            var complaint = process.StandardError.ReadToEndAsync(stop);
            if (feed is not null)
            {
                await feed(process.StandardInput.BaseStream);
            }

            process.StandardInput.Close();
            await process.WaitForExitAsync(stop);
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"ffmpeg failed: {await complaint}");
            }
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
