using Compliance.Domain.Detectors;
using Compliance.Domain.Probes;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Tell;
using Compliance.Probe.Watch.Rtp;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>A sense that looks beside that of a camera.</summary>
/// <param name="Ends">When the camera's own is stopped: then this may look no longer either.</param>
internal sealed record BesideSense(ISense Sense, Task Ends);

/// <summary>
/// Once a second: which detectors may watch which camera now, by the interlock; those begin, all others stop, and each turn is told. A camera has one decoder for all its detectors, so
/// that one of them begins or ends is a new beginning of all; what the others learnt of the view they keep. Where the machine cannot keep up, whole cameras are left out in turn.
/// </summary>
internal sealed partial class EyesRounds(
    WatchedCameras watched, IAssignments assignments, Outbox outbox, ApiConnection api, EyesMeans means, ProbeOptions options, TimeProvider clock, ILogger<EyesRounds> log)
    : Rounds("A round of the detectors", clock, log), IDisposable
{
    /// <summary>A camera is connected anew, or the list of cameras comes right after that of detectors.</summary>
    static readonly TimeSpan Absence = TimeSpan.FromSeconds(5);

    readonly Dictionary<Guid, Watching> _watching = [];

    /// <summary>Of each camera that may be watched: what they learnt of it outlives the end of another detector beside them, and a while in which the camera is left out.</summary>
    readonly Dictionary<Guid, IReadOnlyList<ISense>> _senses = [];
    readonly Dictionary<(Guid Device, Detector Detector), Told> _told = [];
    readonly Dictionary<Guid, long> _absent = [];
    readonly Shedding _shedding = new();
    readonly Breakdowns _broken = new(clock);
    volatile IReadOnlyList<AssignedDetector> _assigned = [];
    IReadOnlyList<SenseKind> _kinds = [];
    readonly SemaphoreSlim _turn = new(1);
    volatile bool _stopped;

    /// <summary>What was said of a detector last.</summary>
    readonly record struct Told(Guid? BasisId, DetectorRest? Because, DetectorModel? Model);

    /// <summary>What one camera is watched for.</summary>
    /// <param name="Key">Changes with the detectors, their models and the calibration.</param>
    /// <param name="View">The calibration.</param>
    sealed record Watching(CameraEye Eye, string Key, IReadOnlyList<Detector> Detectors, ViewCalibration? View, CancellationTokenSource Stop, Task Run)
    {
        public long Analysed { get; set; }
        public long Skipped { get; set; }
        public long Late { get; set; }
    }

    /// <summary>How the detectors are doing, for the box's sign of life.</summary>
    public EyesHealth Health { get; private set; } = new(0, 0, 0, 0);

    /// <summary>How often the detectors of each camera judged since they began.</summary>
    internal IReadOnlyDictionary<Guid, long> Judged => _watching.ToDictionary(one => one.Key, one => one.Value.Eye.Judged);

    public void Dispose() => _turn.Dispose();

    public void Follow(IReadOnlyList<AssignedDetector> detectors) => _assigned = detectors;

    /// <summary>Cameras on which this detector runs now, in a steady order.</summary>
    public async Task<IReadOnlyList<Guid>> Running(Detector detector, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            return [.. _watching.Where(one => !one.Value.Run.IsCompleted && one.Value.Eye.Has(detector)).Select(one => one.Key).Order()];
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A sense beside that of a camera; null where the detector runs there no longer.</summary>
    public async Task<BesideSense?> Beside(Guid device, Detector detector, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            return _watching.TryGetValue(device, out var one) && !one.Run.IsCompleted && one.Eye.Beside(detector) is { } sense ? new(sense, one.Run) : null;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The probe ends: nothing of that is told.</summary>
    public async Task StopAll()
    {
        _stopped = true;
        await _turn.WaitAsync(); // a round that runs ends first
        foreach (var one in _watching.Values) await one.Stop.CancelAsync();
        await Task.WhenAll(_watching.Values.Select(one => one.Run)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await means.AllTold();
    }

    protected override async Task Round(DateTimeOffset now, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            if (!_stopped) await Turn(now);
        }
        finally
        {
            _turn.Release();
        }
    }

    async Task Turn(DateTimeOffset now)
    {
        foreach (var device in _watching.Where(one => one.Value.Run.IsFaulted).Select(one => one.Key).ToList()) await Stop(device);
        _kinds = [.. means.Kinds.Select(kind => kind.Now)]; // a model that is exchanged meanwhile is of the next round
        var bases = _assigned.Where(one => one.Detector != Detector.WatchList).ToLookup(one => (Device: one.DeviceId, one.Detector));
        var held = watched.Cameras.ToDictionary(camera => camera.Assigned.DeviceId);
        // One that is just passed on may stand in both lists; one that is just connected anew in neither, and is watched on as it was.
        var views = held.Values.Select(camera => camera.Assigned).Concat(watched.Swept.Cameras.Select(camera => camera.Assigned)).DistinctBy(camera => camera.DeviceId).ToDictionary(camera => camera.DeviceId, camera => camera.Calibration);
        foreach (var (device, one) in _watching)
            if (!one.Run.IsCompleted) views.TryAdd(device, one.View);
        var permits = bases.Select(group => group.Key).Union(_told.Keys).ToDictionary(one => one, one => PermitOf(one.Device, one.Detector, [.. bases[one]], views.GetValueOrDefault(one.Device), now));
        var may = permits.Where(one => one.Value is { Basis: not null }).ToLookup(one => one.Key.Device, one => one.Key.Detector);
        foreach (var device in _watching.Keys.Where(device => !may.Contains(device)).ToList()) await Stop(device);
        // Of one of which nothing can be said yet nothing is forgotten.
        foreach (var device in _senses.Keys.Where(device => !may.Contains(device) && !permits.Any(one => one.Key.Device == device && one.Value is null)).ToList()) _senses.Remove(device);
        Shed([.. may.Select(camera => camera.Key)]);
        foreach (var device in _shedding.LeftOut.ToList()) await Stop(device);
        foreach (var camera in may.Where(camera => !_shedding.LeftOut.Contains(camera.Key))) await Watch(camera.Key, [.. camera.Order()], views.GetValueOrDefault(camera.Key), held.GetValueOrDefault(camera.Key));
        if (!Tell(permits, views, now)) return;
        foreach (var gone in _told.Keys.Where(one => !bases.Contains(one)).ToList()) _told.Remove(gone);
    }

    SenseKind? KindOf(Detector detector) => _kinds.FirstOrDefault(kind => kind.Detector == detector);

    /// <summary>Null: not to be said yet.</summary>
    Permit? PermitOf(Guid device, Detector detector, IReadOnlyCollection<AssignedDetector> bases, ViewCalibration? view, DateTimeOffset now)
    {
        var permit = Interlock.Of(bases, now - TimeSpan.FromMilliseconds(api.Clock.OffsetMs), assignments.Unconfirmed, options.Eyes.ListPatience);
        if (permit.Basis is null) return permit;
        if (KindOf(detector) is not { Model: not null } kind) return new(null, DetectorRest.ModelMissing);
        if (kind.Suffices?.Invoke(view) == false) return new(null, DetectorRest.NotCalibrated);
        if (_broken.Rests(device)) return new(null, DetectorRest.Broken);
        if (watched.Following(device) is not null || _watching.TryGetValue(device, out var one) && !one.Run.IsCompleted)
        {
            _absent.Remove(device);
            return permit;
        }

        _absent.TryAdd(device, Clock.GetTimestamp());
        return Clock.GetElapsedTime(_absent[device]) < Absence ? null : new(null, DetectorRest.NotHeldOpen);
    }

    /// <param name="camera">Null while it is not held open: what runs then runs on, as it was, and ends with what it follows.</param>
    async Task Watch(Guid device, IReadOnlyList<Detector> detectors, ViewCalibration? view, WatchedCamera? camera)
    {
        var before = _watching.GetValueOrDefault(device);
        if (camera is null && before is { Run.IsCompleted: false } && before.Detectors.All(detectors.Contains)) return;
        var kinds = detectors.Select(detector => (Kind: KindOf(detector)!, Model: KindOf(detector)!.Model!.On(view))).ToList();
        var sub = options.Eyes.SubStream ? camera?.Assigned.SubStream : null;
        var key = $"{sub}; " + string.Join(';', kinds.Select(one => $"{one.Kind.Detector} {one.Model.Sha256} {one.Model.ConfigurationSha256}"));
        if (before is not null)
        {
            if (!before.Run.IsCompleted && before.Key == key) return;
            await Stop(device);
        }

        if (camera is null) return;
        var learnt = _senses.GetValueOrDefault(device) ?? [];
        IReadOnlyList<ISense> senses = [.. kinds.Select(one => learnt.FirstOrDefault(sense => sense.Detector == one.Kind.Detector && sense.Model == one.Model) ?? one.Kind.Make(device, view, one.Model))];
        _senses[device] = senses;
        var stop = new CancellationTokenSource();
        var eye = new CameraEye(device, camera.Outlet.Fanout, sub is null ? null : watched.SubStreamOf(device), senses, means);
        _watching[device] = new(eye, key, detectors, view, stop, Task.Run(() => eye.Run(stop.Token), CancellationToken.None));
    }

    async Task Stop(Guid device)
    {
        if (!_watching.Remove(device, out var one)) return;
        await one.Stop.CancelAsync();
        await one.Run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        one.Stop.Dispose();
        if (one.Run.Exception?.InnerException is not { } e) return;
        _broken.Broke(device);
        if (e is FootageUnreadable) Unreadable(log, device, e.Message);
        else Mishaps.Met(e, "Watching a camera for alerts");
        _senses.Remove(device); // it may lie in one of them
    }

    void Shed(List<Guid> may)
    {
        var (seen, skipped) = (new List<(Guid, long Analysed, long Late)>(), 0L);
        foreach (var (device, one) in _watching)
        {
            seen.Add((device, one.Eye.Analysed - one.Analysed, one.Eye.Late - one.Late));
            skipped += one.Eye.Skipped - one.Skipped;
            (one.Analysed, one.Skipped, one.Late) = (one.Eye.Analysed, one.Eye.Skipped, one.Eye.Late);
        }

        var before = _shedding.LeftOut.Count;
        _shedding.Pass(seen, may, Clock.GetElapsedTime(0));
        if (_shedding.LeftOut.Count > before) LeftOut(log, _shedding.LeftOut.Count, may.Count);
        var missed = (long)Frame.Rate * _shedding.LeftOut.Count;
        if (missed > 0) ProbeMeasures.FramesSkipped.Add(missed);
        Health = new(may.Count - _shedding.LeftOut.Count, _shedding.LeftOut.Count, seen.Sum(one => one.Analysed), skipped + missed);
    }

    /// <summary>What the disk does not take is told in the next round.</summary>
    bool Tell(Dictionary<(Guid Device, Detector Detector), Permit?> permits, Dictionary<Guid, ViewCalibration?> views, DateTimeOffset now)
    {
        var turned = permits.Where(one => one.Value is not null)
            .Select(one => (one.Key, Now: new Told(one.Value!.Value.Basis?.BasisId, one.Value.Value.Because, one.Value.Value.Basis is null ? null : KindOf(one.Key.Detector)!.Model!.On(views.GetValueOrDefault(one.Key.Device)))))
            .Where(one => !(_told.TryGetValue(one.Key, out var told) && told == one.Now)).ToList();
        if (turned.Count == 0) return true;
        try
        {
            outbox.Tell([.. turned.Select(one => new DetectorObserved(Guid.CreateVersion7(now), one.Key.Device, now, api.Clock, one.Key.Detector, one.Now.BasisId, one.Now.Model, one.Now.Because))]);
        }
        catch (Exception e) when (e is SpoolFull or SqliteException)
        {
            NoRoom(log, e.Message);
            return false;
        }

        foreach (var (key, told) in turned)
        {
            _told[key] = told;
            Turned(log, key.Detector, key.Device, told.Because?.ToString() ?? "runs");
        }

        return true;
    }

    [LoggerMessage(LogLevel.Information, "Detector {Detector} on camera {DeviceId}: {State}")]
    static partial void Turned(ILogger log, Detector detector, Guid deviceId, string state);

    [LoggerMessage(LogLevel.Warning, "No detector can look at camera {DeviceId}: {Why}")]
    static partial void Unreadable(ILogger log, Guid deviceId, string why);

    [LoggerMessage(LogLevel.Warning, "This machine cannot look at all frames: {LeftOut} of {Cameras} cameras are left out in turn")]
    static partial void LeftOut(ILogger log, int leftOut, int cameras);

    [LoggerMessage(LogLevel.Error, "The spool takes nothing ({Why}); what detectors do is told later")]
    static partial void NoRoom(ILogger log, string why);
}
