using System.Text.Json;
using Compliance.Domain.Kernel;
using Compliance.Probe.Look;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Tell;

/// <summary>What each camera usually shows, kept over a restart: whoever covers a lens and then restarts the box, or saves the feed again, has not made it the usual.</summary>
internal sealed partial class UsualPictures
{
    readonly ProbeFile _file;
    readonly ILogger<UsualPictures> _log;

    public UsualPictures(ProbeFile file, ILogger<UsualPictures> log)
    {
        (_file, _log) = (file, log);
        file.Run("CREATE TABLE IF NOT EXISTS usual (device TEXT PRIMARY KEY, view TEXT NOT NULL, body TEXT NOT NULL)");
    }

    /// <summary>Null when none was kept since this view was approved, or it cannot be read any more. Where no view is approved any more the last history stands.</summary>
    public UsualFigures? Recall(Guid device, Guid? view)
    {
        try
        {
            lock (_file.Gate)
                return _file.All(row => JsonSerializer.Deserialize<UsualFigures>(row.GetString(0), EventCatalog.Json),
                    "SELECT body FROM usual WHERE device = $device AND ($view = '' OR view = $view)", ("$device", $"{device:N}"), ("$view", $"{view:N}")) is [{ IsWhole: true } kept] ? kept : null;
        }
        catch (Exception e) when (e is SqliteException or JsonException)
        {
            return null;
        }
    }

    public void Keep(Guid device, Guid? view, UsualFigures figures)
    {
        try
        {
            lock (_file.Gate)
                _file.Run("INSERT OR REPLACE INTO usual (device, view, body) VALUES ($device, $view, $body)",
                    ("$device", $"{device:N}"), ("$view", $"{view:N}"), ("$body", JsonSerializer.Serialize(figures, EventCatalog.Json)));
        }
        catch (SqliteException e)
        {
            NotKept(_log, device, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "What camera {DeviceId} usually shows is not kept: {Why}")]
    static partial void NotKept(ILogger log, Guid deviceId, string why);
}
