using System.Diagnostics;

namespace Compliance.Probe.Tests.Eyes;

/// <summary>Small files made with ffmpeg.</summary>
static class Footages
{
    /// <param name="how">Arguments of ffmpeg before the name of the file.</param>
    public static async Task Make(string path, string how, CancellationToken ct)
    {
        using var child = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-y", .. how.Split(' '), path]) { RedirectStandardError = true })!;
        var said = await child.StandardError.ReadToEndAsync(ct);
        await child.WaitForExitAsync(ct);
        Assert.True(child.ExitCode == 0, said);
    }
}
