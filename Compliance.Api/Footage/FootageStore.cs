using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Compliance.Api.Vault;
using Compliance.Domain.Footage;

namespace Compliance.Api.Footage;

/// <summary>A file that comes or lies there.</summary>
/// <param name="Sha256">Of the whole: as its sender claims until <paramref name="IsWhole"/>, then as it is.</param>
sealed record StoredFootage(Guid FileId, Guid RequestId, Guid DeviceId, long Bytes, string? Sha256, bool IsWhole);

/// <summary>
/// Big files in the folder <c>footage</c>, in sealed blocks (AES-256-GCM, each bound to its file and place) under a key of each file's own, which lies in the vault and is destroyed with it:
/// never in the clear on the disk, not even half come. How much came is what lies there, so a piece that broke off is sent again from where it stood.
/// </summary>
sealed class FootageStore
{
    /// <summary>Bytes of a block; a piece ends at one, or at the end of the file.</summary>
    public const int Block = 1 << 20;

    /// <summary>The largest piece that is taken at once.</summary>
    public const int Piece = 8 * Block;

    /// <summary>Bytes by which a format is told.</summary>
    public const int HeadBytes = 12;

    const int Nonce = 12, Tag = 16, Sealed = Block + Nonce + Tag;
    const string KeyOf = "footage-key/";

    readonly string _folder;
    readonly SqliteFile _list;
    readonly SecretVault _vault;
    readonly FootageRules _rules;
    readonly TimeProvider _clock;
    readonly ConcurrentDictionary<Guid, SemaphoreSlim> _gates = [];
    readonly Lock _room = new();

    public FootageStore(DataFolder data, SecretVault vault, FootageRules rules, TimeProvider clock)
    {
        (_folder, _vault, _rules, _clock) = (data.Folder("footage"), vault, rules, clock);
        _list = new(data.File("footage.db"));
        _list.Do("CREATE TABLE IF NOT EXISTS file (id BLOB PRIMARY KEY, request BLOB NOT NULL, device BLOB NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT, whole INTEGER NOT NULL, touched INTEGER NOT NULL) WITHOUT ROWID");
        _list.Do("CREATE TABLE IF NOT EXISTS copy (id BLOB PRIMARY KEY, request BLOB NOT NULL, file BLOB NOT NULL, officer BLOB NOT NULL, asked INTEGER NOT NULL, state INTEGER NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT, why INTEGER, done INTEGER, begun INTEGER NOT NULL, UNIQUE (file, officer)) WITHOUT ROWID");
    }

    /// <summary>Each file has a gate of its own: one that comes slowly holds up no other.</summary>
    public SemaphoreSlim Gate(Guid file) => _gates.GetOrAdd(file, _ => new(1));

    public StoredFootage? Find(Guid file) => Files("id = $id", ("$id", file.ToByteArray())) is [var found] ? found : null;

    /// <summary>Those of a request that have not come whole: its sender goes on with them.</summary>
    public IReadOnlyList<StoredFootage> Coming(Guid request) => Files("request = $request AND whole = 0", ("$request", request.ToByteArray()));

    /// <summary>Room for it: on the disk itself, where what was promised to others has yet to come, and within what all files and copies may take.</summary>
    /// <param name="passing">Bytes that it takes beside those for a while.</param>
    bool HasRoomFor(long bytes, long passing) => Booked() + bytes <= _rules.Disk && LeavesRoom(bytes + passing + Promised());

    /// <summary>Whether a GiB of the disk stays free after so many bytes more.</summary>
    public bool LeavesRoom(long bytes) => new DriveInfo(_folder).AvailableFreeSpace > bytes + (1L << 30);

    /// <summary>What files that come and copies that wait have not written yet.</summary>
    long Promised() => Files("whole = 0").Sum(file => file.Bytes - Received(file)) + Sum("SELECT COALESCE(SUM(bytes), 0) FROM copy WHERE done IS NULL");

    /// <summary>False where there is no room for it.</summary>
    public bool Begin(Guid file, Guid request, FootageUpload upload) => Book(upload.Bytes, 0, () => Announce(file, request, upload));

    /// <summary>Books room while nobody else does. False where there is none.</summary>
    public bool Book(long bytes, long passing, Action book)
    {
        lock (_room)
        {
            if (!HasRoomFor(bytes, passing)) return false;
            book();
            return true;
        }
    }

