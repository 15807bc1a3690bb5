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

    /// <summary>Whether Debian's GStreamer RTSP server and its Python bindings are installed here.</summary>
    public static bool IsInstalled => installed.Value;

    private static readonly Lazy<bool> installed = new(() =>
    {
        const string import = "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import GstRtspServer";
        if (!File.Exists("/usr/bin/python3"))
        {
            return false;
        }

        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-W", "ignore", "-c", import]) { RedirectStandardError = true })!;
        python.WaitForExit();
        return python.ExitCode == 0;
    });

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

    public Uri Url(string camera) => new($"rtsp://127.0.0.1:{Port}/{camera}");

    /// <summary>From now on this, and only this, is wrong with the camera. A fault that this server cannot have is an error.</summary>
    public async Task Inject(string camera, Faults faults)
    {
        var known = Faults.None with
        {
            Cut = faults.Cut, Missing = faults.Missing, Clip = faults.Clip, Fps = faults.Fps, Stalled = faults.Stalled, Frozen = faults.Frozen, Starved = faults.Starved,
            SessionLimit = faults.SessionLimit, SessionLimitStatus = faults.SessionLimitStatus, Password = faults.Password, ClockSkew = faults.ClockSkew,
        };
        if (faults != known || faults is { SessionLimit: not null, SessionLimitStatus: not (453 or 503) } or { SessionLimit: 0, SessionLimitStatus: 503 })
        {
            throw new ArgumentException("GStreamer's server knows no such fault.", nameof(faults));
        }

        await Put($"/faults/{camera}", new()
        {
            ["cut"] = faults.Cut, ["missing"] = faults.Missing, ["clip"] = faults.Clip, ["fps"] = faults.Fps, ["stalled"] = faults.Stalled, ["frozen"] = faults.Frozen, ["starved"] = faults.Starved,
            ["sessions"] = faults.SessionLimit, ["status"] = faults.SessionLimitStatus, ["password"] = faults.Password, ["skew"] = faults.ClockSkew.TotalSeconds,
        });
    }

    /// <summary>Teaches a camera one clip more, which <see cref="Faults.Clip"/> may then name.</summary>
    /// <param name="camera">The camera's path.</param>
    /// <param name="name">The clip's name.</param>
    /// <param name="file">Annex B; .h265 where it is.</param>
    public Task Learn(string camera, string name, string file) => Put($"/clips/{camera}/{name}", new() { ["file"] = file });

    /// <summary>How many sessions it holds, of all its cameras.</summary>
    public async Task<int> Sessions() => int.Parse(await control.GetStringAsync(new Uri("/sessions", UriKind.Relative)), System.Globalization.CultureInfo.InvariantCulture);

    // Not PutAsJsonAsync: Python's server wants a length.
    private async Task Put(string path, Dictionary<string, object?> wish)
    {
        using var body = new StringContent(JsonSerializer.Serialize(wish));
        using var answer = await control.PutAsync(new Uri(path, UriKind.Relative), body);
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
