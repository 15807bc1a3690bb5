using System.Runtime.CompilerServices;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;
using Microsoft.Data.Sqlite;

namespace Compliance.Api.TransparentLog;

/// <summary>The files of a server: <c>log.db</c>, and <c>tree.db</c> beside it. Read without locking, also while the server writes.</summary>
/// <param name="tree">Null where no tree came along.</param>
/// <param name="secret">Salts the leaves; without it only what stands around the facts' words can be checked.</param>
sealed class SqliteLogCopy(string log, string? tree, byte[]? secret, NoteKey? key) : ILogCopy
{
    const int Page = 1_000;

    readonly SqliteTreeCopy? _tree = tree is null ? null : new(tree);

    public IReadOnlyList<SignedNote> Heads => _tree?.Heads() ?? [];

    public NoteKey? Key => key;

    public IEnumerable<CopiedLeaf> Leaves() => _tree?.Leaves() ?? [];

    public async IAsyncEnumerable<CopiedFact> Facts([EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = log, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        for (var (after, more) = (long.MinValue, true); more;)
        {
            ct.ThrowIfCancellationRequested();
            var page = Read(connection, after);
            foreach (var (row, fact) in page)
            {
                after = row;
                yield return fact;
            }

            more = page.Count > 0;
        }
    }

    List<(long Row, CopiedFact Fact)> Read(SqliteConnection connection, long after)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT position, stream, revision, event_id, name, data, recorded_at, command_id, actor FROM facts WHERE position > $0 ORDER BY position LIMIT {Page}";
        command.Parameters.AddWithValue("$0", after);
        using var row = command.ExecuteReader();
        var page = new List<(long, CopiedFact)>();
        while (row.Read())
        {
            var position = new LogPosition(unchecked((ulong)row.GetInt64(0)), unchecked((ulong)row.GetInt64(0)));
            try
            {
                var fact = Fact(row, position);
                page.Add((row.GetInt64(0), new(fact, secret is null ? null : LogEntry.Salt(secret, fact.EventId))));
            }
            catch (Exception e) when (e is InvalidCastException or ArgumentException or FormatException or InvalidOperationException)
            {
                // What was read before it is handed on first.
                if (page.Count > 0) return page;
                throw new DamagedFact(position, $"The row at position {position.Number} is no fact: {e.Message}");
            }
        }

        return page;
    }

    static Recorded Fact(SqliteDataReader row, LogPosition position) => new(
        StreamId.Parse(row.GetString(1)) is { } stream && stream.ToString() == row.GetString(1) ? stream : throw new FormatException($"'{row.GetString(1)}' is no stream."), row.GetInt64(2), position, Id(row, 3), row.GetString(4),
        row.GetFieldValue<byte[]>(5), new(row.GetInt64(6), TimeSpan.Zero), new(Id(row, 7), row.GetString(8)));

    static Guid Id(SqliteDataReader row, int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);
}
