using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>The README's own <c>./run demo</c>, on ports and in a folder of its own.</summary>
sealed class Demo : IDisposable
{
    const int Interrupt = 2, Terminate = 15;
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    readonly HttpClient http = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("demo-").FullName;
    public Uri Portal { get; } = new($"http://127.0.0.1:{HouseProcess.FreePort()}");
    public Uri Api { get; } = new($"http://127.0.0.1:{HouseProcess.FreePort()}");
    public Uri FirstRecorder { get; } = new($"rtsp://127.0.0.11:{HouseProcess.FreePort()}");

    /// <summary>Everything it says until it is ready or has ended.</summary>
    public async Task<(Process Script, string Said, bool IsReady)> Start(params string[] options)
    {
        // Whoever runs the tests in the background has children that know no interrupt, and no shell can trap what it was told to ignore.
        var script = Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", "bash", Path.Combine(Repo.Root, "run"), "demo", "--no-build", "--night", "off", .. options])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder,
            Environment =
            {
                ["PORTAL_URL"] = $"{Portal}".TrimEnd('/'), ["API_URL"] = $"{Api}".TrimEnd('/'), ["RTSP_PORT"] = $"{FirstRecorder.Port}", ["DATA"] = Path.Combine(Folder, "data"),
                ["Probes__PatienceSeconds"] = "3", ["Probe__HeartbeatEvery"] = "00:00:01", // or a restart would be too short a silence to count
            },
        })!;
        var said = new List<string>();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            while (await script.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                said.Add(line);
                if (line == "ready") return (script, string.Join('\n', said), true);
            }

            said.Add(await script.StandardError.ReadToEndAsync(patience.Token));
        }
        catch (OperationCanceledException)
        {
            said.Add($"and nothing more in {Patience.TotalMinutes} minutes.");
        }

        return (script, string.Join('\n', said), false);
    }

    /// <summary>Ctrl-C reaches it as an interrupt, a supervisor's stop as a termination.</summary>
    public static async Task<int> Stop(Process script, bool byInterrupt)
    {
        using var kill = Process.Start("kill", [byInterrupt ? $"-{Interrupt}" : $"-{Terminate}", $"{script.Id}"]);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await script.WaitForExitAsync(patience.Token);
        return script.ExitCode;
    }

    /// <summary>Processes that carry its folder in their command line or environment.</summary>
    public IReadOnlyList<string> Left() =>
    [
        .. Directory.EnumerateDirectories("/proc").Where(process => int.TryParse(Path.GetFileName(process), out _))
            .Select(process => Read(Path.Combine(process, "cmdline")) + Read(Path.Combine(process, "environ"))).Where(text => text.Contains(Folder, StringComparison.Ordinal)),
    ];

    public static bool Listens(Uri place)
    {
        try
        {
            using var client = new TcpClient(place.Host, place.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public async Task<IReadOnlyList<VenueCard>> Venues() => (await Ask<Many<VenueCard>>("venues")).Items;

    public Task<DeviceCard[]> Devices(Guid venue) => Ask<DeviceCard[]>($"venues/{venue}/devices");

    public async Task<IReadOnlyList<T>> Rows<T>(string path, string account) => (await Ask<Many<T>>(path, account)).Items;

    public Task<DeviceTimeline[]> Timelines(Guid venue) => Ask<DeviceTimeline[]>($"venues/{venue}/timeline");

    async Task<T> Ask<T>(string path, string account = "inspector@demo")
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "urn:compliance:demo-account", ["client_id"] = "seeder", ["account"] = account, ["scope"] = "api",
        });
        using var signedIn = await http.PostAsync(new Uri(Api, "connect/token"), form);
        var token = (await signedIn.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Api, path)) { Headers = { Authorization = new("Bearer", token) } };
        using var answer = await http.SendAsync(request);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<T>(EventCatalog.Json))!;
    }

    /// <summary>Empty for a process that has just ended or is not ours to look at.</summary>
    static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    public void Dispose()
    {
        http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    sealed record Many<T>(IReadOnlyList<T> Items);
}
