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
/// Alerts that the API has not taken yet, on disk, each with all that is known of it: what is known later replaces what waits. Clips wait beside them, a few at most and a day
/// at most; of one that is lost the alert keeps the hash. What the disk spoiled, or the API will never take, is set aside and stands in nobody's way.
/// </summary>
internal sealed partial class AlertSpool : IDisposable
{
    /// <summary>Clips and blurred copies of them are eight megabytes each at most: 400 MB at worst.</summary>
    const int MostClips = 50;

    const int MostAlerts = 10_000;

    /// <summary>Set aside for an engineer to read.</summary>
    const int MostAside = 100;

    /// <summary>People can be recognised in a clip, and the box stands in the venue.</summary>
    static readonly TimeSpan Kept = TimeSpan.FromHours(24);

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
        file.Run("CREATE TABLE IF NOT EXISTS alerts_aside (place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, code TEXT NOT NULL, body TEXT NOT NULL)");
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

    /// <summary>The oldest that wait: their ids are made in order. What the disk spoiled is set aside.</summary>
    public IReadOnlyList<AlertTold> Waiting(int most)
    {
        while (true)
        {
            IReadOnlyList<(string Id, AlertTold? Told)> rows;
            lock (_file.Gate) rows = _file.All(row => (row.GetString(0), Parse(row.GetString(0), row.GetString(1))), "SELECT id, body FROM alerts ORDER BY id LIMIT $most", ("$most", most));
            var spoiled = rows.Where(row => row.Told is null).Select(row => row.Id).ToList();
            if (spoiled.Count == 0) return [.. rows.Select(row => row.Told!)];
            foreach (var id in spoiled)
            {
                SetAside(id, "spool.spoiled");
                Spoiled(_log, id);
            }
        }
    }

    /// <summary>How many were set aside, the newest of them.</summary>
    public int Aside
    {
        get { lock (_file.Gate) return _file.Number("SELECT count(*) FROM alerts_aside"); }
    }

    /// <summary>Answered: forgotten, unless more was told meanwhile.</summary>
    /// <param name="refused">With which code it never will be taken: its clip goes too. Null: it was taken.</param>
    public void Settle(AlertTold told, string? refused)
    {
        var (id, body) = (Name(told.AlertId), JsonSerializer.Serialize(told, EventCatalog.Json));
        if (refused is not null) SetAside(id, refused, body);
        else lock (_file.Gate) _file.Run("DELETE FROM alerts WHERE id = $id AND body = $body", ("$id", id), ("$body", body));
    }

    /// <param name="body">Only while this is all that is known of it; null: whatever it is.</param>
    void SetAside(string id, string code, string? body = null)
    {
        lock (_file.Gate)
        {
            using var all = _file.Begin();
            (string, object)[] which = [("$id", id), ("$body", body ?? "")];
            const string Where = "FROM alerts WHERE id = $id AND $body IN (body, '')";
            _file.Run($"INSERT INTO alerts_aside (id, code, body) SELECT id, $code, body {Where}", [.. which, ("$code", code)]);
            _file.Run($"DELETE {Where}", which);
            _file.Run("DELETE FROM alerts_aside WHERE place NOT IN (SELECT place FROM alerts_aside ORDER BY place DESC LIMIT $most)", ("$most", MostAside));
            all.Commit();
        }

        Drop(id);
        Drop(id + BlurredEnding);
    }

    static AlertTold? Parse(string id, string body)
    {
        try
        {
            return JsonSerializer.Deserialize<AlertTold>(body, EventCatalog.Json) is { Model: not null, Clock: not null } told && Name(told.AlertId) == id ? told : null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
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

    /// <summary>It could not be sent now: the others go before it.</summary>
    public void SendLater(Guid id, bool isBlurred)
    {
        lock (_file.Gate) _file.Run("UPDATE clips SET place = (SELECT max(place) FROM clips) + 1 WHERE id = $id", ("$id", isBlurred ? Name(id) + BlurredEnding : Name(id)));
    }

    /// <summary>Clips that nobody took for a day are deleted, by when they were written; one dated a day ahead too, for the clock was set back since.</summary>
    public void DropOldClips()
    {
        var now = _clock.GetUtcNow();
        Drop(path => (now - File.GetLastWriteTimeUtc(path)).Duration() > Kept, "no API took them for a day");
    }

    /// <summary>This box is revoked: nobody will take them.</summary>
    public void DropAllClips() => Drop(_ => true, "this box is revoked");

    void Drop(Func<string, bool> which, string why)
    {
        try
        {
            var clips = Directory.EnumerateFiles(_folder, "*.mp4").Where(which).ToList();
            foreach (var path in clips) Drop(Path.GetFileNameWithoutExtension(path));
            if (clips.Count > 0) Dropped(_log, clips.Count, why);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            NotDropped(_log, why, e.Message); // no alert waits for that; it is tried again
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

    [LoggerMessage(LogLevel.Error, "Alert {Id} cannot be read from the disk any more and is set aside")]
    static partial void Spoiled(ILogger log, string id);

    [LoggerMessage(LogLevel.Error, "Clips that are to be deleted, for {Why}, cannot be: {Fault}")]
    static partial void NotDropped(ILogger log, string why, string fault);

    [LoggerMessage(LogLevel.Warning, "{Count} clips are deleted: {Why}")]
    static partial void Dropped(ILogger log, int count, string why);

    [LoggerMessage(LogLevel.Error, "Alert {AlertId} could not be kept to be told: {Why}")]
    static partial void NotKept(ILogger log, Guid alertId, string why);
}
