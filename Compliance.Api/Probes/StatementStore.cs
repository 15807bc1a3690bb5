using System.Globalization;
using System.Text.Json;
using Compliance.Api.Feeds;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;
using Microsoft.Data.Sqlite;

namespace Compliance.Api.Probes;

/// <summary>What boxes say of their days, beside the minutes of cameras in <c>measurements.db</c> and kept as long; the newest word on a day stands.</summary>
sealed class StatementStore
{
    /// <summary>As many days as a page shows.</summary>
    const int Shown = 14;

    readonly string _file;
    readonly MeasurementRules _rules;
    readonly TimeProvider _clock;

    public StatementStore(DataFolder data, MeasurementRules rules, TimeProvider clock)
    {
        (_file, _rules, _clock) = (new SqliteConnectionStringBuilder { DataSource = data.File("measurements.db"), Pooling = false }.ToString(), rules, clock);
        Ask("CREATE TABLE IF NOT EXISTS statement (probe BLOB NOT NULL, day TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (probe, day)) WITHOUT ROWID");
    }

    DateOnly Oldest => VenueZone.Day(_clock.GetUtcNow() - _rules.Kept);

    /// <summary>Of a day that is over, and not too long ago.</summary>
    public bool Takes(DayStatement day) => day.IsSound && day.Day >= Oldest && day.Day <= VenueZone.Day(_clock.GetUtcNow());

    public void Keep(DayStatement day) => Ask("INSERT OR REPLACE INTO statement (probe, day, body) VALUES ($probe, $day, $body)",
        ("$probe", day.ProbeId.ToByteArray()), ("$day", Text(day.Day)), ("$body", JsonSerializer.Serialize(day, EventCatalog.Json)));

    /// <summary>The newest first.</summary>
    public IReadOnlyList<DayStatement> Of(Guid probe) =>
        [.. Ask("SELECT body FROM statement WHERE probe = $probe ORDER BY day DESC LIMIT $shown", ("$probe", probe.ToByteArray()), ("$shown", Shown)).Select(body => JsonSerializer.Deserialize<DayStatement>(body, EventCatalog.Json)!)];

    public void EraseOld() => Ask("DELETE FROM statement WHERE day < $oldest", ("$oldest", Text(Oldest)));

    static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    List<string> Ask(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var db = new SqliteConnection(_file);
        db.Open();
        using var command = db.CreateCommand();
#pragma warning disable CA2100 // Every statement is written in this file, values are always parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        using var rows = command.ExecuteReader();
        var found = new List<string>();
        while (rows.Read()) found.Add(rows.GetString(0));
        return found;
    }
}
