using System.Collections.Concurrent;
using System.Security.Cryptography;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.KnownClips;
using Compliance.Domain.Models;
using Compliance.Domain.Probes;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Schedule;
using Compliance.Probe.Tell;
using Compliance.Probe.Tests.EndToEnd;
using Compliance.Probe.Tests.Tell;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Contacts;
using Compliance.Probe.Watch.Panels;
using Compliance.Probe.Watch.Rtp;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Probe.Tests.Eyes.Live;

/// <summary>
/// From the API's list to what is told of a clip. The camera shows a picture in which nothing moves, the clips are drawn, and the model takes every motion for a fight: so an alert of the
/// camera, or none of the clip, would be a fault of the way and not of the model.
/// </summary>
public sealed class KnownClipRoundsTests : IAsyncLifetime
{
    static readonly Guid Device = TestBox.Device, Clip = new(7, 0, 0, new byte[8]);
    static readonly AssignedCamera Camera = TestBox.Camera;
    static readonly AssignedDetector Allowed = new(new(9, 0, 0, new byte[8]), Device, Guid.Empty, Detector.Fight, HoursOfDay.All, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);

    /// <summary>One question: whether anything moves.</summary>
    static readonly FightModel Model = new(new('a', 64), 0.6, -4, [new Tree([new TreeNode(WindowFeatures.Names.ToList().IndexOf("share-mean"), 0, 1, 2, 0), new TreeNode(-1, 0, 0, 0, 0), new TreeNode(-1, 0, 0, 0, 8)])], []);

