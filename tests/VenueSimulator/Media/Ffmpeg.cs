using System.Diagnostics;

namespace VenueSimulator.Media;

/// <summary>Calls the ffmpeg of the machine.</summary>
public static class Ffmpeg
{
    /// <summary>Whether ffmpeg and ffprobe are installed here.</summary>
    public static bool IsInstalled { get; } = Array.TrueForAll(["ffmpeg", "ffprobe"], tool =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool))));

    /// <summary>Runs to the end; what ffmpeg complains about is in the exception.</summary>
    public static async Task Run(IEnumerable<string> arguments, CancellationToken stop)
    {
        using var process = Start(arguments);
        try
        {
            var complaint = await process.StandardError.ReadToEndAsync(stop);
            await process.WaitForExitAsync(stop);
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"ffmpeg failed: {complaint}");
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

    private static Process Start(IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-nostdin", .. arguments]) { RedirectStandardError = true })!;
}
