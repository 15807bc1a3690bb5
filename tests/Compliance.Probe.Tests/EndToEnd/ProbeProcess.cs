using System.Collections.Concurrent;
using System.Diagnostics;

namespace Compliance.Probe.Tests.EndToEnd;

/// <summary>The real probe as a process of its own, impatient enough for a test.</summary>
sealed class ProbeProcess : IDisposable
{
    readonly Process _process;
    readonly ConcurrentQueue<string> _said = [];

    ProbeProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
    }

    public int Id => _process.Id;

    public string Said => string.Join('\n', _said);

    public int CountOf(params string[] words) => _said.Count(line => words.All(word => line.Contains(word, StringComparison.Ordinal)));

    public static ProbeProcess Start(Uri api, string dataDir, params string[] settings) => new(Process.Start(new ProcessStartInfo("bash", ["-c", Tell.SpoolTests.SurvivingFullDisk, "dotnet", typeof(ProbeOptions).Assembly.Location, .. settings])
    {
        RedirectStandardOutput = true,
        Environment =
        {
            ["Logging__LogLevel__Compliance"] = "Debug",
            ["Probe__Api"] = api.ToString(),
            ["Probe__ClientId"] = $"probe-{Guid.Empty}",
            ["Probe__ClientSecret"] = "box-secret",
            ["Probe__DataDir"] = dataDir,
            ["Probe__AllowLoopback"] = "true",
            ["Probe__Proofs__On"] = "false", // the clips of simulated cameras are loops
            ["Probe__AssignmentsEvery"] = "00:00:01",
            ["Probe__HeartbeatEvery"] = "00:00:01",
            ["Probe__MeasurementsEvery"] = "00:00:02",
            ["Probe__Watch__BetweenAttemptsPerHost"] = "00:00:00.05",
            ["Probe__Watch__LongestPause"] = "00:00:01",
            ["Probe__Watch__LongestPauseRefused"] = "00:00:01",
            ["Probe__Look__Every"] = "00:00:01",
            ["Probe__Look__History"] = "2",
            ["Probe__Judge__SuspectAfter"] = "00:00:02",
            ["Probe__Judge__OfflineAfter"] = "00:00:03",
            ["Probe__Judge__FirstHold"] = "00:00:03",
            ["Probe__Judge__Hold"] = "00:00:03",
            ["Probe__Judge__Window"] = "00:00:03",
            ["Probe__Judge__BreachWindows"] = "2",
            ["Probe__Judge__Looks"] = "2",
            ["Probe__Judge__LoopLate"] = "00:00:10",
        },
    })!);

    /// <summary>As a power cut does: no goodbye.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }
}
