using Compliance.Domain.Contacts;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Schedule;
using Compliance.Probe.Watch.Onvif;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Watch.Contacts;

/// <summary>The cameras this probe holds now, by whose inputs a contact may be read.</summary>
internal delegate IEnumerable<AssignedCamera> CamerasHeld();

/// <summary>
/// Listens at cameras for the contacts that are wired to their digital inputs (ONVIF, PullPoint): an active input is a locked door. Each pull
/// that comes back is a sign of life of what is known; a camera that does not answer is silence, as it is with a sensor.
/// </summary>
internal sealed partial class InputContacts(AssignedContacts assigned, CamerasHeld held, HearContact hear, OnvifMeans means, TimeProvider clock, ILogger<InputContacts> log) : BackgroundService
{
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(30);

    readonly Mishaps _mishaps = new(log);
    readonly Dictionary<Guid, (Wired Wired, CancellationTokenSource Stop, Task Run)> _listening = [];

    /// <summary>A pull waits so long for something to happen: three of them fit into what the judge takes for silence.</summary>
    internal TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        do
        {
            var wanted = Wanted().ToDictionary(wired => wired.Camera.DeviceId);
            foreach (var (id, now) in _listening.ToArray())
                if (wanted.GetValueOrDefault(id)?.IsSame(now.Wired) != true) await Stop(id);
            foreach (var (id, wired) in wanted)
            {
                if (_listening.ContainsKey(id)) continue;
                var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                _listening[id] = (wired, stop, Listen(wired, stop.Token));
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    IEnumerable<Wired> Wanted()
    {
        var cameras = held().ToDictionary(camera => camera.DeviceId);
        foreach (var of in assigned.Of(ContactSource.DigitalInput).Where(c => Place(c) is not null).GroupBy(c => Place(c)!.Value.Camera))
            if (cameras.TryGetValue(of.Key, out var camera)) yield return new(camera, of.DistinctBy(c => Place(c)!.Value.Token).ToDictionary(c => Place(c)!.Value.Token, c => c.DeviceId));
    }

    static (Guid Camera, string Token)? Place(AssignedContact contact) => contact.Address.Split('/', 2) is [var id, var token] && Guid.TryParse(id, out var camera) ? (camera, token) : null;

    async Task Stop(Guid camera)
    {
        if (!_listening.Remove(camera, out var now)) return;
        await now.Stop.CancelAsync();
        await now.Run;
        now.Stop.Dispose();
    }

    async Task Listen(Wired wired, CancellationToken ct)
    {
        for (var failures = 0; !ct.IsCancellationRequested;)
        {
            try
            {
                var camera = await OnvifCamera.Meet(OnvifTarget.Of(wired.Camera.MainStream, wired.Camera.Onvif, wired.Camera.UserName, wired.Camera.Password), means, ct);
                var subscription = await camera.Subscribe(ct);
                for (Dictionary<Guid, ContactState> known = []; ; failures = 0)
                {
                    foreach (var change in await camera.Pull(subscription, Wait, ct))
                        if (wired.Exits.TryGetValue(change.Token, out var exit)) known[exit] = change.Active ? ContactState.Locked : ContactState.Free;
                    foreach (var (exit, state) in known) hear(new(exit, state, clock.GetUtcNow()));
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (e is not OnvifFault) _mishaps.Met(e, $"Listening at camera {wired.Camera.DeviceId}");
                if (failures++ == 0) Unheard(log, wired.Camera.DeviceId, e is OnvifFault ? e.Message : e.GetType().Name);
                var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures, 5)));
                await Task.Delay(pause < LongestPause ? pause : LongestPause, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The inputs of camera {DeviceId} cannot be listened at ({Why}); tried again")]
    static partial void Unheard(ILogger log, Guid deviceId, string why);

    /// <summary>A camera with the exits whose contacts are wired to it, by the token of the input.</summary>
    sealed record Wired(AssignedCamera Camera, Dictionary<string, Guid> Exits)
    {
        public bool IsSame(Wired other) => Camera == other.Camera && Exits.Count == other.Exits.Count && Exits.All(exit => other.Exits.GetValueOrDefault(exit.Key) == exit.Value);
    }
}
