using Compliance.Probe.Tell;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>Every few seconds keeps on disk when each camera was last seen.</summary>
internal sealed partial class SightingRounds(Roster roster, Sightings sightings, ApiConnection api, TimeProvider clock, ILogger<SightingRounds> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(3);

    readonly Mishaps _mishaps = new(log);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        for (var isComplaining = false; await timer.WaitForNextTickAsync(stoppingToken);)
        {
            if (roster.Count == 0) continue;
            try
            {
                sightings.Keep(roster.Cameras.ToDictionary(c => c.Assigned.DeviceId, c => c.State.LastGood), api.Clock.Synchronised, clock.GetUtcNow());
                sightings.KeepFaults(roster.Cameras.Where(c => c.State.PictureFault is not null).ToDictionary(c => c.Assigned.DeviceId, c => c.State.PictureFault!));
                isComplaining = false;
            }
            catch (SqliteException e)
            {
                if (!isComplaining) NotKept(log, e.Message);
                isComplaining = true;
            }
            catch (Exception e)
            {
                _mishaps.Met(e, "Keeping sightings");
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "When cameras were last seen is not kept: {Why}")]
    static partial void NotKept(ILogger log, string why);
}