    long Booked() => Sum("SELECT (SELECT COALESCE(SUM(bytes), 0) FROM file) + (SELECT COALESCE(SUM(bytes), 0) FROM copy)");

    long Sum(string sql) => _list.Ask(sql, row => row.GetInt64(0))[0];

    /// <summary>Its sender is there: it is not given up.</summary>
    public void Touch(Guid file) => _list.Do("UPDATE file SET touched = $now WHERE id = $id", ("$id", file.ToByteArray()), ("$now", _clock.GetUtcNow().UtcTicks));

    void MakeKey(Guid file) => _vault.Put($"{KeyOf}{file:N}", new(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));

    void Announce(Guid file, Guid request, FootageUpload upload)
    {
        MakeKey(file);
        _list.Do("INSERT OR IGNORE INTO file VALUES ($id, $request, $device, $bytes, $sha256, 0, $now)", ("$id", file.ToByteArray()), ("$request", request.ToByteArray()), ("$device", upload.DeviceId.ToByteArray()),
            ("$bytes", upload.Bytes), ("$sha256", (object?)upload.Sha256 ?? DBNull.Value), ("$now", _clock.GetUtcNow().UtcTicks));
    }

    /// <summary>Whole blocks that lie there; what a crash left of one does not count.</summary>
    public long Received(StoredFootage file) => File.Exists(PathOf(file.FileId)) && new FileInfo(PathOf(file.FileId)).Length is var length
        ? Math.Min(length / Sealed * Block + (length % Sealed is var rest && rest == file.Bytes % Block + Nonce + Tag && length / Sealed == file.Bytes / Block && file.Bytes % Block > 0 ? file.Bytes % Block : 0), file.Bytes) : 0;

    /// <summary>The next piece, from where the file stands; answers how much lies there then. A body that breaks off counts up to its last whole block.</summary>
    public async Task<long> Append(StoredFootage file, Stream body, CancellationToken ct)
    {
        var (at, plain, shut) = (Received(file), new byte[Block], new byte[Sealed]);
        using var aes = Aes(file.FileId);
        await using var disk = new FileStream(PathOf(file.FileId), FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, 1 << 16, FileOptions.Asynchronous);
        disk.SetLength(at / Block * Sealed);
        disk.Position = disk.Length;
        for (var taken = 0L; at < file.Bytes && taken < Piece;)
        {
            var wanted = (int)Math.Min(Block, file.Bytes - at);
            if (await body.ReadAtLeastAsync(plain.AsMemory(0, wanted), wanted, throwOnEndOfStream: false, ct) < wanted) break;
            Seal(aes, file, at / Block, plain.AsSpan(0, wanted), shut);
            await disk.WriteAsync(shut.AsMemory(0, wanted + Nonce + Tag), ct);
            (at, taken) = (at + wanted, taken + wanted);
        }

        disk.Flush(flushToDisk: true);
        Touch(file.FileId);
        return at;
    }

