using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>Takes up the looks that are due at cameras which are not held open.</summary>
internal sealed class SweepRounds(WatchedCameras watched, TimeProvider clock, ILogger<SweepRounds> log) : Rounds("A round of the sweep", clock, log)
{
    /// <summary>Whoever is called waits for no other, and no round waits for him.</summary>
    protected override Task Round(DateTimeOffset now, CancellationToken ct)
    {
        watched.Swept.TakeUp();
        return Task.CompletedTask;
    }
}
