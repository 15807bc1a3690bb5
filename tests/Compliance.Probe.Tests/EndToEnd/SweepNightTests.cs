using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Tests.Tell;

namespace Compliance.Probe.Tests.EndToEnd;

/// <summary>Cameras that are looked at now and then: the real probe, its spool, the load server and the API's side of the contract.</summary>
public sealed class SweepNightTests
{
    [Fact]
    public async Task A_camera_with_an_interval_is_opened_for_a_look_and_left_and_its_outage_and_its_end_are_told()
    {
        using var cameras = await Cameras.Serve();
        await using var api = await FakeApi.Start();
        using var folder = new Folder();
        AssignedCamera camera = new(Guid.CreateVersion7(), Guid.Empty, cameras.Server.Url("h264/1"), "police", "se\"cret", new(0, 640, 360, null)) { CheckSeconds = 1 };
        api.Assignments = new(Guid.Empty, "1", [camera]);
        using var probe = ProbeProcess.Start(api.Address, folder["data"], "--Probe:Watch:CredentialsTrusted=00:00:01");

        await Cameras.Until(() => Told(camera) == Verdict.Online);
        await Cameras.Until(async () => await cameras.Server.Viewers("h264/1") == 0);
        Assert.Equal(640, api.Verdicts[^1].Measured?.Width);

        await cameras.Server.Inject("h264/1", new() { Password = "another" });
        await Cameras.Until(() => Told(camera) == Verdict.AuthFailed);
        await cameras.Server.Inject("h264/1", new());
        await Cameras.Until(() => Told(camera) == Verdict.Online);

        var turns = api.Verdicts.Zip(api.Verdicts.Skip(1)).Where(pair => pair.First.Verdict == Verdict.Unknown).ToArray();
        Assert.True(turns.Length >= 2);
        Assert.All(turns, turn => Assert.Equal((turn.Second.Since, "BetweenLooks"), (turn.First.ObservedAt, turn.First.Detail)));
        Assert.Equal([Verdict.Online, Verdict.Unknown], api.Verdicts.Take(2).Select(v => v.Verdict));
        Assert.Equal(Verdict.Unknown, api.Verdicts[^2].Verdict);
        Assert.InRange(api.Verdicts[1].Since, api.Verdicts[0].Since, api.Verdicts[1].ObservedAt);

        var held = camera with { CheckSeconds = null };
        api.Assignments = new(Guid.Empty, "2", [held]);
        await Cameras.Until(async () => await cameras.Server.Viewers("h264/1") == 1);
        Assert.Contains(api.Heartbeats, beat => beat.Watching == 1);

        Verdict? Told(AssignedCamera of) => api.Verdicts.LastOrDefault(verdict => verdict.DeviceId == of.DeviceId)?.Verdict;
    }
}
