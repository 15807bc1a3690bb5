using System.Collections.Concurrent;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Onvif;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>The cameras that are looked at now and then. They share the turnstile with those that are held open: a host is called once a second at most.</summary>
internal sealed partial class SweptCameras(OpenFeed open, Turnstile turnstile, SignIns signIns, OnvifMeans onvif, ProbeOptions options, TimeProvider clock, Random chance, ILogger log)
{
    readonly ConcurrentDictionary<Guid, Swept> _swept = [];
    readonly QuickCheck _check = new(open, options.Watch, options.Judge, clock, signIns);
    readonly ConcurrentDictionary<Guid, Vouching> _vouching = [];
    Sweep? _sweep;

    public IEnumerable<SweptCamera> Cameras => _swept.Values.Select(swept => swept.Camera);

    public int Count => _swept.Count;

    public bool IsBlind
    {
        set => Sweep.IsBlind = value;
    }

    Sweep Sweep => _sweep ??= new((camera, ct) => _check.Run(TargetOf(camera), camera.Declared, ct, _vouching.GetValueOrDefault(camera.DeviceId)), turnstile, options.Sweep, clock, chance);

    public async Task Follow(IReadOnlyDictionary<Guid, AssignedCamera> wanted, CancellationToken ct)
    {
        foreach (var (id, swept) in _swept)
        {
            if (wanted.GetValueOrDefault(id) is { } same && same.IsWatchedAs(swept.Camera.Assigned)) swept.Camera.Assigned = same;
            else await Stop(id);
        }

        foreach (var camera in wanted.Values)
        {
            if (_swept.ContainsKey(camera.DeviceId)) continue;
            var swept = new Swept(new(camera, clock.GetUtcNow()), CancellationTokenSource.CreateLinkedTokenSource(ct));
            if (options.Proofs.On) _vouching[camera.DeviceId] = new(OnvifTarget.Of(camera.MainStream, camera.Onvif, camera.UserName, camera.Password), onvif);
            Sweep.Begin(swept.Camera);
            _swept[camera.DeviceId] = swept;
        }
    }

    /// <summary>Begins the looks that are due, and waits for none.</summary>
    public void TakeUp()
    {
        foreach (var swept in _swept.Values)
            if (Sweep.IsDue(swept.Camera)) swept.Begin(stop => Take(swept.Camera, stop));
    }

    public Task StopAll() => Task.WhenAll(_swept.Keys.Select(Stop));

    async Task Stop(Guid id)
    {
        if (!_swept.TryRemove(id, out var swept)) return;
        await swept.End();
        _vouching.TryRemove(id, out _);
        _check.Forget(TargetOf(swept.Camera.Assigned));
    }

    static FeedTarget TargetOf(AssignedCamera camera) => new(camera.MainStream, camera.UserName, camera.Password, camera.Transport);

    /// <summary>A bug met with one camera is said, and does not end its turns.</summary>
    async Task Take(SweptCamera camera, CancellationToken ct)
    {
        try
        {
            await Sweep.Take(camera, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // It was let go.
        }
        catch (Exception e)
        {
            Broke(log, e, camera.Assigned.DeviceId);
            Sweep.PutOff(camera, options.Watch.LongestPause);
        }
    }

    /// <summary>A camera and the look that is under way.</summary>
    sealed class Swept(SweptCamera camera, CancellationTokenSource stop)
    {
        readonly Lock _gate = new();
        Task _look = Task.CompletedTask;
        bool _isOver;

        public SweptCamera Camera { get; } = camera;

        public void Begin(Func<CancellationToken, Task> look)
        {
            lock (_gate)
                if (!_isOver) _look = look(stop.Token);
        }

        public async Task End()
        {
            Task look;
            lock (_gate) (_isOver, look) = (true, _look);
            await stop.CancelAsync();
            await look;
            stop.Dispose();
        }
    }

    [LoggerMessage(LogLevel.Critical, "Looking at camera {DeviceId} broke; this is a bug")]
    static partial void Broke(ILogger log, Exception e, Guid deviceId);
}
