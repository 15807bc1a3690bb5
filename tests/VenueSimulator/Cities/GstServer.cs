using System.Diagnostics;
using System.Text.Json;
using VenueSimulator.Load;

namespace VenueSimulator.Cities;

/// <summary>One camera as gst_city.py takes it.</summary>
internal sealed record GstCamera(string Path, string User, string Password, IReadOnlyDictionary<string, string> Clips, IReadOnlyList<string>? Live = null);

/// <summary>GStreamer's RTSP server in a process of its own (gst_city.py). It ends when we close its standard input, also when we are killed.</summary>
internal sealed class GstServer : IAsyncDisposable
{
    private readonly Process process;
    private readonly HttpClient control;

    private GstServer(Process process, int port, int controlPort)
    {
        (this.process, Port) = (process, port);
        control = new() { BaseAddress = new($"http://127.0.0.1:{controlPort}") };
    }

    public int Port { get; }

    /// <param name="host">Address to listen at.</param>
    /// <param name="port">0 takes any free port.</param>
    /// <param name="fps">Pictures a second of healthy cameras.</param>
    /// <param name="cameras">What to serve.</param>
    /// <param name="config">Where to leave the settings for the process.</param>
    public static async Task<GstServer> Start(string host, int port, double fps, IReadOnlyList<GstCamera> cameras, string config)
    {
        await File.WriteAllTextAsync(config, JsonSerializer.Serialize(new { host, port, control = 0, fps, cameras }, JsonSerializerOptions.Web));
        var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "gst_city.py"), config])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["TZ"] = "Asia/Almaty" },
        })!;
        return (await process.StandardOutput.ReadLineAsync())?.Split(' ') is ["ready", var rtsp, var http]
            ? new(process, int.Parse(rtsp, null), int.Parse(http, null))
            : throw new InvalidOperationException($"GStreamer's RTSP server did not start at {host}:{port}; see above. Are python3-gi and gir1.2-gst-rtsp-server-1.0 installed, and is the port free?");
    }

    /// <summary>It knows <see cref="Faults.Cut"/>, <see cref="Faults.Clip"/> and <see cref="Faults.Fps"/>; any other fault is an error.</summary>
    public async Task Inject(string camera, Faults faults)
    {
        if (faults != Faults.None with { Cut = faults.Cut, Clip = faults.Clip, Fps = faults.Fps })
        {
            throw new ArgumentException("GStreamer's server knows no such fault.", nameof(faults));
        }

        // Not PutAsJsonAsync: Python's server wants a length.
        using var body = new StringContent(JsonSerializer.Serialize(new { faults.Cut, faults.Clip, faults.Fps }, JsonSerializerOptions.Web));
        using var answer = await control.PutAsync(new Uri($"/faults/{camera}", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>As when the recorder loses its power: no goodbye, and nobody listens any more.</summary>
    public void Kill() => process.Kill(entireProcessTree: true);

    public async ValueTask DisposeAsync()
    {
        control.Dispose();
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
