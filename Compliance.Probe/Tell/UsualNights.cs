using System.Text.Json;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;
using Compliance.Probe.Eyes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Tell;

/// <summary>What scores were usual in each hour of earlier nights, by detector, camera and model, kept over a restart. Numbers alone: no picture, no person.</summary>
internal sealed partial class UsualNights
{
    readonly ProbeFile _file;
    readonly ILogger<UsualNights> _log;

    readonly string _table;

    /// <param name="what">Of which detector, a plain word: each has a table of its own.</param>
    public UsualNights(ProbeFile file, ILogger<UsualNights> log, string what = "fights")
    {
        (_file, _log, _table) = (file, log, $"usual_{what}");
        file.Run($"CREATE TABLE IF NOT EXISTS {_table} (device TEXT PRIMARY KEY, model TEXT NOT NULL, body TEXT NOT NULL)");
    }

    /// <summary>Nothing where another model judged, or what was kept cannot be read any more.</summary>
    public EarlierNights Recall(Guid device, string model)
    {
        try
        {
            lock (_file.Gate)
                return _file.All(row => JsonSerializer.Deserialize<EarlierNights>(row.GetString(0), EventCatalog.Json),
                    $"SELECT body FROM {_table} WHERE device = $device AND model = $model", ("$device", $"{device:N}"), ("$model", model)) is [{ IsWhole: true } kept] ? kept : EarlierNights.None;
        }
        catch (Exception e) when (e is SqliteException or JsonException)
        {
            return EarlierNights.None;
        }
    }

    /// <summary>What is usual on a camera from now on, kept by the hour.</summary>
    /// <param name="model">By whose hash: what another one scored tells nothing.</param>
    /// <param name="view">Another calibration of its persons is another usual: scores count in their heights.</param>
    public UsualScores Of(Guid device, string model, ViewCalibration? view)
    {
        var key = view is null ? model : $"{model} {JsonSerializer.Serialize(view.Persons, EventCatalog.Json)}";
        return new(Recall(device, key), nights => Keep(device, key, nights));
    }

    public void Keep(Guid device, string model, EarlierNights nights)
    {
        try
        {
            lock (_file.Gate)
                _file.Run($"INSERT OR REPLACE INTO {_table} (device, model, body) VALUES ($device, $model, $body)",
                    ("$device", $"{device:N}"), ("$model", model), ("$body", JsonSerializer.Serialize(nights, EventCatalog.Json)));
        }
        catch (SqliteException e)
        {
            NotKept(_log, device, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "What camera {DeviceId} usually scores is not kept: {Why}")]
    static partial void NotKept(ILogger log, Guid deviceId, string why);
}
