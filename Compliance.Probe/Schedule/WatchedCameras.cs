using System.Collections.Concurrent;
using Compliance.Domain.Probes;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using Compliance.Probe.Tell;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Onvif;
using Compliance.Probe.Watch.Rtp;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>The cameras watched now. Whoever is newly assigned is watched from that moment; whoever is not is let go, and what opened him forgotten when nobody is left.</summary>
internal sealed partial class WatchedCameras(ProbeOptions options, OpenFeed open, Sightings sightings, ApprovedViews views, UsualPictures usuals, CameraRecords records, OnvifMeans onvif, TimeProvider clock, Random chance, ILogger<WatchedCameras> log, Turnstile? turnstile = null)
{
    readonly ConcurrentDictionary<Guid, (WatchedCamera Camera, CancellationTokenSource Stop, Task Run)> _watched = [];
    readonly Turnstile _turnstile = turnstile ?? new(options.Watch, clock);
    readonly SignIns _signIns = new(options.Watch, clock);

    SweptCameras? _swept;
    bool _hasFollowed;

    public IEnumerable<WatchedCamera> Cameras => _watched.Values.Select(w => w.Camera);

    /// <summary>Those that are not held open.</summary>
    public SweptCameras Swept => LazyInitializer.EnsureInitialized(ref _swept, () => new(open, _turnstile, _signIns, onvif, options, clock, chance, log));

    /// <summary>Both.</summary>
    public IEnumerable<AssignedCamera> Assigned => Cameras.Select(c => c.Assigned).Concat(Swept.Cameras.Select(c => c.Assigned));

    public int Count => _watched.Count + Swept.Count;

    public async Task Follow(Assignments assignments, CancellationToken ct)
    {
        var all = assignments.Cameras.DistinctBy(c => c.DeviceId).ToLookup(c => c.CheckSeconds is null);
        var wanted = all[true].ToDictionary(c => c.DeviceId);
        var lastGood = _hasFollowed ? [] : sightings.Recall(clock.GetUtcNow());
        var faults = _hasFollowed ? [] : sightings.RecallFaults();
        var histories = new Dictionary<Guid, PictureHistory>();
        var followed = new Dictionary<Guid, Fanout>();
        _hasFollowed = true;
        foreach (var (id, watched) in _watched)
        {
            if (wanted.GetValueOrDefault(id) is { } same && same.IsWatchedAs(watched.Camera.Assigned))
            {
                watched.Camera.Assigned = same;
                continue;
            }

            await Stop(id);
            if (wanted.ContainsKey(id)) followed[id] = watched.Camera.Outlet.Fanout;
            else watched.Camera.Outlet.Fanout.End();
            lastGood[id] = watched.Camera.State.LastGood;
            if (wanted.GetValueOrDefault(id)?.ViewId is { } view && view != watched.Camera.Assigned.ViewId) continue;
            histories[id] = watched.Camera.Pictures;
            if (watched.Camera.State.PictureFault is { } fault) faults[id] = fault;
        }

        await Swept.Follow(all[false].ToDictionary(c => c.DeviceId), ct);
        foreach (var camera in wanted.Values)
            if (!_watched.ContainsKey(camera.DeviceId)) 
                Start(camera, lastGood.TryGetValue(camera.DeviceId, out var at) ? at : null, histories.GetValueOrDefault(camera.DeviceId), faults.GetValueOrDefault(camera.DeviceId), followed.GetValueOrDefault(camera.DeviceId), ct);
        foreach (var watched in _watched.Values) watched.Camera.Outlet.Fanout.KeepsGroup = _watched.Count <= options.GroupsKeptUpTo;
        if (assignments.Cameras.Count == 0) _signIns.Forget();
        Follows(log, _watched.Count, Swept.Count, assignments.Revision);
    }

    /// <summary>The connection that already watches this very stream with these very credentials, while pictures come; else null.</summary>
    public FeedOutlet? Watching(FeedTarget target) =>
        Cameras.FirstOrDefault(c => c.Assigned.MainStream == target.Stream && (c.Assigned.UserName, c.Assigned.Password) == (target.UserName, target.Password)
            && c.Outlet.Meter.LastAccessUnitAt > clock.GetUtcNow() - options.Watch.StaleAfter)?.Outlet;

    /// <summary>
    /// Where a camera that is held open can be followed (<see cref="Fanout.Tap"/>): the same for as long as the camera is ours, also over a new connection; it ends when the
    /// camera is let go. Null where it is not ours, or is only looked at now and then.
    /// </summary>
    public Fanout? Following(Guid device) => _watched.TryGetValue(device, out var watched) ? watched.Camera.Outlet.Fanout : null;

