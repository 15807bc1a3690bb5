using System.Globalization;
using Compliance.Api.EventLog;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;
using Microsoft.Data.Sqlite;

namespace Compliance.Api.TransparentLog;

/// <summary>How far the tree has come, and the fact it stands at.</summary>
/// <param name="Last">Null for an empty tree.</param>
sealed record TreeMark(long Size, LogPosition Position, MarkedFact? Last)
{
    public static readonly TreeMark Empty = new(0, LogPosition.Start, null);
}

/// <summary>
/// Where the tree lies: <c>tree.db</c>. Everything in it but the witnesses' signatures follows from the log and the secret, so it may be lost and is made
/// again, the same to the byte. One writer; tiles, entries and mark are stored together.
/// </summary>
sealed class TreeStore : IDisposable
{
    const int SchemaVersion = 2;

    const string Schema = """
        CREATE TABLE tree (only INTEGER PRIMARY KEY CHECK (only = 1), origin TEXT NOT NULL, size INTEGER NOT NULL, position TEXT NOT NULL, stream TEXT, event BLOB);
        CREATE TABLE tiles (level INTEGER NOT NULL, tile INTEGER NOT NULL, hashes BLOB NOT NULL, UNIQUE (level, tile));
        CREATE TABLE leaves (leaf INTEGER PRIMARY KEY, major INTEGER NOT NULL, minor INTEGER NOT NULL, entry BLOB NOT NULL, commitment BLOB);
        CREATE UNIQUE INDEX leaves_by_position ON leaves (major, minor);
        CREATE TABLE heads (size INTEGER PRIMARY KEY, note TEXT NOT NULL, published_at INTEGER NOT NULL);
        CREATE TABLE cosignatures (size INTEGER NOT NULL REFERENCES heads ON DELETE CASCADE, witness TEXT NOT NULL, line TEXT NOT NULL, PRIMARY KEY (size, witness)) WITHOUT ROWID;
        """;

    readonly string _readers;
    readonly IDisposable _onlyProcess;
    readonly SqliteConnection _writer;
    readonly Lock _writing = new();

