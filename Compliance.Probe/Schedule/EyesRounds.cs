using Compliance.Domain.Detectors;
using Compliance.Domain.Probes;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Tell;
using Compliance.Probe.Watch.Rtp;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>
/// Once a second: which cameras a detector may watch now, by the interlock; those begin, all others stop, and each turn is told. Where the machine cannot keep up, whole
/// cameras are left out in turn.
/// </summary>
internal sealed partial class EyesRounds(
    WatchedCameras watched, IAssignments assignments, Outbox outbox, ApiConnection api, EyesMeans means, UsualFights usuals, ProbeOptions options, TimeProvider clock, ILogger<EyesRounds> log)
    : Rounds("A round of the detectors", clock, log), IDisposable
{
    /// <summary>A camera is connected anew, or the list of cameras comes right after that of detectors.</summary>
    static readonly TimeSpan Absence = TimeSpan.FromSeconds(5);

    readonly Dictionary<Guid, Watching> _watching = [];
    readonly Dictionary<Guid, Permit> _told = [];
    readonly Dictionary<Guid, DateTimeOffset> _absent = [];
    readonly Shedding _shedding = new();
    volatile IReadOnlyList<AssignedDetector> _assigned = [];
    readonly SemaphoreSlim _turn = new(1);
    volatile bool _stopped;

    sealed record Watching(CameraEye Eye, Fanout Of, CancellationTokenSource Stop, Task Run)
    {
        public long Analysed { get; set; }
        public long Skipped { get; set; }
    }

    /// <summary>How the detectors are doing, for the box's sign of life.</summary>
    public EyesHealth Health { get; private set; } = new(0, 0, 0, 0);

    /// <summary>The windows that each camera's detector has judged since it began.</summary>
    internal IReadOnlyDictionary<Guid, long> Windows => _watching.ToDictionary(one => one.Key, one => one.Value.Eye.Windows);

    public void Dispose() => _turn.Dispose();

    public void Follow(IReadOnlyList<AssignedDetector> detectors) => _assigned = detectors;

    /// <summary>The probe ends: nothing of that is told.</summary>
    public async Task StopAll()
    {
        _stopped = true;
        await _turn.WaitAsync(); // a round that runs ends first
        foreach (var one in _watching.Values) await one.Stop.CancelAsync();
        await Task.WhenAll(_watching.Values.Select(one => one.Run)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
        var bases = _assigned.Where(one => one.Detector == Detector.Fight).ToLookup(one => one.DeviceId);
        var permits = bases.Select(group => group.Key).Union(_watching.Keys).Union(_told.Keys).ToDictionary(device => device, device => PermitOf(device, [.. bases[device]], now));
        foreach (var (device, _) in permits.Where(one => one.Value is not { Basis: not null }).ToList()) await Stop(device);
        var may = permits.Where(one => one.Value is { Basis: not null }).Select(one => one.Key).ToList();
        Shed(may, now);
        foreach (var device in _shedding.LeftOut.ToList()) await Stop(device);
        foreach (var device in may.Except(_shedding.LeftOut)) Watch(device);
        if (!Tell(permits, now)) return;
        foreach (var gone in _told.Keys.Where(device => !bases.Contains(device)).ToList()) _told.Remove(gone);
    }

    /// <summary>Null: not to be said yet.</summary>
    Permit? PermitOf(Guid device, IReadOnlyCollection<AssignedDetector> bases, DateTimeOffset now)
    {
        var permit = Interlock.Of(bases, now - TimeSpan.FromMilliseconds(api.Clock.OffsetMs), assignments.Unconfirmed, options.Eyes.ListPatience);
        if (permit.Basis is null) return permit;
        if (means.Model is null) return new(null, DetectorRest.ModelMissing);
        if (watched.Following(device) is not null || _watching.TryGetValue(device, out var one) && !one.Run.IsCompleted)
        {
            _absent.Remove(device);
            return permit;
        }

        _absent.TryAdd(device, now);
        return now - _absent[device] < Absence ? null : new(null, DetectorRest.NotHeldOpen);
    }

    void Watch(Guid device)
    {
        if (_watching.TryGetValue(device, out var before))
        {
            if (!before.Run.IsCompleted) return;
            if (before.Run.Exception?.InnerException is { } e) Mishaps.Met(e, "Looking for fights");
            before.Stop.Dispose();
            _watching.Remove(device);
        }

        if (watched.Following(device) is not { } fanout) return;
        var (model, stop) = (means.Model!, new CancellationTokenSource());
        var eye = new CameraEye(device, fanout, model, new(usuals.Recall(device, model.Hash), nights => usuals.Keep(device, model.Hash, nights)), means);
        _watching[device] = new(eye, fanout, stop, Task.Run(() => eye.Run(stop.Token), CancellationToken.None));
    }

    async Task Stop(Guid device)
    {
        if (!_watching.Remove(device, out var one)) return;
        await one.Stop.CancelAsync();
        await one.Run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        one.Stop.Dispose();
    }

    void Shed(List<Guid> may, DateTimeOffset now)
    {
        var seen = new List<(Guid, long Analysed, long Skipped)>();
        foreach (var (device, one) in _watching)
        {
            seen.Add((device, one.Eye.Analysed - one.Analysed, one.Eye.Skipped - one.Skipped));
            (one.Analysed, one.Skipped) = (one.Eye.Analysed, one.Eye.Skipped);
        }

        var before = _shedding.LeftOut.Count;
        _shedding.Pass(seen, may, now);
        if (_shedding.LeftOut.Count > before) LeftOut(log, _shedding.LeftOut.Count, may.Count);
        var missed = (long)Frame.Rate * _shedding.LeftOut.Count;
        if (missed > 0) ProbeMeasures.FramesSkipped.Add(missed);
        Health = new(may.Count - _shedding.LeftOut.Count, _shedding.LeftOut.Count, seen.Sum(one => one.Analysed), seen.Sum(one => one.Skipped) + missed);
    }

    /// <summary>What the disk does not take is told in the next round.</summary>
    bool Tell(Dictionary<Guid, Permit?> permits, DateTimeOffset now)
    {
        var turned = permits.Where(one => one.Value is { } permit && !(_told.TryGetValue(one.Key, out var told) && IsSame(told, permit))).ToList();
        if (turned.Count == 0) return true;
        try
        {
            outbox.Tell([.. turned.Select(one => one.Value!.Value is var permit ? new DetectorObserved(
                Guid.CreateVersion7(now), one.Key, now, api.Clock, Detector.Fight, permit.Basis?.BasisId, permit.Basis is null ? null : means.Told, permit.Because) : null!)]);
        }
        catch (Exception e) when (e is SpoolFull or SqliteException)
        {
            NoRoom(log, e.Message);
            return false;
        }

        foreach (var (device, permit) in turned)
        {
            _told[device] = permit!.Value;
            Turned(log, device, permit.Value.Because?.ToString() ?? "runs");
        }

        return true;
    }

    static bool IsSame(Permit a, Permit b) => (a.Basis?.BasisId, a.Because) == (b.Basis?.BasisId, b.Because);

    [LoggerMessage(LogLevel.Information, "The detector on camera {DeviceId}: {State}")]
    static partial void Turned(ILogger log, Guid deviceId, string state);

    [LoggerMessage(LogLevel.Warning, "This machine cannot look at all frames: {LeftOut} of {Cameras} cameras are left out in turn")]
    static partial void LeftOut(ILogger log, int leftOut, int cameras);

    [LoggerMessage(LogLevel.Error, "The spool takes nothing ({Why}); what detectors do is told later")]
    static partial void NoRoom(ILogger log, string why);
}
