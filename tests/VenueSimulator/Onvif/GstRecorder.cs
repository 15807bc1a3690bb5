using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using VenueSimulator.Load;

namespace VenueSimulator.Onvif;

/// <summary>GStreamer's own ONVIF replay in a process of its own (gst_recorder.py): what replays was not written by us. It ends when we close its standard input.</summary>
internal sealed class GstRecorder : IRecorder
{
    private readonly Process process;

    private GstRecorder(Process process, int port) => (this.process, Url) = (process, new($"rtsp://127.0.0.1:{port}/replay"));

    public Uri Url { get; }

    /// <param name="clip">H.264 in Annex B, of which every second begins with a keyframe.</param>
    /// <param name="fps">Its pictures a second.</param>
    /// <param name="login">Whom it lets in.</param>
    public static async Task<GstRecorder> Start(string clip, double fps, Login login)
    {
        var process = Process.Start(new ProcessStartInfo("/usr/bin/python3",
            [Path.Combine(AppContext.BaseDirectory, "gst_recorder.py"), clip, fps.ToString(CultureInfo.InvariantCulture), login.User, login.Password])
        { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginErrorReadLine();
        return (await process.StandardOutput.ReadLineAsync())?.Split(' ') is ["ready", var port]
            ? new(process, int.Parse(port, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException("GStreamer's RTSP server did not start; are python3-gi and gir1.2-gst-rtsp-server-1.0 installed?");
    }

    public async Task Hold(Recorded recorded)
    {
        var now = TimeProvider.System.GetUtcNow();
        var there = new { from = (now - recorded.Depth).ToUnixTimeSeconds(), until = now.ToUnixTimeSeconds(), gaps = recorded.Gaps.Select(gap => new[] { gap.From.ToUnixTimeSeconds(), gap.Until.ToUnixTimeSeconds() }) };
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(there));
        await process.StandardInput.FlushAsync();
        if (await process.StandardOutput.ReadLineAsync() != "recorded")
        {
            throw new InvalidOperationException("GStreamer's recorder is gone.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
