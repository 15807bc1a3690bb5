using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Compliance.Web.Tests.Fakes;

/// <summary>A process of this house, started as the demo starts it, on a free port; its last words are kept for a failing test.</summary>
sealed class HouseProcess : IAsyncDisposable
{
    static readonly HashSet<int> GivenAway = [];
    readonly Process process;
    readonly Queue<string> said = new();

    HouseProcess(Process process) => this.process = process;

    /// <param name="room">The project, whose output stands beside this test's.</param>
    public static HouseProcess Start(string room, IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var dll = Path.Combine(output.Parent!.Parent!.FullName, room, output.Name, room + ".dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(dll);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = start.Environment["DOTNET_ENVIRONMENT"] = "Demo";
        start.Environment["Logging__LogLevel__Compliance"] = "Information";
        start.Environment["Logging__LogLevel__Default"] = start.Environment["Logging__LogLevel__Microsoft"] = "Warning";
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var house = new HouseProcess(new Process { StartInfo = start });
        house.process.OutputDataReceived += (_, line) => house.Hear(line.Data);
        house.process.ErrorDataReceived += (_, line) => house.Hear(line.Data);
        house.process.Start();
        house.process.BeginOutputReadLine();
        house.process.BeginErrorReadLine();
        return house;
    }

    public int Id => process.Id;
    public bool HasExited => process.HasExited;

    public string LastWords
    {
        get { lock (said) return string.Join('\n', said); }
    }

    /// <summary>Nothing listens on it at any address of this machine, the system gives it to no caller, and nobody here is given it twice.</summary>
    public static int FreePort()
    {
        const int afterWellKnown = 10_000, beforeCallers = 32_768; // Linux: ip_local_port_range
        lock (GivenAway)
        {
            while (true)
            {
                var port = Random.Shared.Next(afterWellKnown, beforeCallers);
                if (IsFree(port) && GivenAway.Add(port)) return port;
            }
        }
    }

    static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Any, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Asks until it answers well; a process that died or is not up in a minute fails the test with its last words.</summary>
    public async Task Answers(string url)
    {
        using var http = new HttpClient();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        do
        {
            if (process.HasExited) throw new InvalidOperationException($"It stopped:\n{LastWords}");
            try
            {
                using var answer = await http.GetAsync(url, patience.Token);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
        while (await again.WaitForNextTickAsync(patience.Token));
    }

    void Hear(string? line)
    {
        if (line is null) return;
        lock (said)
        {
            said.Enqueue(line);
            while (said.Count > 40) said.Dequeue();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
