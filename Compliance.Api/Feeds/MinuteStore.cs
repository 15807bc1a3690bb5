using Compliance.Domain.Probes;
using Microsoft.Data.Sqlite;

namespace Compliance.Api.Feeds;

/// <summary>Section <c>Measurements</c> of the settings.</summary>
/// <param name="Days">So long the minutes of a camera are kept.</param>
sealed record MeasurementRules(int Days = 35)
{
    public TimeSpan Kept => TimeSpan.FromDays(Math.Max(1, Days));
}

/// <summary>
/// The minutes of all cameras in a file of their own, <c>measurements.db</c>: one row of packed whole numbers for each camera and minute, some
/// thirty bytes, deleted after some weeks. No record rests on it: lost, only the curves are gone.
/// </summary>
sealed class MinuteStore : IDisposable
{
    const string Columns = "minute, up, down, fps, kbps, lost, keyframe, clock";

    readonly SqliteConnection _db;
    readonly Lock _gate = new();
    readonly Dictionary<Guid, long> _numbers = [];
    readonly MeasurementRules _rules;
    readonly TimeProvider _clock;

    public MinuteStore(DataFolder data, MeasurementRules rules, TimeProvider clock)
    {
        (_rules, _clock) = (rules, clock);
        _db = new(new SqliteConnectionStringBuilder { DataSource = data.File("measurements.db"), Pooling = false }.ToString());
        _db.Open();
        Run("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA journal_size_limit=4194304");
        Run("CREATE TABLE IF NOT EXISTS camera (number INTEGER PRIMARY KEY, device BLOB NOT NULL UNIQUE)");
        Run($"CREATE TABLE IF NOT EXISTS minute (camera INTEGER NOT NULL, {Columns}, PRIMARY KEY (camera, minute)) WITHOUT ROWID");
    }

    /// <summary>What is older is not kept, and of nothing that is still to come.</summary>
    public bool Takes(DateTimeOffset minute) => minute > _clock.GetUtcNow() - _rules.Kept && minute <= _clock.GetUtcNow();

    /// <summary>A minute that was told before stands, unless more of it is known now.</summary>
    public void Keep(IReadOnlyCollection<MinuteMeasured> minutes)
    {
        if (minutes.Count == 0) return;
        lock (_gate)
        {
            using var transaction = _db.BeginTransaction();
            using var put = Command($"INSERT INTO minute (camera, {Columns}) VALUES ($camera, $minute, $up, $down, $fps, $kbps, $lost, $keyframe, $clock) ON CONFLICT DO UPDATE SET "
                + "up = excluded.up, down = excluded.down, fps = excluded.fps, kbps = excluded.kbps, lost = excluded.lost, keyframe = excluded.keyframe, clock = excluded.clock "
                + "WHERE excluded.up + excluded.down > up + down");
            foreach (var minute in minutes)
            {
                put.Parameters.Clear();
                foreach (var (name, value) in Packed(minute)) put.Parameters.AddWithValue(name, value ?? (object)DBNull.Value);
                put.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }

    public IReadOnlyList<MinuteMeasured> Of(Guid device, DateTimeOffset from, DateTimeOffset to)
    {
        lock (_gate)
        {
            using var find = Command($"SELECT {Columns} FROM minute WHERE camera = (SELECT number FROM camera WHERE device = $device) AND minute >= $from AND minute < $to",
                ("$device", device.ToByteArray()), ("$from", MinuteOf(from)), ("$to", MinuteOf(to.AddMinutes(1).AddTicks(-1))));
            using var rows = find.ExecuteReader();
            var found = new List<MinuteMeasured>();
            while (rows.Read())
                found.Add(new(device, DateTimeOffset.FromUnixTimeSeconds(rows.GetInt64(0) * 60), rows.GetInt32(1), rows.GetInt32(2), Unpacked(rows, 3, 10), Unpacked(rows, 4, 1), rows.GetInt32(5), Unpacked(rows, 6, 10), Unpacked(rows, 7, 1)));
            return found;
        }
    }

    /// <summary>Camera by camera, so that nobody waits long.</summary>
    public void EraseOld()
    {
        var oldest = MinuteOf(_clock.GetUtcNow() - _rules.Kept);
        foreach (var camera in Cameras())
            lock (_gate) Run("DELETE FROM minute WHERE camera = $camera AND minute < $oldest", ("$camera", camera), ("$oldest", oldest));
    }

    public void Dispose() => _db.Dispose();

    /// <summary>Tenths of frames and of seconds, kilobits, milliseconds: as many digits as anybody reads. A device that tells nonsense takes no more room for it.</summary>
    (string, long?)[] Packed(MinuteMeasured m) =>
    [
        ("$camera", NumberOf(m.DeviceId)), ("$minute", MinuteOf(m.Minute)), ("$up", m.UpSeconds), ("$down", m.DownSeconds), ("$fps", Pack(m.Fps, 10, 10_000)), ("$kbps", Pack(m.Kbps, 1, 10_000_000)),
        ("$lost", Math.Min(m.Lost, 1_000_000)), ("$keyframe", Pack(m.KeyframeSeconds, 10, 36_000)), ("$clock", Pack(m.ClockOffsetMs, 1, int.MaxValue)),
    ];

    static long? Pack(double? value, double scale, long most) => value is { } v ? (long)Math.Round(Math.Clamp(v * scale, -most, most)) : null;

    static double? Unpacked(SqliteDataReader rows, int column, double scale) => rows.IsDBNull(column) ? null : rows.GetInt64(column) / scale;

    static long MinuteOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 60;

    long NumberOf(Guid device)
    {
        if (_numbers.TryGetValue(device, out var known)) return known;
        Run("INSERT OR IGNORE INTO camera (device) VALUES ($device)", ("$device", device.ToByteArray()));
        using var find = Command("SELECT number FROM camera WHERE device = $device", ("$device", device.ToByteArray()));
        return _numbers[device] = (long)find.ExecuteScalar()!;
    }

    List<long> Cameras()
    {
        lock (_gate)
        {
            using var all = Command("SELECT number FROM camera");
            using var rows = all.ExecuteReader();
            var numbers = new List<long>();
            while (rows.Read()) numbers.Add(rows.GetInt64(0));
            return numbers;
        }
    }

    void Run(string sql, params ReadOnlySpan<(string, object)> values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = _db.CreateCommand();
#pragma warning disable CA2100 // Every statement is written in this file, values are always parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
