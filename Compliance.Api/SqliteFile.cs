using Microsoft.Data.Sqlite;

namespace Compliance.Api;

/// <summary>A SQLite file beside the log, for what is no fact: each statement has a connection of its own, out of the pool.</summary>
internal sealed class SqliteFile(string path)
{
    readonly string _connection = new SqliteConnectionStringBuilder { DataSource = path }.ToString();

    /// <returns>How many rows it changed.</returns>
    public int Do(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var db = new SqliteConnection(_connection);
        using var command = Command(db, sql, values);
        return command.ExecuteNonQuery();
    }

    public List<T> Ask<T>(string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var db = new SqliteConnection(_connection);
        using var command = Command(db, sql, values);
        using var rows = command.ExecuteReader();
        var found = new List<T>();
        while (rows.Read()) found.Add(row(rows));
        return found;
    }

    static SqliteCommand Command(SqliteConnection db, string sql, ReadOnlySpan<(string Name, object Value)> values)
    {
        db.Open();
        var command = db.CreateCommand();
#pragma warning disable CA2100 // Every statement is written in this room, values are always parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
