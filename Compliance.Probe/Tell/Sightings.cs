using System.Text.Json;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Probe.Judge;
using Microsoft.Data.Sqlite;

namespace Compliance.Probe.Tell;

/// <summary>
/// When each camera was last seen, kept on disk every few seconds, so that an outage that began before a restart is dated
/// from the last picture and not from the restart. It is believed only where the clock was in order, and only over a
/// restart so short that the camera cannot well have been back in between.
/// </summary>
internal sealed class Sightings
{
    /// <summary>Longer than a restart or an update takes, and nobody knows what happened meanwhile.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    readonly ProbeFile _file;
    string? _faults;

    public Sightings(ProbeFile file)
    {
        _file = file;
        file.Run("CREATE TABLE IF NOT EXISTS sightings (one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL)");
        file.Run("CREATE TABLE IF NOT EXISTS picture_faults (one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL)");
    }

    /// <param name="synchronised">Whether the probe's clock was in order when it was written.</param>
    public void Keep(IReadOnlyDictionary<Guid, DateTimeOffset> lastGood, bool synchronised, DateTimeOffset now)
    {
        var body = JsonSerializer.Serialize(new Kept(now, synchronised, lastGood), EventCatalog.Json);
        lock (_file.Gate) _file.Run("INSERT OR REPLACE INTO sightings (one, body) VALUES (1, $body)", ("$body", body));
    }

    /// <summary>Empty where nothing was kept, or what was kept cannot be believed.</summary>
    public Dictionary<Guid, DateTimeOffset> Recall(DateTimeOffset now)
    {
        try
        {
            lock (_file.Gate)
            {
                var kept = _file.All(row => JsonSerializer.Deserialize<Kept>(row.GetString(0), EventCatalog.Json), "SELECT body FROM sightings");
                return kept is [{ Synchronised: true, LastGood: not null } it] && it.At <= now && now - it.At <= Longest
                    ? it.LastGood.Where(seen => seen.Value <= it.At).ToDictionary() : [];
            }
        }
        catch (Exception e) when (e is SqliteException or JsonException)
        {
            // A damaged row costs the beginning of one outage; it must not cost the watch.
            return [];
        }
    }

    /// <summary>What is wrong with the pictures of which camera. Unlike a last picture this is believed however long ago: only looking disproves it.</summary>
    public void KeepFaults(IReadOnlyDictionary<Guid, Held> faults)
    {
        var body = JsonSerializer.Serialize(faults, EventCatalog.Json);
        if (body == _faults) return;
        lock (_file.Gate) _file.Run("INSERT OR REPLACE INTO picture_faults (one, body) VALUES (1, $body)", ("$body", body));
        _faults = body;
    }

    public Dictionary<Guid, Held> RecallFaults()
    {
        try
        {
            lock (_file.Gate)
                return _file.All(row => JsonSerializer.Deserialize<Dictionary<Guid, Held>>(row.GetString(0), EventCatalog.Json), "SELECT body FROM picture_faults") is [{ } kept]
                    ? kept.Where(fault => fault.Value is { Detail: not null } held && held.Verdict.IsSeen()).ToDictionary() : [];
        }
        catch (Exception e) when (e is SqliteException or JsonException)
        {
            return [];
        }
    }

    sealed record Kept(DateTimeOffset At, bool Synchronised, IReadOnlyDictionary<Guid, DateTimeOffset> LastGood);
}
