using Compliance.Probe.Tell;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>Every few seconds keeps on disk when each camera was last seen.</summary>
internal sealed partial class SightingRounds(WatchedCameras watched, Sightings sightings, ApiConnection api, TimeProvider clock, ILogger<SightingRounds> log)
    : Rounds("Keeping sightings", clock, log)
{
    bool _isComplaining;

    protected override Task Round(DateTimeOffset now, CancellationToken ct)
    {
        if (watched.Count == 0) return Task.CompletedTask;
        try
        {
            sightings.Keep(watched.Cameras.ToDictionary(c => c.Assigned.DeviceId, c => c.State.LastGood), api.Clock.Synchronised, now);
            sightings.KeepFaults(watched.Cameras.Where(c => c.State.PictureFault is not null).ToDictionary(c => c.Assigned.DeviceId, c => c.State.PictureFault!));
            _isComplaining = false;
        }
        catch (SqliteException e)
        {
            if (!_isComplaining) NotKept(log, e.Message);
            _isComplaining = true;
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Warning, "When cameras were last seen is not kept: {Why}")]
    static partial void NotKept(ILogger log, string why);
}