    /// <summary>Ten in the evening in Almaty.</summary>
    readonly FakeTimeProvider _clock = new(new(2026, 6, 1, 17, 0, 0, TimeSpan.Zero));
    readonly Folder _folder = new();
    readonly ConcurrentQueue<SeenAlert> _alerts = [];
    FakeApi _api = null!;
    TestBox _box = null!;
    byte[] _moving = null!, _still = null!;
    int _drawn;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _moving = await Made("-f lavfi -i testsrc=size=256x144:rate=10 -vf rotate=t*2 -t 9 -c:v libx264 -preset ultrafast -pix_fmt yuv420p", "moving.mp4");
        _still = await Made("-f lavfi -i color=gray:size=256x144:rate=10 -t 7 -c:v libx264 -preset ultrafast -pix_fmt yuv420p", "still.mp4");
        _api = await FakeApi.Start();
        _api.IsTimeless = true; // what hour it is says the made-up clock alone
        var options = TestBox.Options(_folder) with { Eyes = new() { ListPatience = TimeSpan.FromDays(9) } };
        _box = new(_api, _folder, _clock, Decode, options, Model, box => [SenseKind.Fights(() => box.Shelf.Runs, (_, _, _) => new())], Tells, draw: Draw);
    }

    public async ValueTask DisposeAsync()
    {
        await _box.Following.StopAsync(Ct);
        _box.Dispose();
        await _api.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Always the middle of what may be drawn.</summary>
    int Draw(int below)
    {
        Interlocked.Increment(ref _drawn);
        return below / 2;
    }

    async Task<byte[]> Made(string how, string name)
    {
        await Footages.Make(_folder[name], how, Ct);
        return await File.ReadAllBytesAsync(_folder[name], Ct);
    }

    bool Tells(SeenAlert seen, DetectorModel model)
    {
        _alerts.Enqueue(seen);
        return true;
    }

    /// <summary>One unit, one frame, in none of which anything moves.</summary>
    static async Task Decode(IAsyncEnumerable<AccessUnit> units, Action<LiveFrame> seen, CancellationToken ct)
    {
        await foreach (var unit in units.WithCancellation(ct)) seen(new(unit.Timestamp, new(64, 36, LiveFrame.Time(unit.At), new byte[64 * 36])));
    }

    async Task Assign(byte[] file, byte[]? sent = null)
    {
        _api.KnownClips[Clip] = sent ?? file;
        _api.Assignments = new(Guid.Empty, "1", [Camera]) { Detectors = [Allowed], KnownClips = [new(Clip, Detector.Fight, Convert.ToHexStringLower(SHA256.HashData(file)))] };
        await _box.Following.StartAsync(Ct);
        await Until(() => Judged > 0);
    }

    [Fact]
    public async Task Once_a_night_at_the_drawn_instant_a_clip_is_played_beside_the_camera_and_is_no_alert()
    {
        await Assign(_moving);
        await Until(() => Local.Hour == 23 && Local.Minute > 5, leap: TimeSpan.FromMinutes(4));
        Assert.Empty(Told);
        Assert.Equal(1, _drawn); // the instant, and nothing else yet
        await Until(() => Local is { Hour: 1, Minute: > 10 }, leap: TimeSpan.FromMinutes(10)); // half past one is the middle, but for what a showing takes
        Assert.Empty(Told);
        await Until(() => Told.Count == 1, leap: TimeSpan.FromMinutes(1), until: Local.AddMinutes(40));
        var told = Told.Single();
        Assert.Equal((Device, Clip, true, null), (told.DeviceId, told.ClipId, told.Found, told.Because));
        Assert.Equal(Model.Hash, told.Model?.Sha256);
        Assert.InRange(told.AfterSeconds ?? 0, 4, 9.1);
        Assert.InRange(told.Score ?? 0, 0.6, 1);
        Assert.True(told.FramesAnalysed > 20, $"{told.FramesAnalysed}");
        Assert.Empty(Directory.GetFiles(_folder["data"], "*.known"));
        var before = Judged;
        await Until(() => Judged > before); // the camera is watched on
        Assert.Empty(_alerts);

        // The same night it is not played again, by another process neither; the next night it is.
        var again = _box.Restarted();
        again.Follow(_api.Assignments.KnownClips, [Allowed]);
        await Until(() => Local.Hour == 3, leap: TimeSpan.FromMinutes(10), with: again);
        Assert.Single(Told);
        await Until(() => Told.Count == 2, leap: TimeSpan.FromMinutes(20), until: Local.AddHours(25), with: again);
        Assert.Empty(_alerts);
    }

    [Fact]
    public async Task A_clip_in_which_nothing_is_to_be_found_is_told_as_not_found()
    {
        await Assign(_still);
        await Until(() => Told.Count == 1, leap: TimeSpan.FromMinutes(10), until: Local.AddHours(6));
        Assert.Equal((false, null, null, null), (Told[0].Found, Told[0].AfterSeconds, Told[0].Score, Told[0].Because));
        Assert.True(Told[0].FramesAnalysed > 20);
    }

    [Fact]
    public async Task Another_file_than_was_named_is_not_played()
    {
        await Assign(_moving, _still);
        await Until(() => Told.Count == 1, leap: TimeSpan.FromMinutes(10), until: Local.AddHours(6));
        Assert.Equal((NotShown.ClipMissing, null, false), (Told[0].Because, Told[0].Model, Told[0].Found));
        Assert.Empty(Directory.GetFiles(_folder["data"], "*.known"));
    }

    [Fact]
    public async Task A_file_that_gives_no_picture_is_told_so()
    {
        await Assign([1, 2, 3]);
        await Until(() => Told.Count == 1, leap: TimeSpan.FromMinutes(10), until: Local.AddHours(6));
        Assert.Equal(NotShown.ClipUnreadable, Told[0].Because);
    }

    [Fact]
    public async Task Where_the_detector_may_not_run_no_clip_is_played_into_it()
    {
        await Assign(_moving);
        await Follow(_api.Assignments with { Detectors = [Allowed with { Hours = new(new(21, 0), new(22, 30)) }] });
        await Until(() => Told.Count == 1, leap: TimeSpan.FromMinutes(10), until: Local.AddHours(6));
        Assert.Equal((NotShown.NothingRan, Device), (Told[0].Because, Told[0].DeviceId));
    }

    [Fact]
    public async Task Where_no_clip_is_assigned_nothing_is_drawn_and_nothing_told()
    {
        await Assign(_moving);
        await Follow(_api.Assignments with { KnownClips = [] });
        await Until(() => Local.Hour == 5, leap: TimeSpan.FromMinutes(10));
        Assert.Empty(Told);
        Assert.Equal(0, _drawn);
    }

    [Fact]
    public async Task What_could_not_be_over_before_the_hours_are_is_not_begun()
    {
        await Assign(_moving);
        _clock.Advance(TimeSpan.FromHours(6) - TimeSpan.FromSeconds(100) - (Local.TimeOfDay - TimeSpan.FromHours(22)));
        await Until(() => Local is { Hour: 4, Minute: > 1 }, leap: TimeSpan.FromSeconds(30));
        Assert.Empty(Told);
        Assert.Equal(0, _drawn);
    }

    /// <summary>Another list, once it was followed: cameras come last.</summary>
    async Task Follow(Assignments next)
    {
        _api.Assignments = next with { Revision = "2", Cameras = [Camera with { Password = "new" }] };
        await Until(() => _box.Watched.Cameras.SingleOrDefault()?.Assigned.Password == "new");
    }

    DateTimeOffset Local => Compliance.Domain.Venues.VenueZone.Local(_clock.GetUtcNow());

    IReadOnlyList<ShowingObserved> Told => [.. _box.Outbox.Spool.Oldest(1000).OfType<ShowingObserved>()];

    long Judged => _box.Judged;

    /// <summary>Time goes on slowly, so that what is asked over HTTP has its answer in time; where nothing is played, in leaps.</summary>
    async Task Until(Func<bool> isSo, TimeSpan? leap = null, DateTimeOffset? until = null, KnownClipRounds? with = null)
    {
        var playing = Task.CompletedTask;
        await Cameras.Until(async () =>
        {
            if (playing.IsCompleted)
            {
                await playing;
                if (leap is { } far) _clock.Advance(far);
                playing = (with ?? _box.Clips).GoRound(Ct);
            }

            _clock.Advance(TimeSpan.FromSeconds(0.05)); // two and a half times as fast as clocks go: what is decoded and looked at keeps up
            await _box.Eyes.GoRound(Ct);
            for (var tenth = 0; tenth < 3; tenth++) _box.Send(_clock.GetUtcNow());
            Assert.True(until is null || Local < until, "it took too long");
            return isSo();
        });
        await playing;
    }
}
