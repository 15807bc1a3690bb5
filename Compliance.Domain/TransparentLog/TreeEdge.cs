namespace Compliance.Domain.TransparentLog;

/// <summary>The growing right edge of the tree: takes one leaf after another and hands out the tiles that changed. What it costs does not depend on the size.</summary>
public sealed class TreeEdge
{
    /// <summary>By level, the hashes of the tile that is not full yet.</summary>
    readonly List<List<TreeHash>> _open = [];
    readonly Dictionary<(int Level, long Index), byte[]> _full = [];

    public long Size { get; private set; }

    /// <summary>Goes on where a tree of that size ends.</summary>
    public static async Task<TreeEdge> At(long size, ReadTile read, CancellationToken ct)
    {
        var edge = new TreeEdge { Size = size };
        for (var (level, count) = (0, size); count > 0; level++, count >>= TileId.Height)
        {
            var (width, open) = ((int)(count % TileId.Full), new List<TreeHash>(TileId.Full));
            edge._open.Add(open);
            if (width == 0) continue;
            var hashes = await read(new(level, count / TileId.Full, width), ct);
            for (var i = 0; i < width; i++) open.Add(new(hashes.Span.Slice(i * TreeHash.Size, TreeHash.Size)));
        }

        return edge;
    }

    public void Add(TreeHash leaf)
    {
        Size++;
        var hash = leaf;
        for (var level = 0; ; level++)
        {
            if (level == _open.Count) _open.Add(new(TileId.Full));
            var open = _open[level];
            open.Add(hash);
            if (open.Count < TileId.Full) return;
            var full = Bytes(open);
            _full[(level, ((Size >> (TileId.Height * level)) / TileId.Full) - 1)] = full;
            hash = TiledTree.Fold(full);
            open.Clear();
        }
    }

    /// <summary>The tiles that were filled since this was asked last, and the open ones as they are now.</summary>
    public IReadOnlyList<(TileId Tile, byte[] Hashes)> TakeChanged()
    {
        var changed = _full.Select(tile => (new TileId(tile.Key.Level, tile.Key.Index, TileId.Full), tile.Value)).ToList();
        _full.Clear();
        for (var level = 0; level < _open.Count; level++)
            if (_open[level] is { Count: > 0 } open) changed.Add((new(level, (Size >> (TileId.Height * level)) / TileId.Full, open.Count), Bytes(open)));
        return changed;
    }

    static byte[] Bytes(List<TreeHash> hashes)
    {
        var bytes = new byte[hashes.Count * TreeHash.Size];
        for (var i = 0; i < hashes.Count; i++) hashes[i].CopyTo(bytes.AsSpan(i * TreeHash.Size));
        return bytes;
    }
}
