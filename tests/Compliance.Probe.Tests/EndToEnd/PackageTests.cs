using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Tests.Tell;

namespace Compliance.Probe.Tests.EndToEnd;

/// <summary>
/// The package of a box: built, unpacked and run as its unit runs it, and swapped for another over the same data. The program is the real one,
/// framework-dependent here, because a package that brings its own .NET takes a minute to build.
/// </summary>
public sealed class PackageTests : IDisposable
{
    const string Older = "1.0.0", Newer = "2.34.5", Code = "ABCD-EFGH-JKLM";
    readonly Folder _folder = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_box_that_is_swapped_for_another_version_stays_who_it_is_keeps_what_waits_and_tells_nothing_twice()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/dpkg-deb"), "dpkg-deb is not installed.");
        await using var api = await FakeApi.Start();
        var taken = new ConcurrentQueue<Guid>();
        (api.GoodCode, api.Refuse) = (Code, observation => { taken.Enqueue(observation.Id); return null; });
        AssignedCamera first = Camera(1), second = Camera(2);
        api.Assignments = new(Guid.Empty, "1", [first]);
        var (older, newer) = (await Unpacked(Older, "--from", Path.GetDirectoryName(typeof(ProbeOptions).Assembly.Location)!), await Unpacked(Newer, "--version", Newer));
        Directory.CreateDirectory(_folder["data"]);
        await File.WriteAllTextAsync(CodeFile, Code + "\n", Ct);

        string identity;
        VerdictObserved told, waiting;
        await using (Run(older, api))
        {
            await Heard(api, Older);
            Assert.False(File.Exists(CodeFile));
            await Cameras.Until(() => Of(api, first) is { } verdict && taken.Contains(verdict.Id));
            told = Of(api, first)!;
            api.AnswersLost = int.MaxValue;
            api.Assignments = new(Guid.Empty, "2", [first, second]);
            await Cameras.Until(() => Of(api, second) is not null);
            waiting = Of(api, second)!;
            identity = await File.ReadAllTextAsync(_folder["data/identity.json"], Ct);
        }

        Assert.Contains(told.Id, taken);
        Assert.DoesNotContain(waiting.Id, taken);
        api.AnswersLost = 0;
        await using (Run(newer, api))
        {
            await Heard(api, Newer);
            await Cameras.Until(() => taken.Contains(waiting.Id) && api.Heartbeats.Last() is { Version: Newer, SpoolDepth: 0, Watching: 2 });
        }

        await using (Run(older, api))
            await Cameras.Until(() => api.Heartbeats.Last().Version == Older);

