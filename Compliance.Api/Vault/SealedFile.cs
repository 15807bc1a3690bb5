using Microsoft.Data.Sqlite;

namespace Compliance.Api.Vault;

/// <summary>
/// A SQLite file of <c>name -> sealed bytes</c>. What is erased is overwritten with zeros (<c>secure_delete</c>), and there is
/// no write-ahead log in which it could live on.
/// </summary>
internal sealed class SealedFile
{
    readonly string _connection;

    public SealedFile(string path)
    {
        _connection = new SqliteConnectionStringBuilder { DataSource = path }.ToString();
        Run("CREATE TABLE IF NOT EXISTS entry (name TEXT PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID", c => c.ExecuteNonQuery());
    }

    public void Put(string name, byte[] bytes) => Run(
        "INSERT INTO entry VALUES ($name, $sealed) ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed",
        c => c.ExecuteNonQuery(), ("$name", name), ("$sealed", bytes));

    public byte[]? Get(string name) => Run("SELECT sealed FROM entry WHERE name = $name", c => (byte[]?)c.ExecuteScalar(), ("$name", name));

    public IReadOnlyList<(string Name, byte[] Sealed)> All() => Run("SELECT name, sealed FROM entry", c =>
    {
        var all = new List<(string, byte[])>();
        using var rows = c.ExecuteReader();
        while (rows.Read()) all.Add((rows.GetString(0), rows.GetFieldValue<byte[]>(1)));
        return all;
    });

    /// <param name="prefix">Those that begin so; all without one.</param>
    public IReadOnlyList<string> Names(string prefix = "") => Run("SELECT name FROM entry WHERE name >= $from AND name < $to", c =>
    {
        var names = new List<string>();
        using var rows = c.ExecuteReader();
        while (rows.Read()) names.Add(rows.GetString(0));
        return names;
    }, ("$from", prefix), ("$to", prefix + '\uffff'));

    /// <summary>How many names begin so.</summary>
    public int Count(string prefix) => Run("SELECT COUNT(*) FROM entry WHERE name >= $from AND name < $to", c => Convert.ToInt32(c.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture), ("$from", prefix), ("$to", prefix + '\uffff'));

    public void Erase(string name) => Run("DELETE FROM entry WHERE name = $name", c => c.ExecuteNonQuery(), ("$name", name));

    /// <summary>All whose names come before this one.</summary>
    public void EraseBefore(string name) => Run("DELETE FROM entry WHERE name < $name", c => c.ExecuteNonQuery(), ("$name", name));

    T Run<T>(string sql, Func<SqliteCommand, T> act, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var connection = new SqliteConnection(_connection);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA secure_delete = ON";
        command.ExecuteNonQuery();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        return act(command);
    }
}