    /// <summary>Seals a whole file that was made of another one here, under an id of its own; the list of files does not hold it.</summary>
    public async Task<StoredFootage> Seal(Guid id, StoredFootage of, string path, CancellationToken ct)
    {
        MakeKey(id);
        await using var clear = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        var (made, plain, shut) = (new StoredFootage(id, of.RequestId, of.DeviceId, clear.Length, null, true), new byte[Block], new byte[Sealed]);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var aes = Aes(id);
        await using var disk = new FileStream(PathOf(id), FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous);
        for (var at = 0L; at < made.Bytes; at += Block)
        {
            var length = (int)Math.Min(Block, made.Bytes - at);
            await clear.ReadExactlyAsync(plain.AsMemory(0, length), ct);
            hash.AppendData(plain.AsSpan(0, length));
            Seal(aes, made, at / Block, plain.AsSpan(0, length), shut);
            await disk.WriteAsync(shut.AsMemory(0, length + Nonce + Tag), ct);
        }

        disk.Flush(flushToDisk: true);
        return made with { Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset()) };
    }

    /// <summary>The file in the clear.</summary>
    /// <exception cref="CryptographicException">What lies there is not what was sealed.</exception>
    public async Task CopyTo(StoredFootage file, Stream to, CancellationToken ct)
    {
        var (plain, shut) = (new byte[Block], new byte[Sealed]);
        using var aes = Aes(file.FileId);
        await using var disk = new FileStream(PathOf(file.FileId), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        for (var at = 0L; at < file.Bytes; at += Block)
        {
            var length = (int)Math.Min(Block, file.Bytes - at);
            await disk.ReadExactlyAsync(shut.AsMemory(0, length + Nonce + Tag), ct);
            aes.Decrypt(shut.AsSpan(0, Nonce), shut.AsSpan(Nonce + Tag, length), shut.AsSpan(Nonce, Tag), plain.AsSpan(0, length), Place(file, at / Block));
            await to.WriteAsync(plain.AsMemory(0, length), ct);
        }
    }

    /// <summary>The first bytes of a whole file, enough to tell what it is; fewer where it has fewer.</summary>
    public async Task<byte[]> Head(StoredFootage file, CancellationToken ct)
    {
        var length = (int)Math.Min(Block, file.Bytes);
        var (plain, shut) = (new byte[length], new byte[length + Nonce + Tag]);
        using var aes = Aes(file.FileId);
        await using var disk = File.OpenRead(PathOf(file.FileId));
        await disk.ReadExactlyAsync(shut, ct);
        aes.Decrypt(shut.AsSpan(0, Nonce), shut.AsSpan(Nonce + Tag), shut.AsSpan(Nonce, Tag), plain, Place(file, 0));
        return plain[..Math.Min(HeadBytes, length)];
    }

    public async Task<string> Hash(StoredFootage file, CancellationToken ct)
    {
        using var hash = SHA256.Create();
        await using (var counted = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write)) await CopyTo(file, counted, ct);
        return Convert.ToHexStringLower(hash.Hash!);
    }

    public void Whole(Guid file, string sha256) => _list.Do("UPDATE file SET whole = 1, sha256 = $sha256 WHERE id = $id", ("$id", file.ToByteArray()), ("$sha256", sha256));

    /// <summary>The key goes first: what is left of the file after a crash cannot be read.</summary>
    public void Erase(Guid file)
    {
        _vault.Erase($"{KeyOf}{file:N}");
        File.Delete(PathOf(file));
        _list.Do("DELETE FROM file WHERE id = $id", ("$id", file.ToByteArray()));
        _gates.TryRemove(file, out _);
    }

    /// <summary>Files that came whole.</summary>
    public IReadOnlyList<StoredFootage> Kept() => Files("whole = 1");

    /// <summary>Files that stopped coming.</summary>
    public IReadOnlyList<StoredFootage> GivenUp() => Files("whole = 0 AND touched < $before",
        ("$before", (_clock.GetUtcNow() - TimeSpan.FromHours(_rules.IdleHours)).UtcTicks));

    AesGcm Aes(Guid file) => new(Convert.FromBase64String((_vault.Get($"{KeyOf}{file:N}") ?? throw new FileNotFoundException("The key of this file is gone.")).Reveal()), Tag);

    static void Seal(AesGcm aes, StoredFootage file, long block, ReadOnlySpan<byte> plain, Span<byte> into)
    {
        RandomNumberGenerator.Fill(into[..Nonce]);
        aes.Encrypt(into[..Nonce], plain, into.Slice(Nonce + Tag, plain.Length), into.Slice(Nonce, Tag), Place(file, block));
    }

    /// <summary>Which file, how long it is, which block: one that is moved, cut off or put into another file does not open.</summary>
    static byte[] Place(StoredFootage file, long block)
    {
        var place = new byte[32];
        file.FileId.TryWriteBytes(place);
        BinaryPrimitives.WriteInt64BigEndian(place.AsSpan(16), file.Bytes);
        BinaryPrimitives.WriteInt64BigEndian(place.AsSpan(24), block);
        return place;
    }

    string PathOf(Guid file) => Path.Combine(_folder, $"{file:N}.sealed");

    List<StoredFootage> Files(string where, params ReadOnlySpan<(string Name, object Value)> values) => _list.Ask($"SELECT id, request, device, bytes, sha256, whole FROM file WHERE {where}",
        row => new StoredFootage(new((byte[])row[0]), new((byte[])row[1]), new((byte[])row[2]), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetString(4), row.GetInt32(5) == 1), values);
}