        Assert.Equal(identity, await File.ReadAllTextAsync(_folder["data/identity.json"], Ct));
        // What is on its way when the program ends may come once more, under the same id; what was settled does not.
        Assert.Single(taken, told.Id);
        Assert.Single(taken, waiting.Id);
        var box = Assert.Single(api.Enrolments);
        using var key = ECDsa.Create();
        key.ImportFromPem(box.PublicKey);
        var parts = api.Assertion!.Split('.');
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256));
    }

    [Fact]
    public async Task Systemd_takes_the_unit_and_finds_it_well_locked_in()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "systemd-analyze is not installed.");
        // Where the package is not installed the program of the unit is not there: another stands in for it.
        var unit = (await File.ReadAllTextAsync(Path.Combine(Packaging, "compliance-probe.service"), Ct)).Replace("/usr/lib/compliance-probe/Compliance.Probe", "/bin/true", StringComparison.Ordinal);
        await File.WriteAllTextAsync(_folder["compliance-probe.service"], unit, Ct);
        var (rc, said) = await Try("systemd-analyze", "verify", "--man=no", _folder["compliance-probe.service"]);
        Assert.Equal((0, ""), (rc, string.Join('\n', said.Split('\n').Where(line => line.Contains("compliance-probe", StringComparison.Ordinal)))));
        (rc, said) = await Try("systemd-analyze", "security", "--offline=true", "--threshold=20", _folder["compliance-probe.service"]);
        Assert.True(rc == 0, said);
    }

    [Fact]
    public async Task What_lies_in_its_memory_reaches_no_disk()
    {
        var unit = await File.ReadAllLinesAsync(Path.Combine(Packaging, "compliance-probe.service"), Ct);
        Assert.All(["LimitCORE=0", "MemorySwapMax=0"], line => Assert.Contains(line, unit[Array.IndexOf(unit, "[Service]")..]));
    }

    public void Dispose() => _folder.Dispose();

    string CodeFile => _folder["data/enrolment-code"];

    static string Packaging => Path.Combine(Root(), "Compliance.Probe", "Package");

    static VerdictObserved? Of(FakeApi api, AssignedCamera camera) => api.Verdicts.FirstOrDefault(v => v.DeviceId == camera.DeviceId && v.Verdict == Verdict.Unreachable);

    static Task Heard(FakeApi api, string version) => Cameras.Until(() => api.Heartbeats.Any(beat => beat.Version == version));

    /// <summary>Nobody listens there.</summary>
    static AssignedCamera Camera(int n) => new(new Guid(n, 0, 0, new byte[8]), Guid.Empty, new($"rtsp://127.0.0.{n}:9/1"), null, null, new(0, 0, 0, null));

    async Task<string> Unpacked(string version, params string[] how)
    {
        var (rc, said) = await Try(Path.Combine(Packaging, "pack"), ["--quick", "--out", _folder["packages"], .. how]);
        Assert.True(rc == 0, said);
        var place = _folder[version];
        (rc, said) = await Try("dpkg-deb", "-x", _folder[$"packages/compliance-probe_{version}_amd64.deb"], place);
        Assert.True(rc == 0, said);
        return place;
    }

    /// <summary>As the unit starts it: its program, its settings, those of the package's file, and those that make a test short.</summary>
    Box Run(string place, FakeApi api)
    {
        var unit = File.ReadAllLines(Path.Combine(place, "usr/lib/systemd/system/compliance-probe.service"));
        var start = new ProcessStartInfo(place + unit.Single(line => line.StartsWith("ExecStart=", StringComparison.Ordinal))["ExecStart=".Length..]) { WorkingDirectory = "/", RedirectStandardOutput = true };
        var settings = unit.Where(line => line.StartsWith("Environment=", StringComparison.Ordinal)).Select(line => line["Environment=".Length..])
            .Concat(File.ReadAllLines(Path.Combine(place, "etc/compliance-probe/probe.env")).Where(line => line.Contains('=') && line[0] != '#'));
        foreach (var pair in settings.Select(line => line.Split('=', 2))) start.Environment[pair[0]] = pair[1].Replace("/var/lib/compliance-probe", _folder["data"], StringComparison.Ordinal);
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..")),
            ["Probe__Api"] = api.Address.ToString(), ["Probe__AllowLoopback"] = "true", ["Probe__AssignmentsEvery"] = "00:00:01", ["Probe__HeartbeatEvery"] = "00:00:01",
            ["Probe__Watch__BetweenAttemptsPerHost"] = "00:00:00.05", ["Probe__Watch__LongestPause"] = "00:00:01", ["Probe__Judge__SuspectAfter"] = "00:00:01", ["Probe__Judge__OfflineAfter"] = "00:00:02",
        }) start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    static async Task<(int Code, string Said)> Try(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, string.Join('\n', said).Trim());
    }

    static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));

    /// <summary>Stopped as systemd stops it: asked to end, and waited for.</summary>
    sealed class Box(Process process) : IAsyncDisposable
    {
        readonly Task<string> _said = process.StandardOutput.ReadToEndAsync();

        public async ValueTask DisposeAsync()
        {
            await Try("kill", "-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            await process.WaitForExitAsync(Ct);
            await _said;
            process.Dispose();
        }
    }
}
