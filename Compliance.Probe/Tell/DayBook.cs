using System.Globalization;
using System.Text.Json;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Probe.Tell;

/// <summary>The days of this box as it counts them: they stand in its file until the API was told of them.</summary>
internal sealed class DayBook
{
    /// <summary>Of a box that nobody hears for longer the oldest days are forgotten.</summary>
    const int Most = 60;

    readonly ProbeFile _file;

    public DayBook(ProbeFile file)
    {
        _file = file;
        lock (file.Gate) file.Run("CREATE TABLE IF NOT EXISTS days (day TEXT PRIMARY KEY, body TEXT NOT NULL)");
    }

    public void Count(DateOnly day, Func<DayStatement, DayStatement> add)
    {
        lock (_file.Gate)
        {
            var counted = add(Read("WHERE day = $day", ("$day", Text(day))) is [var known] ? known : new(Guid.Empty, day));
            _file.Run("INSERT OR REPLACE INTO days (day, body) VALUES ($day, $body)", ("$day", Text(day)), ("$body", JsonSerializer.Serialize(counted, EventCatalog.Json)));
            _file.Run("DELETE FROM days WHERE day NOT IN (SELECT day FROM days ORDER BY day DESC LIMIT $most)", ("$most", Most));
        }
    }

    /// <summary>Those that are over, oldest first.</summary>
    public IReadOnlyList<DayStatement> Before(DateOnly day)
    {
        lock (_file.Gate) return Read("WHERE day < $day ORDER BY day", ("$day", Text(day)));
    }

    public void Forget(DateOnly day)
    {
        lock (_file.Gate) _file.Run("DELETE FROM days WHERE day = $day", ("$day", Text(day)));
    }

    IReadOnlyList<DayStatement> Read(string which, params (string, object)[] values) =>
        [.. _file.All(row => JsonSerializer.Deserialize<DayStatement>(row.GetString(0), EventCatalog.Json)!, $"SELECT body FROM days {which}", values)];

    static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
