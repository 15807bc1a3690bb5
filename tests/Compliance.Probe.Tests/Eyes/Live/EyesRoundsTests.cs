using System.Collections.Concurrent;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Crowds;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Eyes.Still;
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

/// <summary>The box's side of the interlock, from the API's list over real HTTP to windows and facts; only the clock and the decoder are made up.</summary>
public sealed class EyesRoundsTests : IAsyncLifetime
{
    static readonly Guid Device = new(1, 0, 0, new byte[8]), Basis = new(9, 0, 0, new byte[8]);
    static readonly AssignedCamera Camera = new(Device, Guid.Empty, new("rtsp://10.0.0.1/a"), "police", "secret", new(0, 0, 0, null));
    static readonly AssignedDetector Allowed = new(Basis, Device, Guid.Empty, Detector.Fight, HoursOfDay.All, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
    static readonly FightModel Model = new(new('a', 64), 0.6, 4, [], []);
    static readonly IReadOnlyList<Frame> Moving = Pictures.Moving(48, 4, 40);

    readonly FakeTimeProvider _clock = new(new(2026, 6, 1, 22, 0, 0, TimeSpan.Zero));
    readonly Folder _folder = new();
    readonly ConcurrentQueue<SeenAlert> _alerts = [];
    readonly List<IDisposable> _used = [];
    FakeApi _api = null!;
    ApiAssignments _assignments = null!;
    WatchedCameras _watched = null!;
    Outbox _outbox = null!;
    EyesRounds _rounds = null!;
    ModelShelf _shelf = null!;
    ModelRounds _models = null!;
    Following _following = null!;
    uint _sent;
    int _decoded;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _api = await FakeApi.Start();
        _api.Assignments = new(Guid.Empty, "1", [Camera]) { Detectors = [Allowed] };
        Begin(new() { DataDir = _folder["data"], ClientId = $"probe-{Guid.Empty}", ClientSecret = "s", GroupsKeptUpTo = 0 }, Model);
        await _following.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _following.StopAsync(Ct);
        foreach (var used in _used.AsEnumerable().Reverse()) used.Dispose();
        await _api.DisposeAsync();
        _folder.Dispose();
    }

    void Begin(ProbeOptions options, FightModel? model)
    {
        var file = new ProbeFile(_folder["spool.db"]);
        OpenFeed never = (_, _, _, _) => throw new FeedLost(Verdict.Unreachable, "");
        var http = new HttpClient { BaseAddress = _api.Address };
        var api = new ApiConnection(http, options, _clock, NullLogger<ApiConnection>.Instance);
        _assignments = new(api, options, _clock, NullLogger<ApiAssignments>.Instance);
        _watched = new(options, never, new(file), new(file, NullLogger<ApprovedViews>.Instance), new(file, NullLogger<UsualPictures>.Instance), new(file, NullLogger<CameraRecords>.Instance), Onvif.Device.Means(), _clock, new Random(1), NullLogger<WatchedCameras>.Instance);
        _outbox = new(new Spool(file));
        _shelf = new(_folder["models"], model);
        var means = new EyesMeans([SenseKind.Fights(() => _shelf.Runs, new UsualNights(file, NullLogger<UsualNights>.Instance).Of), CrowdSense.Kind(), BlockedExitSense.Kind()], Decode, (seen, _) => _alerts.Enqueue(seen), options.Eyes, _folder["data"], _clock);
        _rounds = new(_watched, _assignments, _outbox, api, means, options, _clock, NullLogger<EyesRounds>.Instance);
        var faces = new FaceRounds(_watched, _assignments, _outbox, api, new(null, null, Decode, _ => { }, means.Lanes), options, _clock, NullLogger<FaceRounds>.Instance);
        _following = new(_assignments, _watched, new EnrolledPanels(), new AssignedContacts(), _models = new(_shelf, api, _clock, NullLogger<ModelRounds>.Instance), _rounds, new(_rounds, new(file), _outbox, api, means, options.KnownClips, below => 0, _clock, NullLogger<KnownClipRounds>.Instance), faces, NullLogger<Following>.Instance);
        _used.AddRange([file, http, _assignments, _outbox, means, faces, _following]);
    }

