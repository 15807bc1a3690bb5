using Microsoft.Data.Sqlite;

namespace Compliance.Api.EventLog;

/// <summary>One question to an SQLite file, its answer read whole.</summary>
static class SqliteRead
{
    /// <param name="values">Of the parameters $0, $1 and so on.</param>
    public static List<T> Read<T>(string settings, string sql, Func<SqliteDataReader, T> each, params ReadOnlySpan<object> values)
    {
        using var connection = new SqliteConnection(settings);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${i}", values[i]);
        using var row = command.ExecuteReader();
        var found = new List<T>();
        while (row.Read()) found.Add(each(row));
        return found;
    }
}
