using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using Compliance.Probe.Schedule;
using Compliance.Probe.Tell;
using Compliance.Probe.Tests.Tell;
using Compliance.Probe.Watch;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Probe.Tests.Schedule;

public sealed class LookRoundsTests : IDisposable
{
    readonly FakeTimeProvider _clock = new(new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
    readonly ProbeOptions _options = new();
    readonly Folder _folder = new();
    readonly ProbeFile _file;
    readonly Roster _roster;
    readonly Decoder _decoder;
    readonly LookRounds _rounds;

    public LookRoundsTests()
    {
        (_file, OpenFeed never) = (new(_folder["spool.db"]), (_, _, _, _) => throw new FeedLost(Verdict.Unreachable, ""));
        _roster = new(_options, never, new(_file), new(_file, NullLogger<ApprovedViews>.Instance), new(_file, NullLogger<UsualPictures>.Instance), new(_file, NullLogger<CameraRecords>.Instance), Onvif.Device.Means(), _clock, new Random(1), NullLogger<Roster>.Instance);
        _decoder = new(_options.Look, _clock);
        _rounds = new(_roster, _decoder, _options, _clock, NullLogger<LookRounds>.Instance);
    }

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_that_breaks_the_look_at_one_camera_is_not_the_others()
    {
        await Watch(2);
        var (broken, well) = (_roster.Cameras.First(), _roster.Cameras.Last());
        _rounds.Look(broken, new(new byte[1]), _clock.GetUtcNow());
        _rounds.Look(well, new(new byte[GrayPicture.Bytes]), _clock.GetUtcNow());
        Assert.Empty(broken.Looks);
        Assert.Equal(Verdict.Black, Assert.Single(well.Looks).Fault);
    }

    [Fact]
    public async Task However_many_cameras_send_no_keyframe_a_round_waits_for_them_once()
    {
        await Watch(200);
        foreach (var camera in _roster.Cameras) camera.State = camera.State with { Phase = Phase.Online };
        var round = _rounds.Round(Ct);
        Assert.False(round.IsCompleted);
        _clock.Advance(_options.Look.KeyframeWithin);
        await round.WaitAsync(TimeSpan.FromSeconds(30), Ct);
    }

    Task Watch(int count) => _roster.Follow(new(Guid.Empty, "1", [.. Enumerable.Range(1, count).Select(n =>
        new AssignedCamera(new(n, 0, 0, new byte[8]), Guid.Empty, new($"rtsp://10.0.0.{n}/a"), null, null, new(0, 0, 0, null)))]), Ct);

    public void Dispose()
    {
        _roster.StopAll().GetAwaiter().GetResult();
        _rounds.Dispose();
        _decoder.Dispose();
        _file.Dispose();
        _folder.Dispose();
    }
}