    /// <exception cref="EventLogException">The file belongs to a log of another name, or to another program.</exception>
    public TreeStore(string path, string origin)
    {
        path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _readers = $"Data Source={path};Default Timeout=5;Foreign Keys=True";
        _onlyProcess = OnlyProcess.Holding(path, "tree of the log", "Data");
        _writer = new($"{_readers};Pooling=False");
        try
        {
            _writer.Open();
            Begin(path, origin);
        }
        catch (SqliteException e)
        {
            Dispose();
            throw e.Told("The tree of the log was not opened", path);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public TreeMark Mark => Read("SELECT size, position, stream, event FROM tree", row => new TreeMark(
        row.GetInt64(0), LogPosition.Parse(row.GetString(1), CultureInfo.InvariantCulture),
        row.IsDBNull(2) ? null : new(StreamId.Parse(row.GetString(2))!.Value, new(row.GetFieldValue<byte[]>(3), bigEndian: true)))).Single();

    /// <summary>Leaves that follow each other and the tiles that changed with them.</summary>
    public void Grow(IReadOnlyList<(LogPosition Position, byte[] Entry, byte[] Commitment)> leaves, IReadOnlyList<(TileId Tile, byte[] Hashes)> tiles, TreeMark mark)
    {
        lock (_writing)
        {
            using var transaction = _writer.BeginTransaction();
            using (var insert = Command("INSERT INTO leaves VALUES ($0, $1, $2, $3, $4)", transaction, 5))
            {
                var leaf = mark.Size - leaves.Count;
                foreach (var (position, entry, commitment) in leaves)
                    Run(insert, leaf++, unchecked((long)position.Commit), unchecked((long)position.Prepare), entry, commitment);
            }

            using (var put = Command("INSERT INTO tiles VALUES ($0, $1, $2) ON CONFLICT (level, tile) DO UPDATE SET hashes = excluded.hashes", transaction, 3))
                foreach (var (tile, hashes) in tiles) Run(put, tile.Level, tile.Index, hashes);
            using (var to = Command("UPDATE tree SET size = $0, position = $1, stream = $2, event = $3", transaction, 4))
                Run(to, mark.Size, mark.Position.ToString(), mark.Last!.Stream.ToString(), mark.Last.EventId.ToByteArray(bigEndian: true));
            transaction.Commit();
        }
    }

    /// <summary>The head becomes the newest. Heads nobody cosigned go after an hour, but for the first of each day (UTC).</summary>
    public void Publish(Checkpoint head, SignedNote note, DateTimeOffset now)
    {
        lock (_writing)
        {
            using var transaction = _writer.BeginTransaction();
            using (var put = Command("INSERT OR IGNORE INTO heads VALUES ($0, $1, $2)", transaction, 3)) Run(put, head.Size, note.ToString(), now.ToUnixTimeSeconds());
            using (var drop = Command("""
                DELETE FROM heads WHERE published_at < $0 AND size < $1 AND NOT EXISTS (SELECT 1 FROM cosignatures c WHERE c.size = heads.size)
                  AND size NOT IN (SELECT min(size) FROM heads GROUP BY published_at / 86400)
                """, transaction, 2)) Run(drop, now.AddHours(-1).ToUnixTimeSeconds(), head.Size);
            transaction.Commit();
        }
    }

    /// <summary>Adds what a witness said; false when no such head was published or is kept.</summary>
    public bool Cosign(long size, string text, NoteSignature signature)
    {
        lock (_writing)
        {
            if (Head("WHERE size = $0", size) is not { } note || note.Text != text) return false;
            using var put = Command("INSERT OR REPLACE INTO cosignatures VALUES ($0, $1, $2)", null, 3);
            Run(put, size, signature.Name, signature.ToString());
            return true;
        }
    }

    /// <summary>The newest head, with the cosignatures it has; null before the first.</summary>
    public SignedNote? Newest() => Head("ORDER BY size DESC LIMIT 1");

    /// <summary>When the first head was published that is newer than all a witness signed; null when the newest is signed, or there is none.</summary>
    public DateTimeOffset? UnwitnessedSince() => Read(
        "SELECT min(published_at) FROM heads WHERE size > (SELECT coalesce(max(size), -1) FROM cosignatures)", row => row.IsDBNull(0) ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(0))).Single();

    /// <summary>A head of a tree that holds that leaf: the newest that a witness cosigned, else the newest.</summary>
    public SignedNote? Covering(long leaf) =>
        Head("WHERE size > $0 AND size IN (SELECT size FROM cosignatures) ORDER BY size DESC LIMIT 1", leaf) ?? Head("WHERE size > $0 ORDER BY size DESC LIMIT 1", leaf);

    /// <summary>Which leaf the fact at that position is, with its entry; null when it is not in the tree.</summary>
    public (long Leaf, byte[] Entry)? LeafAt(LogPosition position) => Read(
        "SELECT leaf, entry FROM leaves WHERE major = $0 AND minor = $1", row => ((long, byte[])?)(row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
        unchecked((long)position.Commit), unchecked((long)position.Prepare)).FirstOrDefault();

    /// <summary>The hashes of a tile, or those it begins with; null when the tree does not reach so far.</summary>
    public byte[]? Tile(TileId tile) => Read("SELECT hashes FROM tiles WHERE level = $0 AND tile = $1", row => row.GetFieldValue<byte[]>(0), tile.Level, tile.Index)
        .FirstOrDefault() is { } hashes && hashes.Length >= tile.Width * TreeHash.Size ? hashes[..(tile.Width * TreeHash.Size)] : null;

    /// <summary>The entries under a tile of level 0.</summary>
    public IReadOnlyList<byte[]> Entries(TileId tile) =>
        Read("SELECT entry FROM leaves WHERE leaf >= $0 ORDER BY leaf LIMIT $1", row => row.GetFieldValue<byte[]>(0), tile.Index * TileId.Full, tile.Width);

    /// <exception cref="InvalidDataException">The tree does not reach so far.</exception>
    public ValueTask<ReadOnlyMemory<byte>> ReadTile(TileId tile, CancellationToken ct) =>
        Tile(tile) is { } hashes ? new(hashes) : throw new InvalidDataException($"{tile.Path} is not there.");

    public void Dispose()
    {
        _writer.Dispose();
        using (var any = new SqliteConnection(_readers)) SqliteConnection.ClearPool(any);
        _onlyProcess.Dispose();
    }

    SignedNote? Head(string which, params ReadOnlySpan<object> values)
    {
        if (Read($"SELECT size, note FROM heads {which}", row => (Size: row.GetInt64(0), Note: row.GetString(1)), values) is not [var (size, text), ..]) return null;
        var note = SignedNote.Parse(text)!;
        var lines = Read("SELECT line FROM cosignatures WHERE size = $0 ORDER BY witness", row => row.GetString(0), size);
        return note.With(lines);
    }

    void Begin(string path, string origin)
    {
        foreach (var pragma in (string[])["journal_mode = WAL", "synchronous = NORMAL"]) Run(Command($"PRAGMA {pragma}", null, 0));
        var version = Read("PRAGMA user_version", row => row.GetInt64(0)).Single();
        if (version == 1)
        {
            Run(Command("ALTER TABLE leaves ADD COLUMN commitment BLOB; PRAGMA user_version = 2", null, 0)); // of older leaves it is not known: what was changed in them is then told less finely
            version = SchemaVersion;
        }

        if (version is not 0 and not SchemaVersion)
            throw new EventLogException($"The tree of the log was not opened: {path} has format {version}, this program knows {SchemaVersion}. Run the program that wrote it.");
        if (version == 0)
        {
            using var transaction = _writer.BeginTransaction();
            using (var create = Command($"{Schema}; PRAGMA user_version = {SchemaVersion}", transaction, 0)) create.ExecuteNonQuery();
            using (var only = Command("INSERT INTO tree VALUES (1, $0, 0, $1, NULL, NULL)", transaction, 2)) Run(only, origin, LogPosition.Start.ToString());
            transaction.Commit();
        }

        if (Read("SELECT origin FROM tree", row => row.GetString(0)).Single() is var named && named != origin)
            throw new EventLogException($"The log is named {named} and keeps that name: signatures speak of it. Set TransparentLog:Origin back; for a new log under the name {origin} begin with an empty Data folder.");
    }

    SqliteCommand Command(string sql, SqliteTransaction? transaction, int parameters)
    {
        var command = _writer.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        for (var i = 0; i < parameters; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        return command;
    }

    static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }

    List<T> Read<T>(string sql, Func<SqliteDataReader, T> each, params ReadOnlySpan<object> values) => SqliteRead.Read(_readers, sql, each, values);
}
