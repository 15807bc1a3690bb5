using System.Collections.Concurrent;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Watch;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>The cameras that are looked at now and then. They share the turnstile with those that are held open: a host is called once a second at most.</summary>
internal sealed partial class SweptCameras(OpenFeed open, Turnstile turnstile, ProbeOptions options, TimeProvider clock, Random chance, ILogger log)
{
    readonly ConcurrentDictionary<Guid, (SweptCamera Camera, CancellationTokenSource Stop, Task Run)> _swept = [];
    readonly QuickCheck _check = new(open, options.Watch, options.Judge, clock);
    Sweep? _sweep;

    public IEnumerable<SweptCamera> Cameras => _swept.Values.Select(swept => swept.Camera);

    public int Count => _swept.Count;

    public bool IsBlind
    {
        set => Sweep.IsBlind = value;
    }

    Sweep Sweep => _sweep ??= new((camera, ct) => _check.Run(new(camera.MainStream, camera.UserName, camera.Password, camera.Transport), camera.Declared, ct), turnstile, options.Sweep, clock, chance);

    public async Task Follow(IReadOnlyDictionary<Guid, AssignedCamera> wanted, CancellationToken ct)
    {
        foreach (var (id, swept) in _swept)
            if (wanted.GetValueOrDefault(id) != swept.Camera.Assigned) await Stop(id);
        foreach (var camera in wanted.Values)
        {
            if (_swept.ContainsKey(camera.DeviceId)) continue;
            var swept = new SweptCamera(camera, clock.GetUtcNow());
            var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
            _swept[camera.DeviceId] = (swept, stop, Run(swept, stop.Token));
        }
    }

    public Task StopAll() => Task.WhenAll(_swept.Keys.Select(Stop));

    async Task Stop(Guid id)
    {
        if (!_swept.TryRemove(id, out var swept)) return;
        await swept.Stop.CancelAsync();
        await swept.Run;
        swept.Stop.Dispose();
    }

    /// <summary>A bug met with one camera is said, and does not end its turns.</summary>
    async Task Run(SweptCamera camera, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await Sweep.Follow(camera, ct);
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

    [LoggerMessage(LogLevel.Critical, "Looking at camera {DeviceId} broke; this is a bug")]
    static partial void Broke(ILogger log, Exception e, Guid deviceId);
}
