using System.Text.Json;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Tell;

/// <summary>What was proven of each camera and what it has shown before, kept over a restart: a loop that is older than the box's last update is found all the same.</summary>
internal sealed partial class CameraRecords
{
    readonly ProbeFile _file;
    readonly ILogger<CameraRecords> _log;

    public CameraRecords(ProbeFile file, ILogger<CameraRecords> log)
    {
        (_file, _log) = (file, log);
        lock (file.Gate)
        {
            file.Run("CREATE TABLE IF NOT EXISTS records (device TEXT PRIMARY KEY, body TEXT NOT NULL)");
            file.Run("CREATE TABLE IF NOT EXISTS shown (device TEXT PRIMARY KEY, body BLOB NOT NULL)");
        }
    }

    public CameraRecord Recall(AssignedCamera camera)
    {
        try
        {
            lock (_file.Gate)
                return _file.All(row => JsonSerializer.Deserialize<CameraRecord>(row.GetString(0), EventCatalog.Json),
                    "SELECT body FROM records WHERE device = $device", ("$device", $"{camera.DeviceId:N}")) is [{ Stream: not null, Archive: not null, Disproven: not null } kept] ? kept.For(camera) : Fresh(camera);
        }
        catch (Exception e) when (e is SqliteException or JsonException)
        {
            return Fresh(camera);
        }
    }

    public void Keep(Guid device, CameraRecord record) => Write(
        "INSERT OR REPLACE INTO records (device, body) VALUES ($device, $body)", device, JsonSerializer.Serialize(record, EventCatalog.Json));

    public byte[] RecallShown(Guid device)
    {
        try
        {
            lock (_file.Gate)
                return _file.All(row => (byte[])row.GetValue(0), "SELECT body FROM shown WHERE device = $device", ("$device", $"{device:N}")) is [var kept] ? kept : [];
        }
        catch (Exception e) when (e is SqliteException or InvalidCastException)
        {
            return [];
        }
    }

    public void KeepShown(Guid device, ShownBefore shown) => Write("INSERT OR REPLACE INTO shown (device, body) VALUES ($device, $body)", device, shown.Bytes);

    static CameraRecord Fresh(AssignedCamera camera) => new(camera.MainStream, camera.ViewId);

    void Write(string sql, Guid device, object body)
    {
        try
        {
            lock (_file.Gate) _file.Run(sql, ("$device", $"{device:N}"), ("$body", body));
        }
        catch (SqliteException e)
        {
            NotKept(_log, device, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "What was proven of camera {DeviceId} is not kept: {Why}")]
    static partial void NotKept(ILogger log, Guid deviceId, string why);
}
