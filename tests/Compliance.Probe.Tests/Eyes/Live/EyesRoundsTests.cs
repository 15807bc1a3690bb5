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
    static readonly Guid Device = TestBox.Device, Basis = new(9, 0, 0, new byte[8]);
    static readonly AssignedCamera Camera = TestBox.Camera;
    static readonly AssignedDetector Allowed = new(Basis, Device, Guid.Empty, Detector.Fight, HoursOfDay.All, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
    static readonly FightModel Model = new(new('a', 64), 0.6, 4, [], []);
    static readonly IReadOnlyList<Frame> Moving = Pictures.Moving(48, 4, 40);

    readonly SettableClock _clock = new(new(2026, 6, 1, 22, 0, 0, TimeSpan.Zero));
    readonly Folder _folder = new();
    readonly ConcurrentQueue<SeenAlert> _alerts = [];
    readonly ConcurrentQueue<Detector> _made = [];
    readonly SlowGoodbye _goodbye = new();
    FakeApi _api = null!;
    TestBox _box = null!;
    int _decoded;
    volatile bool _breaks;

    /// <summary>A detector that breaks over every picture.</summary>
    sealed class Breaking(Detector detector, DetectorModel model) : ISense
    {
        public Detector Detector => detector;
        public DetectorModel Model => model;
        public long Judged => 0;
        public IReadOnlyList<Probe.Eyes.Alert> See(Glance glance) => throw new InvalidOperationException("a bug");
        public IReadOnlyList<Probe.Eyes.Alert> Rest() => [];
    }

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _api = await FakeApi.Start();
        _api.Assignments = new(Guid.Empty, "1", [Camera]) { Detectors = [Allowed] };
        Begin(Model);
        await _box.Following.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        _goodbye.LetGo();
        await _box.Following.StopAsync(Ct);
        _box.Dispose();
        await _api.DisposeAsync();
        _folder.Dispose();
    }

    void Begin(FightModel? model) => _box = new(_api, _folder, _clock, Decode, model: model, tell: Tells, open: _goodbye.Open, kinds: box =>
    [
        SenseKind.Fights(() => box.Shelf.Runs, new UsualNights(box.File, NullLogger<UsualNights>.Instance).Of), Counted(CrowdSense.Kind()), Counted(BlockedExitSense.Kind()),
    ]);

    SenseKind Counted(SenseKind kind) => kind with
    {
        Make = (device, view, model) =>
        {
            _made.Enqueue(kind.Detector);
            return _breaks ? new Breaking(kind.Detector, model) : kind.Make(device, view, model);
        },
    };

    bool Tells(SeenAlert seen, DetectorModel model)
    {
        _alerts.Enqueue(seen);
        return true;
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
        var began = Assert.IsType<DetectorObserved>(Assert.Single(_box.Outbox.Spool.Oldest(10)));
        Assert.Equal((Basis, null, Model.Hash), (began.BasisId, began.Because, began.Model?.Sha256));
        Assert.False(_box.Watched.Following(Device)!.IsAwaited); // windows of seconds need no picture at once

        _api.Assignments = new(Guid.Empty, "2", [Camera]);
        var withdrawn = _clock.GetUtcNow();
        await Until(() => Windows == 0);
        Assert.InRange(_clock.GetUtcNow() - withdrawn, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        var (decoded, stopped) = (_decoded, Assert.IsType<DetectorObserved>(_box.Outbox.Spool.Oldest(10)[^1]));
        Assert.Equal((DetectorRest.NoBasis, null), (stopped.Because, stopped.BasisId));

        for (var second = 0; second < 60; second++) await Second();
        Assert.Equal(decoded, _decoded);
        Assert.Equal(0, Windows);
        Assert.Equal(Wanted.None, _box.Watched.Following(Device)!.Wanted); // nobody gathers its pictures any more
        Assert.Equal(2, _box.Outbox.Spool.Depth); // told once
    }

    [Fact]
    public async Task When_the_API_is_away_it_stops_after_the_stated_patience_and_goes_on_when_it_is_back()
    {
        await Until(() => Windows > 0);
        _api.Trouble = 503;
        for (var second = 0; second < 35; second++) await Second();
        Assert.True(Windows > 0);
        for (var second = 35; second < 60; second++) await Second(); // off within a minute
        Assert.Equal(0, Windows);
        Assert.Equal(DetectorRest.ListTooOld, Last.Because);
        _api.Trouble = null;
        await Until(() => Windows > 0);
        Assert.Null(Last.Because);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_stops_no_detector()
    {
        _api.Assignments = new(Guid.Empty, "2", [Camera]) { Detectors = [Allowed with { Detector = Detector.Crowd }] };
        await Until(() => _made.Contains(Detector.Crowd) && Windows > 2);
        _clock.SetBack(TimeSpan.FromHours(1));
        var before = Windows;
        await Until(() => Windows > before + 2);
        Assert.Equal((Detector.Crowd, null), (Last.Detector, Last.Because));
    }

    [Fact]
    public async Task A_detector_that_breaks_rests_for_a_while_and_that_is_told()
    {
        _breaks = true;
        _api.Assignments = new(Guid.Empty, "2", [Camera]) { Detectors = [Allowed with { Detector = Detector.Crowd }] };
        await Until(() => _box.Outbox.Spool.Depth > 1 && Last is { Detector: Detector.Crowd, Because: DetectorRest.Broken, BasisId: null });
        for (var second = 0; second < 8; second++) await Second();
        Assert.Equal([Detector.Crowd], _made); // it is not begun with every second
        _breaks = false;
        await Until(() => Windows > 0);
        Assert.Equal((Detector.Crowd, null), (Last.Detector, Last.Because));
    }

    [Fact]
    public async Task A_new_password_changes_nothing_a_camera_that_is_let_go_is_watched_no_more()
    {
        await Until(() => Windows > 0);
        _api.Assignments = new(Guid.Empty, "2", [Camera with { Password = "new" }]) { Detectors = [Allowed] };
        await Until(() => _box.Watched.Cameras.SingleOrDefault()?.Assigned.Password == "new");
        var before = Windows;
        await Until(() => Windows > before);
        Assert.Equal(1, _box.Outbox.Spool.Depth);
        _api.Assignments = new(Guid.Empty, "3", []);
        await Until(() => Windows == 0);
        Assert.Equal(DetectorRest.NoBasis, Last.Because);
    }

    [Fact]
    public async Task A_camera_that_is_just_connected_anew_is_watched_on_as_it_was()
    {
        var drawn = Camera with { Password = SlowGoodbye.Password, SubStream = new("rtsp://10.0.0.1/b"), Calibration = Stage.View(zones: [new(null, [new(0, 0), new(1, 0), new(1, 1)])]) };
        AssignedDetector[] both = [Allowed, Allowed with { BasisId = new(8, 0, 0, new byte[8]), Detector = Detector.ExitBlockage }];
        _api.Assignments = new(Guid.Empty, "2", [drawn]) { Detectors = both };
        await Until(() => _goodbye.Holds && _box.Outbox.Spool.Oldest(100).OfType<DetectorObserved>().Any(one => one is { Detector: Detector.ExitBlockage, Because: null }));
        var (told, made) = (_box.Outbox.Spool.Depth, _made.Count);
        _api.Assignments = new(Guid.Empty, "3", [drawn with { Password = "new" }]) { Detectors = both };
        await Until(() => !_box.Watched.Cameras.Any()); // the old connection says goodbye, the new one is not there yet
        for (var second = 0; second < 10; second++) await Second();
        Assert.Empty(_box.Watched.Cameras);
        Assert.Equal(told, _box.Outbox.Spool.Depth);

        _goodbye.LetGo();
        await Until(() => _box.Watched.Cameras.SingleOrDefault()?.Assigned.Password == "new");
        var judged = Windows;
        await Until(() => Windows > judged);
        Assert.Equal((told, made), (_box.Outbox.Spool.Depth, _made.Count));
    }

    [Fact]
    public async Task A_calibration_begins_the_detector_anew_says_so_and_leaves_the_connection_alone()
    {
        await Until(() => Windows > 0);
        var (before, camera) = (Last.Model, _box.Watched.Cameras.Single());
        var drawn = new ViewCalibration([new(new(.4, .5), new(.4, .3)), new(new(.6, .95), new(.6, .5))], [], null, []);
        _api.Assignments = new(Guid.Empty, "2", [Camera with { Calibration = drawn }]) { Detectors = [Allowed] };
        await Until(() => _box.Outbox.Spool.Depth == 2);
        Assert.Equal((Basis, null, Model.Hash), (Last.BasisId, Last.Because, Last.Model?.Sha256));
        Assert.NotEqual(before!.ConfigurationSha256, Last.Model!.ConfigurationSha256);
        await Until(() => Windows > 0);
        Assert.Same(camera, _box.Watched.Cameras.Single());
        _api.Assignments = new(Guid.Empty, "3", [Camera with { Calibration = drawn }, Camera with { DeviceId = Basis }]) { Detectors = [Allowed] };
        await Until(() => _box.Watched.Cameras.Count() == 2);
        var judged = Windows;
        await Until(() => Windows > judged); // the same drawn again begins nothing anew
        Assert.Equal(2, _box.Outbox.Spool.Depth);
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
        await _box.Following.StopAsync(Ct);
        _box.Dispose();
        Begin(null);
        await _box.Following.StartAsync(Ct);
        await Until(() => _box.Outbox.Spool.Depth > 0 && Last.Because == DetectorRest.ModelMissing && _box.Watched.Cameras.Any()); // the list of cameras is followed right after that of detectors
    }

    static string Hash(byte[] file) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file));

    [Fact]
    public async Task A_model_that_is_rolled_out_is_fetched_kept_and_told_and_rolled_back_it_is_left()
    {
        await Until(() => Windows > 0);
        var file = ModelShelfTests.Another;
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
        Assert.Equal(4, _box.Outbox.Spool.Depth);
    }

    [Fact]
    public async Task What_is_not_the_file_that_was_asked_for_is_not_run_and_what_lies_damaged_on_the_disk_is_fetched_anew()
    {
        var (file, damaged) = (ModelShelfTests.Another, ModelShelfTests.Another[..^10]);
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
        await Until(() => _box.Outbox.Spool.Depth > 1);
        Assert.Equal((Detector.Crowd, crowd.BasisId, null), (Last.Detector, Last.BasisId, Last.Because));
        _api.Assignments = new(Guid.Empty, "3", [Camera]) { Detectors = [crowd] };
        await Until(() => _box.Outbox.Spool.Depth > 2);
        Assert.Equal((Detector.Fight, DetectorRest.NoBasis), (Last.Detector, Last.Because));
        var before = Windows;
        await Until(() => Windows > before); // the other one goes on
        Assert.Equal([Detector.Crowd], _made); // with all that it learnt
        _api.Assignments = new(Guid.Empty, "4", [Camera]);
        await Until(() => Windows == 0);
        Assert.Equal((Detector.Crowd, DetectorRest.NoBasis, 4), (Last.Detector, Last.Because, _box.Outbox.Spool.Depth));
    }

    [Fact]
    public async Task What_works_by_a_drawing_rests_until_there_is_one()
    {
        _api.Assignments = new(Guid.Empty, "2", [Camera]) { Detectors = [Allowed with { Detector = Detector.ExitBlockage }] };
        await Until(() => _box.Outbox.Spool.Depth > 0 && Last is { Detector: Detector.ExitBlockage });
        Assert.Equal(DetectorRest.NotCalibrated, Last.Because);
        _api.Assignments = new(Guid.Empty, "3", [Camera with { Calibration = Stage.View(zones: [new(null, [new(0, 0), new(1, 0), new(1, 1)])]) }]) { Detectors = [Allowed with { Detector = Detector.ExitBlockage }] };
        await Until(() => Last is { Detector: Detector.ExitBlockage, Because: null });
        Assert.Equal("blocked-exit", Last.Model!.Name);
    }

    DetectorObserved Last => (DetectorObserved)_box.Outbox.Spool.Oldest(100)[^1];

    long Windows => _box.Judged;

    /// <summary>A second of the camera and a round of the detectors, then whatever the machine needs to do its part.</summary>
    async Task Second()
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        for (var tenth = 0; tenth < Frame.Rate; tenth++) _box.Send(_clock.GetUtcNow().AddSeconds(tenth / 10.0 - 1));

        await _box.Models.GoRound(Ct);
        await _box.Eyes.GoRound(Ct);
        await Task.Yield();
    }

    /// <summary>Time goes on slowly, so that what is asked over HTTP has its answer in time.</summary>
    async Task Until(Func<bool> isSo)
    {
        await Cameras.Until(async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(0.1));
            await _box.Models.GoRound(Ct);
            await _box.Eyes.GoRound(Ct);
            for (var tenth = 0; tenth < 3; tenth++) _box.Send(_clock.GetUtcNow());
            return isSo();
        });
    }
}
