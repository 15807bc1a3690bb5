using System.Text.Json;
using Compliance.Domain.Kernel;
using Compliance.Probe.Look;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Tell;

/// <summary>The approved view of each camera, kept over a restart: whoever turns a camera while the probe is off is found out.</summary>
internal sealed partial class ApprovedViews
{
    readonly ProbeFile _file;
    readonly ILogger<ApprovedViews> _log;

    public ApprovedViews(ProbeFile file, ILogger<ApprovedViews> log)
    {
        (_file, _log) = (file, log);
        file.Run("CREATE TABLE IF NOT EXISTS views (device TEXT PRIMARY KEY, view TEXT NOT NULL, body TEXT NOT NULL)");
    }

    /// <summary>Null when this very view was never taken, or cannot be read any more; then it is taken anew.</summary>
    public ReferenceView? Recall(Guid device, Guid view)
    {
        try
        {
            lock (_file.Gate)
                return _file.All(row => JsonSerializer.Deserialize<ReferenceView>(row.GetString(0), EventCatalog.Json),
                    "SELECT body FROM views WHERE device = $device AND view = $view", ("$device", $"{device:N}"), ("$view", $"{view:N}")) is [{ IsWhole: true, IsTelling: true } kept] ? kept : null;
        }
        catch (Exception e) when (e is SqliteException or JsonException)
        {
            return null;
        }
    }

    public void Keep(Guid device, Guid view, ReferenceView taken)
    {
        try
        {
            lock (_file.Gate)
                _file.Run("INSERT OR REPLACE INTO views (device, view, body) VALUES ($device, $view, $body)",
                    ("$device", $"{device:N}"), ("$view", $"{view:N}"), ("$body", JsonSerializer.Serialize(taken, EventCatalog.Json)));
            Taken(_log, device, taken.Marks.Length / 2);
        }
        catch (SqliteException e)
        {
            NotKept(_log, device, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Camera {DeviceId}: its approved view is taken, {Marks} marks")]
    static partial void Taken(ILogger log, Guid deviceId, int marks);

    [LoggerMessage(LogLevel.Warning, "The approved view of camera {DeviceId} is not kept: {Why}")]
    static partial void NotKept(ILogger log, Guid deviceId, string why);
}
