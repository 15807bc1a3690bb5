using System.Net.Http.Json;
using System.Text.Json;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>
/// The whole house on free ports, as real processes: API, probe and portal; cameras are the guest's own. Its judge is
/// impatient, or an outage would take half a minute to be held true.
/// </summary>
sealed class House : IAsyncDisposable
{
    public const string Password = "Almaty-2026!";

    readonly string folder = Directory.CreateTempSubdirectory("house-").FullName;
    readonly List<HouseProcess> processes = [];
    readonly HttpClient http = new();

    public string Portal { get; } = $"http://127.0.0.1:{HouseProcess.FreePort()}";
    public string Api { get; } = $"http://127.0.0.1:{HouseProcess.FreePort()}";
    public Guid Probe { get; } = Guid.CreateVersion7();

    /// <summary>Where the probe listens for fire alarm panels.</summary>
    public int PanelPort { get; } = HouseProcess.FreePort();

    /// <summary>The log, for whoever measures when a fact was stored.</summary>
    public string LogFile => Path.Combine(folder, "api", "log.db");

    /// <summary>Of the API, for whoever measures what it spends.</summary>
    public int ApiProcess => processes[0].Id;

    /// <summary>The last lines of every process, for a test that failed.</summary>
    public string LastWords => string.Join("\n---\n", processes.Select(p => p.LastWords));

    static readonly Dictionary<string, string> Impatient = new()
    {
        ["Probe__Judge__FirstHold"] = "00:00:02", ["Probe__Judge__Hold"] = "00:00:03", ["Probe__Judge__SuspectAfter"] = "00:00:02",
        ["Probe__Judge__OfflineAfter"] = "00:00:05", ["Probe__Watch__StaleAfter"] = "00:00:02", ["Probe__Watch__LongestPause"] = "00:00:02", ["Probe__Watch__LongestPauseRefused"] = "00:00:02",
    };

    /// <summary>Where the API's clock stands, in a house that was opened in its past.</summary>
    public string ClockFile => Path.Combine(folder, "clock");

    /// <summary>Without a probe, at the instant that <see cref="ClockFile"/> names.</summary>
    public static async Task<House> OpenAt(DateTimeOffset past)
    {
        var house = new House();
        try
        {
            await File.WriteAllTextAsync(house.ClockFile, past.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
            await house.StartApi(new() { ["Demo__ClockFile"] = house.ClockFile, ["Metronome__Tick"] = "00:00:00.2", ["Probes__PatienceSeconds"] = "100000000", ["RateLimits__Burst"] = "100000" });
            await house.StartPortal();
            return house;
        }
        catch
        {
            await house.DisposeAsync();
            throw;
        }
    }

    /// <summary>API and portal, for whoever speaks as the box, of <see cref="Probe"/>, himself.</summary>
    public static async Task<House> OpenDesk(Dictionary<string, string> settings)
    {
        var house = new House();
        try
        {
            await house.StartApi(new(settings) { ["Probes__NewVenuesTo"] = $"{house.Probe}" });
            await house.StartPortal();
            return house;
        }
        catch
        {
            await house.DisposeAsync();
            throw;
        }
    }

    /// <param name="patient">The judge takes its time, as in earnest.</param>
    public static async Task<House> Open(bool patient = false)
    {
        var house = new House();
        try
        {
            await house.Start(patient ? new() { ["DOTNET_ENVIRONMENT"] = "Production" } : Impatient);
            return house;
        }
        catch
        {
            await house.DisposeAsync();
            throw;
        }
    }

    /// <summary>The API alone, for whoever knocks faster than one may otherwise, and as a box of its own.</summary>
    public static async Task<House> OpenApi(Dictionary<string, string> settings)
    {
        var house = new House();
        try
        {
            await house.StartApi(new(settings) { ["RateLimits__Burst"] = "100000", ["RateLimits__PerSecond"] = "100000" });
            return house;
        }
        catch
        {
            await house.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client of its own that asks as a demo account; its token holds as long as tokens do.</summary>
    public async Task<HttpClient> As(string account) => Bearing(await TokenOf(account));

    /// <summary>The same for a box that was given a secret.</summary>
    public async Task<HttpClient> AsBox(string clientId, string secret)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = clientId, ["client_secret"] = secret, ["scope"] = "api" });
        using var answer = await http.PostAsync(Api + "/connect/token", form);
        answer.EnsureSuccessStatusCode();
        return Bearing((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!);
    }

    HttpClient Bearing(string token) => new() { BaseAddress = new(Api), DefaultRequestHeaders = { Authorization = new("Bearer", token) } };

    async Task Start(Dictionary<string, string> judge)
    {
        await StartApi(new() { ["Probes__NewVenuesTo"] = $"{Probe}" });
        http.DefaultRequestHeaders.Authorization = new("Bearer", await TokenOf("administrator@demo"));
        var enrolled = await Send(HttpMethod.Put, $"/probes/{Probe}", new ProbeCommand.Enrol(Probe, "almaty-1"));
        processes.Add(HouseProcess.Start("Compliance.Probe", new Dictionary<string, string>(judge)
        {
            ["Probe__Api"] = Api, ["Probe__DataDir"] = Path.Combine(folder, "probe"), ["Probe__AllowLoopback"] = "true",
            ["Probe__ClientId"] = enrolled.GetProperty("clientId").GetString()!, ["Probe__ClientSecret"] = enrolled.GetProperty("clientSecret").GetString()!,
            ["Probe__AssignmentsEvery"] = "00:00:01", ["Probe__Panels__Port"] = $"{PanelPort}",
        }));
        await StartPortal();
    }

    Task StartApi(Dictionary<string, string> more) => Run("Compliance.Api", Api + "/health/ready", new(more)
    {
        ["Urls"] = Api, ["Data"] = Path.Combine(folder, "api"), ["Portal__Url"] = Portal, ["Demo__Accounts"] = "true", ["Feeds__AllowLoopback"] = "true",
    });

    Task StartPortal() => Run("Compliance.Web", Portal + "/health/live", new()
    {
        ["Urls"] = Portal, ["Api__Url"] = Api, ["Data"] = Path.Combine(folder, "portal"),
    });

    async Task Run(string room, string health, Dictionary<string, string> settings)
    {
        var process = HouseProcess.Start(room, settings);
        processes.Add(process);
        await process.Answers(health);
    }

    /// <summary>Pulls the plug of the API.</summary>
    public async Task StopApi()
    {
        var api = processes[0];
        processes.Remove(api);
        await api.DisposeAsync();
    }

    async Task<string> TokenOf(string account)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "urn:compliance:demo-account", ["client_id"] = "seeder", ["account"] = account, ["scope"] = "api",
        });
        using var answer = await http.PostAsync(Api + "/connect/token", form);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    /// <summary>A command as the administrator, or as the demo account named.</summary>
    public async Task<JsonElement> Send(HttpMethod method, string path, object command, string? account = null)
    {
        using var request = new HttpRequestMessage(method, Api + path) { Content = JsonContent.Create(command, command.GetType(), options: EventCatalog.Json) };
        if (account is not null) request.Headers.Authorization = new("Bearer", await TokenOf(account));
        using var answer = await http.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {answer.StatusCode} {body}");
        return body.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(body) : default;
    }

    public async Task<T> Get<T>(string path, string account)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Api + path);
        request.Headers.Authorization = new("Bearer", await TokenOf(account));
        using var answer = await http.SendAsync(request);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<T>(EventCatalog.Json))!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(processes)) await process.DisposeAsync();
        http.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
