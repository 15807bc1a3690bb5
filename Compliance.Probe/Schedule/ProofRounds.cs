using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Tell;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>Has each camera that is seen prove itself about once an hour, a few at a time, in the background.</summary>
internal sealed partial class ProofRounds(WatchedCameras watched, ProofRound round, CameraRecords records, ProbeOptions options, TimeProvider clock, Random chance, ILogger<ProofRounds> log)
    : Rounds("Proving", clock, log), IDisposable
{
    /// <summary>What was shown before is kept so often.</summary>
    static readonly TimeSpan KeepShownEvery = TimeSpan.FromMinutes(30);

    readonly SemaphoreSlim _turn = new(options.Proofs.Together);
    DateTimeOffset? _shownKept;

    public void Dispose() => _turn.Dispose();

    protected override Task Round(DateTimeOffset now, CancellationToken ct)
    {
        foreach (var camera in watched.Cameras.Where(IsDue)) _ = Prove(camera, ct);
        KeepShown();
        return Task.CompletedTask;
    }

    /// <summary>By the clock on the wall: set back by hours, it would hold proofs for as long, so what lies too far ahead is due.</summary>
    bool IsDue(WatchedCamera camera) => camera.State.Phase == Phase.Online && (Clock.GetUtcNow() >= camera.NextProof || camera.NextProof - Clock.GetUtcNow() > 2 * options.Proofs.Every);

    internal async Task Prove(WatchedCamera camera, CancellationToken ct)
    {
        camera.NextProof = Clock.GetUtcNow() + (options.Proofs.Every * (0.8 + (0.4 * chance.NextDouble())));
        try
        {
            await _turn.WaitAsync(ct);
            try
            {
                var found = await round.Run(camera.Assigned, camera.Record, camera.Outlet, Repeated(camera), camera.Pictures.ClockPlace, record => Keep(camera, record, []), ct);
                Keep(camera, found.Record, found.Signs);
                foreach (var sign in found.Signs) camera.Proved.Enqueue(sign);
                if (found.InDoubt) camera.NextProof = Clock.GetUtcNow() + (options.Proofs.AgainAfter * (0.8 + (0.4 * chance.NextDouble())));
                Proved(log, camera.Assigned.DeviceId, found.Record.Proofs!.Archive, found.Record.Proofs.Live);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // One camera's proof is not the others'.
            Mishaps.Met(e, $"Proving camera {camera.Assigned.DeviceId}");
        }
        catch (OperationCanceledException)
        {
            // The probe is being stopped.
        }
    }

    /// <summary>Pictures in which nothing came again prove no life; they are what is known where a camera cannot be challenged.</summary>
    Proven Repeated(WatchedCamera camera)
    {
        var now = Clock.GetUtcNow();
        if (camera.State.Disproven.NothingRepeats is { } loop) return new(ProofState.Broken, loop.Detail, now);
        var (pictures, over) = camera.Repetition.Seen(now);
        return ByScene.Weigh(pictures, over, camera.Repetition.Entropy(), options.Proofs.Repetition, now);
    }

    void Keep(WatchedCamera camera, CameraRecord record, IReadOnlyList<Sign.Proved> signs)
    {
        camera.Record = record with { Disproven = signs.Aggregate(camera.State.Disproven, (all, sign) => all.Hear(sign)) };
        records.Keep(camera.Assigned.DeviceId, camera.Record);
    }

    void KeepShown()
    {
        var now = Clock.GetUtcNow();
        if (_shownKept is { } kept && now - kept < KeepShownEvery) return;
        if (_shownKept is not null)
            foreach (var camera in watched.Cameras) records.KeepShown(camera.Assigned.DeviceId, camera.Repetition.Before);
        _shownKept = now;
    }

    [LoggerMessage(LogLevel.Information, "Camera {DeviceId}: archive {Archive}, live {Live}")]
    static partial void Proved(ILogger log, Guid deviceId, Proven archive, Proven live);
}
