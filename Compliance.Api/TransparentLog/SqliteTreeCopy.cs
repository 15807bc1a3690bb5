using Compliance.Api.EventLog;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;
using Microsoft.Data.Sqlite;

namespace Compliance.Api.TransparentLog;

/// <summary>A tree (<c>tree.db</c>), read beside whoever writes it: nothing is locked, nothing is changed.</summary>
sealed class SqliteTreeCopy(string path)
{
    const int Page = 1_000;

    readonly string _settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString();

    public IReadOnlyList<SignedNote> Heads()
    {
        var heads = new List<SignedNote>();
        foreach (var (size, text) in Read("SELECT size, note FROM heads ORDER BY size", row => (row.GetInt64(0), row.GetString(1))))
        {
            var note = SignedNote.Parse(text) ?? throw new InvalidDataException($"The head of {size:N0} facts in {Path.GetFileName(path)} is no signed note.");
            var lines = Read("SELECT line FROM cosignatures WHERE size = $0 ORDER BY witness", row => row.GetString(0), size);
            heads.Add(note.With(lines));
        }

        return heads;
    }

    public IEnumerable<CopiedLeaf> Leaves()
    {
        var commitment = Read("SELECT count(*) FROM pragma_table_info('leaves') WHERE name = 'commitment'", row => row.GetInt64(0)).Single() > 0 ? "commitment" : "NULL";
        for (var next = 0L; ;)
        {
            var page = Read($"SELECT leaf, major, minor, entry, {commitment} FROM leaves WHERE leaf >= $0 ORDER BY leaf LIMIT {Page}", row => (
                Leaf: row.GetInt64(0), Copied: new CopiedLeaf(new(unchecked((ulong)row.GetInt64(1)), unchecked((ulong)row.GetInt64(2))), row.GetFieldValue<byte[]>(3), row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4))), next);
            foreach (var (leaf, copied) in page)
            {
                if (leaf != next++) throw new InvalidDataException($"Leaf {next - 1:N0} is missing in {Path.GetFileName(path)}.");
                yield return copied;
            }

            if (page.Count < Page) yield break;
        }
    }

    List<T> Read<T>(string sql, Func<SqliteDataReader, T> each, params ReadOnlySpan<object> values)
    {
        try
        {
            return SqliteRead.Read(_settings, sql, each, values);
        }
        catch (Exception e) when (e is SqliteException or InvalidCastException)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} cannot be read: {e.Message}", e);
        }
    }
}
