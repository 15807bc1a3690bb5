using System.Diagnostics;
using VenueSimulator.Load;
using VenueSimulator.Media;

namespace Compliance.Probe.Tests.Simulator;

/// <summary>An RTSP client we did not write: ffmpeg and ffprobe of the machine.</summary>
internal static class ForeignClient
{
    /// <summary>Microseconds; without it these tools wait for a silent server for ever.</summary>
    private const string Patience = "20000000";

    public static void SkipUnlessInstalled() => Assert.SkipUnless(Ffmpeg.IsInstalled, "ffmpeg is not installed");

    /// <summary>Exit code, and "codec|width|height" or the complaint.</summary>
    public static Task<(int Code, string Said)> Describe(Uri url, Login login, string transport = "tcp") => Run("ffprobe",
        "-rtsp_transport", transport, "-timeout", Patience, "-show_entries", "stream=codec_name,width,height", "-of", "compact=p=0:nk=1", WithLogin(url, login));

    /// <summary>Exit code, and nothing when every picture decoded without a flaw.</summary>
    public static Task<(int Code, string Said)> Decode(Uri url, Login login, int pictures) => Run("ffmpeg",
        "-rtsp_transport", "tcp", "-timeout", Patience, "-i", WithLogin(url, login), "-frames:v", $"{pictures}", "-f", "null", "-");

    public static async Task<(int Code, string Said)> Run(string tool, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, ["-v", "error", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var stop = TestContext.Current.CancellationToken;
        var (output, complaint) = (process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
        await process.WaitForExitAsync(stop);
        return (process.ExitCode, $"{await complaint}{await output}".Trim());
    }

    private static string WithLogin(Uri url, Login login) =>
        new UriBuilder(url) { UserName = login.User, Password = Uri.EscapeDataString(login.Password) }.Uri.AbsoluteUri;
}
