using Compliance.Domain.Probes;
using Microsoft.Data.Sqlite;

namespace Compliance.Probe.Tell;

/// <summary>
/// Minutes of cameras that the API was not told yet, oldest first. They are telemetry: when too many wait the oldest give way, and they never take
/// the room of what must be told.
/// </summary>
internal sealed class MinuteSpool
{
    /// <summary>About 60 bytes each, 15 MB: ten days of a venue with sixteen cameras, four hours of a thousand.</summary>
    public const int DefaultLimit = 250_000;

    readonly ProbeFile _file;
    readonly int _limit;
    int _depth;

    public MinuteSpool(ProbeFile file, int limit = DefaultLimit)
    {
        (_file, _limit) = (file, limit);
        lock (file.Gate)
        {
            file.Run("CREATE TABLE IF NOT EXISTS minutes (place INTEGER PRIMARY KEY AUTOINCREMENT, device BLOB NOT NULL, minute INTEGER NOT NULL, up, down, fps, kbps, lost, keyframe, clock)");
            _depth = file.Number("SELECT count(*) FROM minutes");
        }
    }

    /// <summary>How many wait.</summary>
    public int Depth => Volatile.Read(ref _depth);

    public void Keep(IReadOnlyCollection<MinuteMeasured> minutes)
    {
        lock (_file.Gate)
        {
            using var transaction = _file.Begin();
            foreach (var m in minutes)
                _file.Run("INSERT INTO minutes (device, minute, up, down, fps, kbps, lost, keyframe, clock) VALUES ($device, $minute, $up, $down, $fps, $kbps, $lost, $keyframe, $clock)",
                    ("$device", m.DeviceId.ToByteArray()), ("$minute", m.Minute.ToUnixTimeSeconds() / 60), ("$up", m.UpSeconds), ("$down", m.DownSeconds),
                    ("$fps", Or(m.Fps)), ("$kbps", Or(m.Kbps)), ("$lost", m.Lost), ("$keyframe", Or(m.KeyframeSeconds)), ("$clock", Or(m.ClockOffsetMs)));
            var tooMany = _depth + minutes.Count - _limit;
            var dropped = tooMany <= 0 ? 0 : _file.Run("DELETE FROM minutes WHERE place IN (SELECT place FROM minutes ORDER BY place LIMIT $many)", ("$many", tooMany));
            transaction.Commit();
            _depth += minutes.Count - dropped;
        }
    }

    /// <summary>The oldest that wait, with the place of the last of them.</summary>
    public (IReadOnlyList<MinuteMeasured> Minutes, long Upto) Oldest(int most)
    {
        lock (_file.Gate)
        {
            var rows = _file.All(row => (Place: row.GetInt64(0), Minute: Read(row)), "SELECT place, device, minute, up, down, fps, kbps, lost, keyframe, clock FROM minutes ORDER BY place LIMIT $most", ("$most", most));
            return ([.. rows.Select(row => row.Minute)], rows.Count > 0 ? rows[^1].Place : 0);
        }
    }

    /// <summary>The API was told all up to this place.</summary>
    public void Forget(long upto)
    {
        lock (_file.Gate) _depth -= _file.Run("DELETE FROM minutes WHERE place <= $upto", ("$upto", upto));
    }

    static MinuteMeasured Read(SqliteDataReader row) => new(
        new((byte[])row[1]), DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(2) * 60), row.GetInt32(3), row.GetInt32(4), Maybe(row, 5), Maybe(row, 6), row.GetInt32(7), Maybe(row, 8), Maybe(row, 9));

    static double? Maybe(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);

    static object Or(double? value) => value ?? (object)DBNull.Value;
}
