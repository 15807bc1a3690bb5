using System.Globalization;
using Compliance.Domain.Recordings;
using Compliance.Probe.Watch.Recordings;

namespace Compliance.Probe.Tell;

/// <summary>
/// Which hours of recordings were told, and what was hashed of those that were not, so that a restart hashes no file again. The lists of the hours lie beside it as
/// files that <c>sha256sum -c</c> reads.
/// </summary>
internal sealed class HourLists
{
    readonly ProbeFile _file;
    readonly string _folder;

    public HourLists(ProbeFile file, ProbeOptions options)
    {
        (_file, _folder) = (file, Path.Combine(options.DataDir, "recordings"));
        lock (file.Gate)
        {
            file.Run("CREATE TABLE IF NOT EXISTS recorded_hours (device BLOB NOT NULL, hour INTEGER NOT NULL, PRIMARY KEY (device, hour)) WITHOUT ROWID");
            file.Run("CREATE TABLE IF NOT EXISTS recorded_files (device BLOB NOT NULL, hour INTEGER NOT NULL, path TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (device, path)) WITHOUT ROWID");
        }
    }

    /// <summary>The hours of a camera that are done with, from then on.</summary>
    public IReadOnlySet<DateTimeOffset> Done(Guid device, DateTimeOffset since)
    {
        lock (_file.Gate) return _file.All(row => DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(0) * 3600), "SELECT hour FROM recorded_hours WHERE device = $device AND hour >= $since", ("$device", device.ToByteArray()), ("$since", Number(since))).ToHashSet();
    }

    /// <summary>The hash of this very file, where it was made before.</summary>
    public string? HashOf(Guid device, ListedFile file)
    {
        lock (_file.Gate)
            return _file.All<string?>(row => row.GetString(0), "SELECT sha256 FROM recorded_files WHERE device = $device AND path = $path AND size = $size AND modified = $modified",
                ("$device", device.ToByteArray()), ("$path", file.Path), ("$size", file.Size), ("$modified", file.Modified.UtcTicks)) is [var known, ..] ? known : null;
    }

    public void Keep(Guid device, ListedFile file, string sha256)
    {
        lock (_file.Gate)
            _file.Run("INSERT OR REPLACE INTO recorded_files (device, hour, path, size, modified, sha256) VALUES ($device, $hour, $path, $size, $modified, $sha256)",
                ("$device", device.ToByteArray()), ("$hour", Number(file.Hour)), ("$path", file.Path), ("$size", file.Size), ("$modified", file.Modified.UtcTicks), ("$sha256", sha256));
    }

    /// <summary>The list of an hour, whole or not at all, before its head is told.</summary>
    public void Write(Guid device, DateTimeOffset hour, IReadOnlyCollection<RecordedFile> files)
    {
        if (files.Count == 0) return;
        var place = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, $"{device:D}")).FullName, Name(hour));
        File.WriteAllText($"{place}.new", RecordingList.Text(files));
        File.Move($"{place}.new", place, overwrite: true);
    }

    /// <summary>An hour is told, or covered by what another told.</summary>
    public void Settle(Guid device, DateTimeOffset hour)
    {
        lock (_file.Gate)
        {
            using var transaction = _file.Begin();
            _file.Run("INSERT OR IGNORE INTO recorded_hours (device, hour) VALUES ($device, $hour)", ("$device", device.ToByteArray()), ("$hour", Number(hour)));
            _file.Run("DELETE FROM recorded_files WHERE device = $device AND hour = $hour", ("$device", device.ToByteArray()), ("$hour", Number(hour)));
            transaction.Commit();
        }
    }

    /// <summary>What is older than recordings are kept goes, lists too.</summary>
    public void Forget(DateTimeOffset before)
    {
        lock (_file.Gate)
        {
            _file.Run("DELETE FROM recorded_hours WHERE hour < $before", ("$before", Number(before)));
            _file.Run("DELETE FROM recorded_files WHERE hour < $before", ("$before", Number(before)));
        }

        if (!Directory.Exists(_folder)) return;
        foreach (var list in Directory.EnumerateFiles(_folder, "*.sha256", SearchOption.AllDirectories))
            if (string.CompareOrdinal(Path.GetFileName(list), Name(before)) < 0) File.Delete(list);
    }

    static string Name(DateTimeOffset hour) => $"{hour.UtcDateTime.ToString("yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture)}.sha256";

    static long Number(DateTimeOffset hour) => hour.ToUnixTimeSeconds() / 3600;
}
