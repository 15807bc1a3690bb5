using System.Collections.Concurrent;
using Compliance.Api.Feeds;
using Compliance.Api.Probes;
using Compliance.Domain.Probes;

namespace Compliance.Api.Live;

/// <summary>
/// Hands each camera's access units on to all who may look at it: one stream from the box, however many screens. Nothing is decoded and nothing is written.
/// </summary>
sealed class LiveRelay(LiveWishes wishes, Leases leases, TimeProvider clock)
{
    /// <summary>A box that does not come within this time is away.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly ConcurrentDictionary<Guid, LiveCamera> _byWish = [];
    readonly Dictionary<Guid, LiveCamera> _cameras = [];
    readonly Lock _gate = new();

    /// <summary>A seat before the camera; null where no probe watches it, or too many cameras are asked for at once.</summary>
    public async Task<LiveSeat?> Sit(Guid venueId, Guid deviceId, CancellationToken ct)
    {
        LiveCamera camera;
        LiveSeat seat;
        lock (_gate)
        {
            if (!_cameras.TryGetValue(deviceId, out camera!) || camera.IsOver) _cameras[deviceId] = camera = new(new(Guid.NewGuid(), deviceId), Patience, clock);
            seat = camera.Sit();
            if (!camera.Ask()) return seat;
        }

        try
        {
            // One call for all who come meanwhile: it does not end with the first of them.
            if ((await leases.Of(venueId, CancellationToken.None)).ProbeId is { } probe)
            {
                _byWish[camera.Wish.Id] = camera;
                if (wishes.Ask(camera.Wish, probe, [probe]) == Asked.Accepted)
                {
                    _ = GiveUp(camera);
                    return seat;
                }
            }

            Over(camera);
            return null;
        }
        catch
        {
            Over(camera);
            throw;
        }
    }

    /// <summary>Who sits before a camera whose box does not come is told so.</summary>
    async Task GiveUp(LiveCamera camera)
    {
        await Task.Delay(Patience, clock);
        if (!camera.HasCome) Over(camera);
    }

    /// <summary>The camera that a box brings; null where nobody waits for it, or it was another box's to bring.</summary>
    public LiveCamera? Brought(Guid wishId, Guid probeId) =>
        _byWish.TryGetValue(wishId, out var camera) && !camera.IsOver && wishes.Answered(wishId, probeId) ? camera : null;

    /// <summary>The box went away, or nobody looks any more.</summary>
    public void Over(LiveCamera camera)
    {
        lock (_gate)
            if (_cameras.GetValueOrDefault(camera.Wish.DeviceId) == camera) _cameras.Remove(camera.Wish.DeviceId);
        _byWish.TryRemove(camera.Wish.Id, out _);
        wishes.Drop(camera.Wish.Id);
        camera.End();
    }
}
