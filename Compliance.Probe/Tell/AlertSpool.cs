using System.Text.Json;
using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Probe.Eyes.Live;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Tell;

/// <summary>
/// Alerts that the API has not taken yet, on disk, each with all that is known of it: what is known later replaces what waits. Clips wait beside them, a few at most;
/// of one that is lost the alert keeps the hash.
/// </summary>
internal sealed partial class AlertSpool : IDisposable
{
    /// <summary>Clips and blurred copies of them are eight megabytes each at most: 400 MB at worst.</summary>
    const int MostClips = 50;

    const int MostAlerts = 10_000;

    /// <summary>Of the name of a blurred copy, after its alert's id.</summary>
    const string BlurredEnding = ".blurred";

    readonly ProbeFile _file;
    readonly string _folder;
    readonly Func<ClockState> _clockState;
    readonly TimeProvider _clock;
    readonly ILogger<AlertSpool> _log;
    readonly SemaphoreSlim _nudge = new(0);

    public AlertSpool(ProbeFile file, string folder, Func<ClockState> clockState, TimeProvider clock, ILogger<AlertSpool> log)
    {
        (_file, _folder, _clockState, _clock, _log) = (file, folder, clockState, clock, log);
        Directory.CreateDirectory(folder);
        file.Run("CREATE TABLE IF NOT EXISTS alerts (id TEXT PRIMARY KEY, body TEXT NOT NULL)");
        file.Run("CREATE TABLE IF NOT EXISTS clips (place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE)");
        Sweep();
    }

    /// <summary>What a crash left lying and nobody would ever tell: pictures stay no longer than they have to.</summary>
    void Sweep()
    {
        var waiting = _file.All(row => row.GetString(0), "SELECT id FROM clips").ToHashSet();
        foreach (var left in Directory.EnumerateFiles(_folder, "*.mp4").Where(path => !waiting.Contains(Path.GetFileNameWithoutExtension(path)))) File.Delete(left);
        foreach (var half in Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(_folder))!, "*.clip")) File.Delete(half);
    }

    /// <summary>Kept before anybody is told; a disk that takes nothing costs the alert, and that is said.</summary>
    /// <returns>Whether all of it was kept; an alert is kept without its clip where that alone finds no room.</returns>
    public bool Tell(SeenAlert seen, DetectorModel model)
    {
        var told = new AlertTold(
            seen.AlertId, seen.DeviceId, seen.Kind, seen.From, seen.Until, _clock.GetUtcNow(), _clockState(), seen.Score,
            new(model.Name, model.Sha256, model.Threshold, model.ConfigurationSha256), seen.Analysed, seen.Skipped, seen.Clip is { } clip ? new(clip.Sha256, clip.Seconds) : null,
            seen.Blurred is { } copy ? new(copy.Clip.Sha256, copy.Clip.Seconds, copy.Blur, copy.DetectorSha256) : null);
        try
        {
            lock (_file.Gate)
            {
                if (_file.Number("SELECT count(*) FROM alerts") >= MostAlerts) throw new SpoolFull(MostAlerts);
                // Files first: one that no row names is swept at the next start, a row that names none would pass for a clip.
                (string Name, Clip? Clip)[] clips = [(Name(told.AlertId), seen.Clip), (Name(told.AlertId) + BlurredEnding, seen.Blurred?.Clip)];
                var offered = clips.Where(one => one.Clip is { Mp4.Length: > 0 }).ToList(); // once it is kept, more is told without its bytes
                var written = offered.Where(one => IsWritten(one.Name, one.Clip!, seen.AlertId)).ToList();
                using (var all = _file.Begin())
                {
                    _file.Run("INSERT OR REPLACE INTO alerts (id, body) VALUES ($id, $body)", ("$id", Name(told.AlertId)), ("$body", JsonSerializer.Serialize(told, EventCatalog.Json)));
                    foreach (var (name, _) in written) _file.Run("INSERT OR IGNORE INTO clips (id) VALUES ($id)", ("$id", name));
                    all.Commit();
                }

                foreach (var old in _file.All(row => row.GetString(0), "SELECT id FROM clips ORDER BY place DESC LIMIT -1 OFFSET $most", ("$most", MostClips))) Drop(old);
                return written.Count == offered.Count;
            }
        }
        catch (Exception e) when (e is SpoolFull or SqliteException or IOException or UnauthorizedAccessException)
        {
            NotKept(_log, seen.AlertId, e.Message);
            return false;
        }
        finally
        {
            _nudge.Release();
        }
    }

    /// <summary>The oldest that wait: their ids are made in order.</summary>
    public IReadOnlyList<AlertTold> Waiting(int most)
    {
        lock (_file.Gate)
            return [.. _file.All(row => JsonSerializer.Deserialize<AlertTold>(row.GetString(0), EventCatalog.Json), "SELECT body FROM alerts ORDER BY id LIMIT $most", ("$most", most)).OfType<AlertTold>()];
    }

    /// <summary>Answered: forgotten, unless more was told meanwhile.</summary>
    /// <param name="refused">It never will be taken: its clip goes too.</param>
    public void Settle(AlertTold told, bool refused)
    {
        lock (_file.Gate) _file.Run("DELETE FROM alerts WHERE id = $id AND body = $body", ("$id", Name(told.AlertId)), ("$body", JsonSerializer.Serialize(told, EventCatalog.Json)));
        if (!refused) return;
        DropClip(told.AlertId, isBlurred: false);
        DropClip(told.AlertId, isBlurred: true);
    }

    /// <summary>The oldest clip whose alert was taken, as it was recorded or blurred; null where there is none.</summary>
    public (Guid AlertId, bool IsBlurred, byte[] Mp4)? NextClip()
    {
        while (true)
        {
            string name;
            lock (_file.Gate)
                if (_file.All(row => row.GetString(0), "SELECT id FROM clips WHERE substr(id, 1, 32) NOT IN (SELECT id FROM alerts) ORDER BY place LIMIT 1") is [var next]) name = next;
                else return null;
            if (File.Exists(PathOf(name))) return (Guid.Parse(name[..32]), name.EndsWith(BlurredEnding, StringComparison.Ordinal), File.ReadAllBytes(PathOf(name)));
            Drop(name);
        }
    }

    public void DropClip(Guid id, bool isBlurred) => Drop(isBlurred ? Name(id) + BlurredEnding : Name(id));

    void Drop(string name)
    {
        lock (_file.Gate) _file.Run("DELETE FROM clips WHERE id = $id", ("$id", name));
        File.Delete(PathOf(name));
    }

    /// <summary>Until there is something new to tell, or a while has passed.</summary>
    public Task<bool> Wait(TimeSpan longest, CancellationToken ct) => _nudge.WaitAsync(longest, ct);

    public void Dispose() => _nudge.Dispose();

    bool IsWritten(string name, Clip clip, Guid alert)
    {
        try
        {
            File.WriteAllBytes(PathOf(name), clip.Mp4);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            NotKept(_log, alert, e.Message);
            if (File.Exists(PathOf(name))) File.Delete(PathOf(name)); // half of it
            return false;
        }
    }

    string PathOf(string name) => Path.Combine(_folder, $"{name}.mp4");

    static string Name(Guid id) => $"{id:N}";

    [LoggerMessage(LogLevel.Error, "Alert {AlertId} could not be kept to be told: {Why}")]
    static partial void NotKept(ILogger log, Guid alertId, string why);
}
