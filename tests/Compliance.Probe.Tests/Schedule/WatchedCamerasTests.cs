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

public sealed class WatchedCamerasTests : IDisposable
{
    static readonly AssignedCamera Camera = new(new(1, 0, 0, new byte[8]), Guid.Empty, new("rtsp://10.0.0.1/a"), "police", "secret", new(0, 0, 0, null));
    static readonly Guid View = new(7, 0, 0, new byte[8]);
    readonly FakeTimeProvider _clock = new(new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
    readonly Folder _folder = new();
    readonly ProbeFile _file;
    readonly Sightings _sightings;
    readonly UsualPictures _usuals;
    readonly WatchedCameras _watched;

    public WatchedCamerasTests()
    {
        (_file, OpenFeed never) = (new(_folder["spool.db"]), (_, _, _, _) => throw new FeedLost(Verdict.Unreachable, ""));
        _sightings = new(_file);
        _watched = new(new(), never, _sightings, new(_file, NullLogger<ApprovedViews>.Instance), _usuals = new(_file, NullLogger<UsualPictures>.Instance), new(_file, NullLogger<CameraRecords>.Instance), Onvif.Device.Means(), _clock, new Random(1), NullLogger<WatchedCameras>.Instance);
    }

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_the_same_stream_with_the_same_credentials_is_found_and_only_while_pictures_come()
    {
        await _watched.Follow(new(Guid.Empty, "1", [Camera]), Ct);
        var (outlet, target) = (_watched.Cameras.Single().Outlet, new FeedTarget(Camera.MainStream, "police", "secret", FeedTransport.Udp));
        Assert.Null(_watched.Watching(target));
        outlet.Meter.OnAccessUnit(_clock.GetUtcNow(), 1, true);
        Assert.Same(outlet, _watched.Watching(target));
        Assert.Null(_watched.Watching(target with { Password = "guessed" }));
        Assert.Null(_watched.Watching(target with { UserName = null, Password = null }));
        Assert.Null(_watched.Watching(target with { Stream = new("rtsp://10.0.0.1/b") }));
        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Null(_watched.Watching(target));
    }

    [Fact]
    public async Task The_first_assignments_after_a_restart_know_when_their_cameras_were_last_seen_and_later_ones_do_not()
    {
        var seen = _clock.GetUtcNow().AddSeconds(-20);
        var other = Camera with { DeviceId = new(2, 0, 0, new byte[8]) };
        _sightings.Keep(new Dictionary<Guid, DateTimeOffset> { [Camera.DeviceId] = seen, [other.DeviceId] = seen }, true, seen);
        await _watched.Follow(new(Guid.Empty, "1", [Camera]), Ct);
        await _watched.Follow(new(Guid.Empty, "2", [Camera, other]), Ct);
        Assert.Equal([seen, _clock.GetUtcNow()], _watched.Cameras.OrderBy(c => c.Assigned.DeviceId).Select(c => c.State.LastGood));
    }

    [Fact]
    public async Task A_new_password_does_not_move_the_beginning_of_an_outage()
    {
        await _watched.Follow(new(Guid.Empty, "1", [Camera]), Ct);
        var begun = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromMinutes(3));
        await _watched.Follow(new(Guid.Empty, "2", [Camera with { Password = "new" }]), Ct);
        Assert.Equal(begun, Assert.Single(_watched.Cameras).State.LastGood);
    }

    [Fact]
    public async Task A_feed_saved_again_keeps_what_is_usual_and_what_is_wrong_and_an_approved_view_begins_anew()
    {
        await _watched.Follow(new(Guid.Empty, "1", [Camera with { ViewId = View }]), Ct);
        var (before, fault) = (_watched.Cameras.Single(), Covered(_clock.GetUtcNow()));
        before.State = before.State with { PictureFault = fault };
        await _watched.Follow(new(Guid.Empty, "2", [Camera with { Password = "new", MainStream = new("rtsp://10.0.0.1/b") }]), Ct);
        var after = _watched.Cameras.Single();
        Assert.NotSame(before, after);
        Assert.Same(before.Pictures, after.Pictures);
        Assert.Equal(fault, after.State.PictureFault);
        await _watched.Follow(new(Guid.Empty, "3", [Camera with { ViewId = View }]), Ct);
        Assert.NotSame(before.Pictures, _watched.Cameras.Single().Pictures);
        Assert.Null(_watched.Cameras.Single().State.PictureFault);
    }

    [Fact]
    public async Task A_restart_does_not_clear_a_fault_of_the_picture_however_long_it_took()
    {
        var fault = Covered(_clock.GetUtcNow());
        _sightings.KeepFaults(new Dictionary<Guid, Held> { [Camera.DeviceId] = fault });
        _clock.Advance(TimeSpan.FromHours(3));
        await _watched.Follow(new(Guid.Empty, "1", [Camera]), Ct);
        Assert.Equal(fault, _watched.Cameras.Single().State.PictureFault);
        _sightings.KeepFaults(new Dictionary<Guid, Held>());
        Assert.Empty(_sightings.RecallFaults());
    }

    [Fact]
    public void What_is_usual_is_of_one_view_and_stands_when_the_view_ends()
    {
        var means = new UsualMeans(4, 0.1, new float[Cells.Count], new float[Cells.Count]);
        var figures = new UsualFigures(means, [means, .. new UsualMeans?[23]], [new(3, 1.5), .. new UsualFlicker[UsualFigures.Bands - 1]]);
        _usuals.Keep(Camera.DeviceId, View, figures);
        Assert.Equal(4, _usuals.Recall(Camera.DeviceId, View)?.Hours[0]?.Count);
        Assert.Equal(1.5, _usuals.Recall(Camera.DeviceId, null)?.Flicker[0].Mean);
        Assert.Null(_usuals.Recall(Camera.DeviceId, Camera.DeviceId));
        _usuals.Keep(Camera.DeviceId, View, figures with { Flicker = [] });
        Assert.Null(_usuals.Recall(Camera.DeviceId, View));
    }

    static Held Covered(DateTimeOffset since) => new(Verdict.Covered, since, "");

    [Fact]
    public async Task Who_is_dismissed_watches_nobody()
    {
        await _watched.Follow(new(Guid.Empty, "1", [Camera]), Ct);
        await _watched.Follow(new(Guid.Empty, "", []), Ct);
        Assert.Equal(0, _watched.Count);
    }

    public void Dispose()
    {
        _watched.StopAll().GetAwaiter().GetResult();
        _file.Dispose();
        _folder.Dispose();
    }
}