    /// <summary>A camera of ours for somebody who may look: followed where it is held open, else over a connection of his own. Null where it is none of ours.</summary>
    public LentFeed? Lend(Guid device)
    {
        if (Following(device) is { } held) return new(held.Tap("live", atOnce: true));
        if (Swept.Cameras.FirstOrDefault(c => c.Assigned.DeviceId == device)?.Assigned is not { } camera) return null;
        var (outlet, stop) = (new FeedOutlet(new StreamMeter(), new Fanout()), new CancellationTokenSource());
        return new(outlet.Fanout.Tap("live", atOnce: true), new CameraWatch(TargetOf(camera), outlet, open, _turnstile, _signIns, options.Watch, clock, chance).Run(stop.Token), stop);
    }

    /// <summary>How the smaller stream of a camera is opened, for as long as that is held open and has one.</summary>
    public OpenSubStream SubStreamOf(Guid device)
    {
        return refused =>
        {
            if (Target() is not { } target || target == refused) return null;
            var (outlet, stop) = (new FeedOutlet(new StreamMeter(), new Fanout()), new CancellationTokenSource());
            return new(target, outlet, RunOnce(target, outlet, stop.Token), stop);
        };

        // As it is assigned now: the password may be another since.
        FeedTarget? Target() => _watched.TryGetValue(device, out var one) && one.Camera.Assigned is { SubStream: { } sub } now ? TargetOf(now) with { Stream = sub } : null;

        async Task<FeedLost> RunOnce(FeedTarget target, FeedOutlet outlet, CancellationToken ct)
        {
            await _turnstile.Pass(target.Stream.Host, ct);
            return await new CameraWatch(target, outlet, open, _turnstile, _signIns, options.Watch, clock, chance).RunOnce(ct);
        }
    }

    public async Task StopAll()
    {
        var fanouts = Cameras.Select(camera => camera.Outlet.Fanout).ToList();
        await Task.WhenAll([Swept.StopAll(), .. _watched.Keys.Select(Stop)]);
        fanouts.ForEach(fanout => fanout.End());
    }

    void Start(AssignedCamera camera, DateTimeOffset? lastGood, PictureHistory? history, Held? fault, Fanout? followed, CancellationToken ct)
    {
        if (history is not null && camera.ViewId is null) history.ForgetView();
        var isNewView = false;
        var pictures = history ?? PicturesOf(camera, out isNewView);
        var outlet = new FeedOutlet(new StreamMeter(), followed ?? new Fanout());
        var target = TargetOf(camera);
        var vouch = options.Proofs.On ? new Vouching(OnvifTarget.Of(camera.MainStream, camera.Onvif, camera.UserName, camera.Password), onvif) : null;
        var watch = new CameraWatch(target, outlet, open, _turnstile, _signIns, options.Watch, clock, chance, vouch);
        var record = records.Recall(camera);
        var state = CameraState.Begin(clock.GetUtcNow(), lastGood, isNewView ? null : fault) with { Disproven = record.Disproven };
        var repetition = new Repetition(options.Proofs.Repetition, new(chance, records.RecallShown(camera.DeviceId)));
        var firstProof = clock.GetUtcNow() + (options.Proofs.Every * 0.2 * chance.NextDouble());
        var watched = new WatchedCamera(camera, watch, outlet, pictures, state, record, repetition, firstProof);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _watched[camera.DeviceId] = (watched, stop, Run(watched, stop.Token));
    }

    static FeedTarget TargetOf(AssignedCamera camera) => new(camera.MainStream, camera.UserName, camera.Password, camera.Transport);

    /// <summary>What was usual before the restart still is: only an approved view begins another history, no changed address or password does.</summary>
    /// <param name="isNewView">It was approved while this probe was off.</param>
    PictureHistory PicturesOf(AssignedCamera camera, out bool isNewView)
    {
        var usual = usuals.Recall(camera.DeviceId, camera.ViewId);
        var pictures = new PictureHistory(options.Look, usual, figures => usuals.Keep(camera.DeviceId, camera.ViewId, figures));
        isNewView = false;
        if (camera.ViewId is not { } view) return pictures;
        if (views.Recall(camera.DeviceId, view) is { } taken) pictures.Recall(taken);
        else pictures.Take(made => views.Keep(camera.DeviceId, view, made));
        isNewView = usual is null && pictures.Approved is null;
        return pictures;
    }

    async Task Stop(Guid id)
    {
        if (!_watched.TryRemove(id, out var watched)) return;
        await watched.Stop.CancelAsync();
        await watched.Run;
        watched.Stop.Dispose();
        if (options.Proofs.On && watched.Camera.Repetition.Before.Count > 0) records.KeepShown(id, watched.Camera.Repetition.Before);
    }

    /// <summary>A bug met with one camera is said, and does not end the watch over it.</summary>
    async Task Run(WatchedCamera camera, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await camera.Watch.Run(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Broke(log, e, camera.Assigned.DeviceId);
                await Task.Delay(options.Watch.LongestPause, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Watching {Held} cameras, looking at {Swept} now and then (revision {Revision})")]
    static partial void Follows(ILogger log, int held, int swept, string revision);

    [LoggerMessage(LogLevel.Critical, "Watching camera {DeviceId} broke; this is a bug")]
    static partial void Broke(ILogger log, Exception e, Guid deviceId);
}
