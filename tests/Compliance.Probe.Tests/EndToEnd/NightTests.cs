using System.Net;
using System.Net.Sockets;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Tests.Tell;

namespace Compliance.Probe.Tests.EndToEnd;

/// <summary>The real probe, simulated cameras, and an API that is not always there.</summary>
public sealed class NightTests
{
    static readonly TimeSpan Night = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_cut_cable_during_an_api_outage_and_a_kill_9_still_arrives_once()
    {
        using var cameras = await Cameras.Serve();
        await using var api = await FakeApi.Start();
        using var folder = new Folder();
        var camera = Assign(api, cameras, "h264/1");
        DateTimeOffset cut;
        using (var probe = ProbeProcess.Start(api.Address, folder["data"]))
        {
            await Until(() => Verdict(api, camera) == Domain.Devices.Verdict.Online, probe);
            api.Trouble = 503;
            cut = TimeProvider.System.GetUtcNow();
            await cameras.Server.Inject("h264/1", new() { Cut = true });
            await Until(() => probe.Said.Contains("Unreachable since", StringComparison.Ordinal), probe);
            probe.Kill();
        }

        api.Trouble = null;
        using var again = ProbeProcess.Start(api.Address, folder["data"]);
        await Until(() => Verdict(api, camera) == Domain.Devices.Verdict.Unreachable, again);
        var told = api.Verdicts.First(v => v.Verdict == Domain.Devices.Verdict.Unreachable);
        Assert.InRange((told.Since - cut).TotalSeconds, -1, 1);
        Assert.NotNull(api.Verdicts[0].Measured);
        await cameras.Server.Inject("h264/1", new());
        await Until(() => Verdict(api, camera) == Domain.Devices.Verdict.Online, again);
        api.WantsAllAgain = true;
        var before = api.Verdicts.Count;
        await Until(() => api.Verdicts.Count > before, again);
        Assert.Equal((Domain.Devices.Verdict.Online, api.Verdicts[^2].Since), (api.Verdicts[^1].Verdict, api.Verdicts[^1].Since));
        Assert.Contains(api.Posts.SelectMany(p => p).OfType<MeasurementObserved>(), m => m.Measurement.Codec == VideoCodec.H264);
        Assert.Contains(api.Heartbeats, beat => beat.Watching == 1);
        Assert.DoesNotContain("cret", again.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cable_cut_while_the_probe_restarts_is_dated_from_the_last_picture_it_saw()
    {
        using var cameras = await Cameras.Serve();
        await using var api = await FakeApi.Start();
        using var folder = new Folder();
        var camera = Assign(api, cameras, "h264/1");
        using (var probe = ProbeProcess.Start(api.Address, folder["data"]))
        {
            await Until(() => Verdict(api, camera) == Domain.Devices.Verdict.Online, probe);
            await Until(() => api.Heartbeats.Count > 6, probe);
            probe.Kill();
        }

        var killed = TimeProvider.System.GetUtcNow();
        await cameras.Server.Inject("h264/1", new() { Cut = true });
        using var again = ProbeProcess.Start(api.Address, folder["data"]);
        await Until(() => Verdict(api, camera) == Domain.Devices.Verdict.Unreachable, again);
        Assert.InRange(killed - api.Verdicts[^1].Since, TimeSpan.Zero, TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task A_verdict_met_by_a_full_disk_waits_in_memory_and_arrives_when_there_is_room()
    {
        using var cameras = await Cameras.Serve();
        await using var api = await FakeApi.Start();
        using var folder = new Folder();
        var camera = Assign(api, cameras, "h264/1");
        using var probe = ProbeProcess.Start(api.Address, folder["data"]);
        await Until(() => Verdict(api, camera) == Domain.Devices.Verdict.Online, probe);
        SpoolTests.LimitFileSize(probe.Id, "1:unlimited");
        await cameras.Server.Inject("h264/1", new() { Cut = true });
        await Until(() => probe.Said.Contains("The spool takes nothing", StringComparison.Ordinal), probe);
        Assert.Equal(Domain.Devices.Verdict.Online, Verdict(api, camera));
        SpoolTests.LimitFileSize(probe.Id, "unlimited:unlimited");
        await Until(() => Verdict(api, camera) == Domain.Devices.Verdict.Unreachable, probe);
    }

    [Fact]
    public async Task A_covered_lens_a_slow_stream_and_a_feed_test_are_told()
    {
        using var cameras = await Cameras.Serve();
        await using var api = await FakeApi.Start();
        using var folder = new Folder();
        var (covered, slow) = (Assign(api, cameras, "h264/1"), Assign(api, cameras, "h265/2"));
        using var probe = ProbeProcess.Start(api.Address, folder["data"]);
        await Until(() => Verdict(api, covered) == Domain.Devices.Verdict.Online && Verdict(api, slow) == Domain.Devices.Verdict.Online, probe);
        api.FeedTest = new(Guid.NewGuid(), Guid.NewGuid(), cameras.Server.Url("h264/9"), "police", "se\"cret");
        await Until(() => !api.Results.IsEmpty, probe);
        Assert.Equal(Domain.Devices.Verdict.Online, api.Results.Single().Value.Verdict);
        await Until(() => probe.CountOf($"{covered}", "picture of") >= 3, probe);
        await cameras.Server.Inject("h264/1", new() { Clip = "covered" });
        await cameras.Server.Inject("h265/2", new() { Fps = 8 });
        await Until(() => Verdict(api, covered) is Domain.Devices.Verdict.Covered or Domain.Devices.Verdict.Black, probe);
        await Until(() => Verdict(api, slow) == Domain.Devices.Verdict.ParameterViolation, probe);
        Assert.Equal(
            [(covered, true), (slow, false)],
            api.Verdicts.Where(v => v.Verdict.Availability() == Availability.Down).Select(v => (v.DeviceId, v.Still is [0xFF, 0xD8, 0xFF, ..])).Distinct().OrderByDescending(v => v.Item2));
        await cameras.Server.Inject("h264/1", new());
        await cameras.Server.Inject("h265/2", new());
        await Until(() => Verdict(api, covered) == Domain.Devices.Verdict.Online && Verdict(api, slow) == Domain.Devices.Verdict.Online, probe);
    }

    [Fact]
    public async Task A_revoked_box_lets_all_cameras_go_and_knocks_rarely()
    {
        using var cameras = await Cameras.Serve();
        await using var api = await FakeApi.Start();
        using var folder = new Folder();
        var camera = Assign(api, cameras, "h264/1");
        using var probe = ProbeProcess.Start(api.Address, folder["data"]);
        await Until(() => Verdict(api, camera) == Domain.Devices.Verdict.Online, probe);
        Assert.Equal(1, await cameras.Server.Viewers("h264/1"));
        api.IsRevoked = true;
        await Until(() => probe.Said.Contains("This box is revoked: 1 cameras are let go", StringComparison.Ordinal), probe);
        await Cameras.Until(async () => await cameras.Server.Viewers("h264/1") == 0);
        Assert.InRange(api.Knocks, 1, 10);
    }

    /// <summary>One camera only: a number of silent cameras could not tell it.</summary>
    [Fact]
    public async Task With_a_single_camera_the_canary_says_whether_the_camera_is_away_or_the_probe_is_blind()
    {
        using var cameras = await Cameras.Serve();
        using var gateway = new TcpListener(IPAddress.Loopback, 0);
        gateway.Start();
        var place = (IPEndPoint)gateway.LocalEndpoint;
        await using var api = await FakeApi.Start();
        using var folder = new Folder();
        var camera = Assign(api, cameras, "h264/1");
        using var probe = ProbeProcess.Start(api.Address, folder["data"], $"--Probe:Canaries:0=tcp://{place}", "--Probe:CanariesEvery=00:00:00.3");
        await Until(() => Verdict(api, camera) == Domain.Devices.Verdict.Online, probe);
        gateway.Stop();
        await cameras.Server.Inject("h264/1", new() { Cut = true });
        await Until(() => Verdict(api, camera) == Domain.Devices.Verdict.ProbeBlind, probe);
        Assert.DoesNotContain(api.Verdicts, v => v.Verdict == Domain.Devices.Verdict.Unreachable);
        using var again = new TcpListener(place);
        again.Start();
        await Until(() => Verdict(api, camera) == Domain.Devices.Verdict.Unreachable, probe);
        Assert.Contains(api.Heartbeats, beat => beat.Blind);
        Assert.False(api.Heartbeats.Last().Blind);
    }

    static Guid Assign(FakeApi api, Cameras cameras, string path)
    {
        var id = Guid.CreateVersion7();
        AssignedCamera camera = new(id, Guid.Empty, cameras.Server.Url(path), "police", "se\"cret", new(20, 640, 360, null));
        api.Assignments = new(Guid.Empty, $"{id:N}", [.. api.Assignments.Cameras, camera]);
        return id;
    }

    static Verdict? Verdict(FakeApi api, Guid camera) => api.Verdicts.LastOrDefault(v => v.DeviceId == camera)?.Verdict;

    static async Task Until(Func<bool> isSo, ProbeProcess probe)
    {
        using var limit = new CancellationTokenSource(Night);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (!isSo()) await again.WaitForNextTickAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"it did not become so; the probe said:\n{probe.Said}");
        }
    }
}