    /// <summary>One unit, one frame.</summary>
    async Task Decode(IAsyncEnumerable<AccessUnit> units, Action<LiveFrame> seen, CancellationToken ct)
    {
        await foreach (var unit in units.WithCancellation(ct))
        {
            Interlocked.Increment(ref _decoded);
            seen(new(unit.Timestamp, Moving[(int)(unit.Timestamp % 40)] with { At = LiveFrame.Time(unit.At) }));
        }
    }

    [Fact]
    public async Task Withdrawn_at_the_API_no_more_windows_within_a_minute_and_it_is_told()
    {
        await Until(() => Windows > 0);
        var began = Assert.IsType<DetectorObserved>(Assert.Single(_outbox.Spool.Oldest(10)));
        Assert.Equal((Basis, null, Model.Hash), (began.BasisId, began.Because, began.Model?.Sha256));

        _api.Assignments = new(Guid.Empty, "2", [Camera]);
        var withdrawn = _clock.GetUtcNow();
        await Until(() => Windows == 0);
        Assert.InRange(_clock.GetUtcNow() - withdrawn, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        var (decoded, stopped) = (_decoded, Assert.IsType<DetectorObserved>(_outbox.Spool.Oldest(10)[^1]));
        Assert.Equal((DetectorRest.NoBasis, null), (stopped.Because, stopped.BasisId));

        for (var second = 0; second < 60; second++) await Second();
        Assert.Equal(decoded, _decoded);
        Assert.Equal(0, Windows);
        Assert.Equal(Wanted.None, _watched.Following(Device)!.Wanted); // nobody gathers its pictures any more
        Assert.Equal(2, _outbox.Spool.Depth); // told once
    }

    [Fact]
    public async Task When_the_API_is_away_it_stops_after_the_stated_patience_and_goes_on_when_it_is_back()
    {
        await Until(() => Windows > 0);
        _api.Trouble = 503;
        for (var second = 0; second < 50; second++) await Second();
        Assert.True(Windows > 0);
        for (var second = 0; second < 20; second++) await Second();
        Assert.Equal(0, Windows);
        Assert.Equal(DetectorRest.ListTooOld, Last.Because);
        _api.Trouble = null;
        await Until(() => Windows > 0);
        Assert.Null(Last.Because);
    }

    [Fact]
    public async Task A_new_password_changes_nothing_a_camera_that_is_let_go_is_watched_no_more()
    {
        await Until(() => Windows > 0);
        _api.Assignments = new(Guid.Empty, "2", [Camera with { Password = "new" }]) { Detectors = [Allowed] };
        await Until(() => _watched.Cameras.SingleOrDefault()?.Assigned.Password == "new");
        var before = Windows;
        await Until(() => Windows > before);
        Assert.Equal(1, _outbox.Spool.Depth);
        _api.Assignments = new(Guid.Empty, "3", []);
        await Until(() => Windows == 0);
        Assert.Equal(DetectorRest.NoBasis, Last.Because);
    }

    [Fact]
    public async Task A_calibration_begins_the_detector_anew_says_so_and_leaves_the_connection_alone()
    {
        await Until(() => Windows > 0);
        var (before, camera) = (Last.Model, _watched.Cameras.Single());
        var drawn = new ViewCalibration([new(new(.4, .5), new(.4, .3)), new(new(.6, .95), new(.6, .5))], [], null, []);
        _api.Assignments = new(Guid.Empty, "2", [Camera with { Calibration = drawn }]) { Detectors = [Allowed] };
        await Until(() => _outbox.Spool.Depth == 2);
        Assert.Equal((Basis, null, Model.Hash), (Last.BasisId, Last.Because, Last.Model?.Sha256));
        Assert.NotEqual(before!.ConfigurationSha256, Last.Model!.ConfigurationSha256);
        await Until(() => Windows > 0);
        Assert.Same(camera, _watched.Cameras.Single());
        _api.Assignments = new(Guid.Empty, "3", [Camera with { Calibration = drawn }, Camera with { DeviceId = Basis }]) { Detectors = [Allowed] };
        await Until(() => _watched.Cameras.Count() == 2);
        var judged = Windows;
        await Until(() => Windows > judged); // the same drawn again begins nothing anew
        Assert.Equal(2, _outbox.Spool.Depth);
    }

    [Fact]
    public async Task An_alert_is_told_when_it_begins_and_has_ended_when_the_detector_stops()
    {
        await Until(() => !_alerts.IsEmpty);
        var began = _alerts.First();
        Assert.Null(began.Until);
        Assert.True(began.Analysed + began.Skipped >= 40, $"{began.Analysed} and {began.Skipped}"); // five windows of two seconds; a busy machine skips some frames and needs more
        _api.Assignments = new(Guid.Empty, "2", [Camera]);
        await Until(() => Windows == 0);
        var ended = _alerts.Last();
        Assert.Equal(began.AlertId, ended.AlertId);
        Assert.NotNull(ended.Until);
    }

    [Fact]
    public async Task Without_a_model_it_says_so_and_everything_else_runs()
    {
        await _following.StopAsync(Ct);
        Begin(new() { DataDir = _folder["data"], ClientId = $"probe-{Guid.Empty}", ClientSecret = "s" }, null);
        await _following.StartAsync(Ct);
        await Until(() => _outbox.Spool.Depth > 0 && Last.Because == DetectorRest.ModelMissing && _watched.Cameras.Any()); // the list of cameras is followed right after that of detectors
    }

    /// <summary>The delivered trees under another threshold: another file, which any box would run.</summary>
    static byte[] Another => System.Text.Encoding.UTF8.GetBytes(System.Text.RegularExpressions.Regex.Replace(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "models", FightModel.FileName)), "(\"name\":\"alerts\",\"threshold\":)[0-9.]+", "${1}0.75"));

    static string Hash(byte[] file) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file));

    [Fact]
    public async Task A_model_that_is_rolled_out_is_fetched_kept_and_told_and_rolled_back_it_is_left()
    {
        await Until(() => Windows > 0);
        var file = Another;
        _api.Models[Hash(file)] = file;
        _api.Assignments = new(Guid.Empty, "2", [Camera]) { Detectors = [Allowed], Models = [new(Detector.Fight, "fights-2", Hash(file))] };
        await Until(() => Last.Model?.Sha256 == Hash(file));
        Assert.Equal(("fights-2", 0.75, Basis), (Last.Model!.Name, Last.Model.Threshold, Last.BasisId));
        await Until(() => Windows > 0);
        Assert.Equal(file, await File.ReadAllBytesAsync(Path.Combine(_folder["models"], $"{Hash(file)}.json"), Ct));

        _api.Assignments = new(Guid.Empty, "3", [Camera]) { Detectors = [Allowed] };
        await Until(() => Last.Model?.Sha256 == Model.Hash);
        _api.Assignments = new(Guid.Empty, "4", [Camera]) { Detectors = [Allowed], Models = [new(Detector.Fight, "fights-2", Hash(file))] };
        await Until(() => Last.Model?.Sha256 == Hash(file));
        Assert.Single(_api.ModelsAsked); // the second time it lay on the disk
        Assert.Equal(4, _outbox.Spool.Depth);
    }

    [Fact]
    public async Task What_is_not_the_file_that_was_asked_for_is_not_run_and_what_lies_damaged_on_the_disk_is_fetched_anew()
    {
        var (file, damaged) = (Another, Another[..^10]);
        _api.Models[Hash(file)] = damaged;
        _api.Assignments = new(Guid.Empty, "2", [Camera]) { Detectors = [Allowed], Models = [new(Detector.Fight, "fights-2", Hash(file))] };
        await Until(() => !_api.ModelsAsked.IsEmpty && Windows > 0);
        Assert.Equal(Model.Hash, Last.Model?.Sha256);
        Assert.Empty(Directory.GetFiles(_folder["models"]));

        await File.WriteAllBytesAsync(Path.Combine(_folder["models"], $"{Hash(file)}.json"), damaged, Ct);
        _api.Models[Hash(file)] = file;
        await Until(() => Last.Model?.Sha256 == Hash(file));
        Assert.Equal(file, await File.ReadAllBytesAsync(Path.Combine(_folder["models"], $"{Hash(file)}.json"), Ct));
    }

    [Theory, InlineData("../../spool"), InlineData("")]
    public async Task What_is_no_hash_names_no_file(string name)
    {
        _api.Assignments = new(Guid.Empty, "2", [Camera]) { Detectors = [Allowed], Models = [new(Detector.Fight, "fights-2", name)] };
        await Until(() => Windows > 0);
        for (var second = 0; second < 5; second++) await Second();
        Assert.Equal(Model.Hash, Last.Model?.Sha256);
        Assert.Empty(Directory.GetFiles(_folder["models"]));
    }

    [Fact]
    public async Task Two_detectors_on_one_camera_begin_and_end_apart()
    {
        await Until(() => Windows > 0);
        var crowd = Allowed with { BasisId = new(8, 0, 0, new byte[8]), Detector = Detector.Crowd };
        _api.Assignments = new(Guid.Empty, "2", [Camera]) { Detectors = [Allowed, crowd] };
        await Until(() => _outbox.Spool.Depth > 1);
        Assert.Equal((Detector.Crowd, crowd.BasisId, null), (Last.Detector, Last.BasisId, Last.Because));
        _api.Assignments = new(Guid.Empty, "3", [Camera]) { Detectors = [crowd] };
        await Until(() => _outbox.Spool.Depth > 2);
        Assert.Equal((Detector.Fight, DetectorRest.NoBasis), (Last.Detector, Last.Because));
        var before = Windows;
        await Until(() => Windows > before); // the other one goes on
        _api.Assignments = new(Guid.Empty, "4", [Camera]);
        await Until(() => Windows == 0);
        Assert.Equal((Detector.Crowd, DetectorRest.NoBasis, 4), (Last.Detector, Last.Because, _outbox.Spool.Depth));
    }

    [Fact]
    public async Task What_works_by_a_drawing_rests_until_there_is_one()
    {
        _api.Assignments = new(Guid.Empty, "2", [Camera]) { Detectors = [Allowed with { Detector = Detector.ExitBlockage }] };
        await Until(() => _outbox.Spool.Depth > 0 && Last is { Detector: Detector.ExitBlockage });
        Assert.Equal(DetectorRest.NotCalibrated, Last.Because);
        _api.Assignments = new(Guid.Empty, "3", [Camera with { Calibration = Stage.View(zones: [new(null, [new(0, 0), new(1, 0), new(1, 1)])]) }]) { Detectors = [Allowed with { Detector = Detector.ExitBlockage }] };
        await Until(() => Last is { Detector: Detector.ExitBlockage, Because: null });
        Assert.Equal("blocked-exit", Last.Model!.Name);
    }

    DetectorObserved Last => (DetectorObserved)_outbox.Spool.Oldest(100)[^1];

    long Windows => _rounds.Judged.GetValueOrDefault(Device);

    /// <summary>A second of the camera and a round of the detectors, then whatever the machine needs to do its part.</summary>
    async Task Second()
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        for (var tenth = 0; tenth < Frame.Rate; tenth++)
        {
            _watched.Following(Device)?.Publish(new(VideoCodec.H264, _sent % 10 == 0, _sent, _clock.GetUtcNow().AddSeconds(tenth / 10.0 - 1), new byte[100]));
            _sent++;
        }

        await _models.GoRound(Ct);
        await _rounds.GoRound(Ct);
        await Task.Yield();
    }

    /// <summary>Time goes on slowly, so that what is asked over HTTP has its answer in time.</summary>
    async Task Until(Func<bool> isSo)
    {
        await Cameras.Until(async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(0.1));
            await _models.GoRound(Ct);
            await _rounds.GoRound(Ct);
            for (var tenth = 0; tenth < 3; tenth++)
            {
                _watched.Following(Device)?.Publish(new(VideoCodec.H264, _sent % 10 == 0, _sent, _clock.GetUtcNow(), new byte[100]));
                _sent++;
            }

            return isSo();
        });
    }
}
