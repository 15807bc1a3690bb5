using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Tell;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>Counts each camera's minute, second by second, and keeps it on disk when it is over.</summary>
internal sealed partial class MinuteRounds(WatchedCameras watched, MinuteSpool spool, ApiConnection api, TimeProvider clock, ILogger<MinuteRounds> log)
    : Rounds("Counting minutes", clock, log)
{
    readonly Dictionary<Guid, MinuteCount> _counts = [];

    protected override Task Round(DateTimeOffset now, CancellationToken ct)
    {
        var ended = Look(now);
        if (ended.Count == 0) return Task.CompletedTask;
        try
        {
            spool.Keep(ended);
        }
        catch (SqliteException e)
        {
            NotKept(log, ended.Count, e.Message);
        }

        return Task.CompletedTask;
    }

    /// <summary>The minutes that are over. By a clock that is not in order none of them could be put in its place.</summary>
    internal IReadOnlyList<MinuteMeasured> Look(DateTimeOffset now)
    {
        var ended = new List<MinuteMeasured?>();
        var here = new HashSet<Guid>();
        foreach (var camera in watched.Cameras)
        {
            here.Add(camera.Assigned.DeviceId);
            ended.Add(CountOf(camera.Assigned.DeviceId).Look(now, Held(camera.State), end => camera.Outlet.Meter.Measure(60, end)));
        }

        foreach (var camera in watched.Swept.Cameras)
        {
            here.Add(camera.Assigned.DeviceId);
            ended.Add(CountOf(camera.Assigned.DeviceId).Look(now, camera.IsInDoubt ? Availability.Unknown : camera.Told.Verdict.Availability(), null));
        }

        foreach (var gone in _counts.Keys.Where(id => !here.Contains(id)).ToArray()) _counts.Remove(gone);
        return api.Clock.Synchronised ? [.. ended.OfType<MinuteMeasured>()] : [];
    }

    /// <summary>While no picture comes and nobody knows yet whether that is an outage, nothing is known.</summary>
    static Availability Held(CameraState state) => state.Phase is Phase.Suspect or Phase.Unseen ? Availability.Unknown : state.Told.Verdict.Availability();

    MinuteCount CountOf(Guid id) => _counts.TryGetValue(id, out var count) ? count : _counts[id] = new(id);

    [LoggerMessage(LogLevel.Warning, "{Count} minutes of cameras are not kept: {Why}")]
    static partial void NotKept(ILogger log, int count, string why);
}
