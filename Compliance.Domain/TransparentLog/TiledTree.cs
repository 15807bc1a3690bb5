using System.Numerics;

namespace Compliance.Domain.TransparentLog;

/// <summary>The hashes of a tile, 32 bytes each, from wherever it lies: a file, the web, memory. Throws where there is none.</summary>
public delegate ValueTask<ReadOnlyMemory<byte>> ReadTile(TileId tile, CancellationToken ct);

/// <summary>
/// The Merkle tree over the first <paramref name="size"/> facts of a log, asked of its tiles: its head, and the proofs of RFC 9162 sections 2.1.3
/// and 2.1.4. Each answer reads a few tiles, whatever the size.
/// </summary>
public sealed class TiledTree(long size, ReadTile read)
{
    readonly Dictionary<(int Level, long Index), ReadOnlyMemory<byte>> _tiles = [];

    public long Size => size;

    public async Task<TreeHash> Root(CancellationToken ct) => size == 0 ? TreeHash.Empty : await Of(0, size, ct);

    /// <summary>From the leaf's sibling up to the child of the head.</summary>
    public async Task<IReadOnlyList<TreeHash>> Inclusion(long index, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var proof = new List<TreeHash>();
        for (var (start, end) = (0L, size); end - start > 1;)
        {
            var middle = start + Split(end - start);
            proof.Add(index < middle ? await Of(middle, end, ct) : await Of(start, middle, ct));
            (start, end) = index < middle ? (start, middle) : (middle, end);
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>What <see cref="Proofs.IncludesAll"/> needs of many leaves at once: far less than a path for each.</summary>
    /// <param name="indices">In order, none twice, at least one.</param>
    public async Task<IReadOnlyList<TreeHash>> Inclusion(IReadOnlyList<long> indices, CancellationToken ct)
    {
        var proof = new List<TreeHash>();
        await Visit(0, size, 0, indices.Count);
        return proof;

        async Task Visit(long start, long end, int first, int last)
        {
            if (first == last) proof.Add(await Of(start, end, ct));
            if (first == last || end - start == 1) return;
            var middle = start + Split(end - start);
            var at = first;
            while (at < last && indices[at] < middle) at++;
            await Visit(start, middle, first, at);
            await Visit(middle, end, at, last);
        }
    }

    /// <summary>That this tree begins with the tree of <paramref name="old"/> leaves.</summary>
    public async Task<IReadOnlyList<TreeHash>> Consistency(long old, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(old);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(old, size);
        if (old == 0 || old == size) return [];
        var proof = new List<TreeHash>();
        var (start, end, isWhole) = (0L, size, true);
        while (end != old)
        {
            var middle = start + Split(end - start);
            if (old <= middle)
            {
                proof.Add(await Of(middle, end, ct));
                end = middle;
            }
            else
            {
                proof.Add(await Of(start, middle, ct));
                (start, isWhole) = (middle, false);
            }
        }

        if (!isWhole) proof.Add(await Of(start, end, ct));
        proof.Reverse();
        return proof;
    }

    /// <summary>The head of the leaves from <paramref name="start"/> to before <paramref name="end"/>, where the tree has such a node or the edge of one.</summary>
    async Task<TreeHash> Of(long start, long end, CancellationToken ct)
    {
        var count = end - start;
        if (BitOperations.IsPow2(count)) return await Perfect(BitOperations.Log2((ulong)count), start / count, ct);
        var middle = start + Split(count);
        return TreeHash.Node(await Of(start, middle, ct), await Of(middle, end, ct));
    }

    /// <summary>A node over 2^<paramref name="height"/> leaves.</summary>
    async Task<TreeHash> Perfect(int height, long index, CancellationToken ct)
    {
        var (level, within) = (height / TileId.Height, height % TileId.Height);
        var first = index << within;
        var hashes = await Tile(level, first / TileId.Full, ct);
        var at = (int)(first % TileId.Full);
        return Fold(hashes.Span.Slice(at * TreeHash.Size, TreeHash.Size << within));
    }

    /// <summary>The head of so many neighbouring hashes, a power of two.</summary>
    internal static TreeHash Fold(ReadOnlySpan<byte> hashes)
    {
        if (hashes.Length == TreeHash.Size) return new(hashes);
        var half = hashes.Length / 2;
        return TreeHash.Node(Fold(hashes[..half]), Fold(hashes[half..]));
    }

    async ValueTask<ReadOnlyMemory<byte>> Tile(int level, long index, CancellationToken ct)
    {
        if (_tiles.TryGetValue((level, index), out var hashes)) return hashes;
        var width = (int)Math.Min(TileId.Full, (size >> (TileId.Height * level)) - (index * TileId.Full));
        var tile = new TileId(level, index, width);
        hashes = await read(tile, ct);
        if (hashes.Length != width * TreeHash.Size) throw new InvalidDataException($"{tile.Path} has {hashes.Length} bytes, {width * TreeHash.Size} were asked for.");
        return _tiles[(level, index)] = hashes;
    }

    /// <summary>The largest power of two below a count of two or more.</summary>
    internal static long Split(long count) => 1L << BitOperations.Log2((ulong)(count - 1));
}
