using System.Text;
using Compliance.Domain.TransparentLog;

namespace Compliance.Domain.Tests.TransparentLog;

/// <summary>A tree in memory: the tiles that an edge handed out.</summary>
sealed class Leaves
{
    readonly Dictionary<(int Level, long Index), byte[]> _tiles = [];
    readonly TreeEdge _edge;

    Leaves(TreeEdge edge) => _edge = edge;

    public long Size => _edge.Size;

    /// <summary>Facts 0, 1, 2 … as their numbers in words.</summary>
    public static byte[] Entry(long i) => Encoding.UTF8.GetBytes($"fact {i}");

    public static Leaves Of(int count)
    {
        var leaves = new Leaves(new());
        leaves.Grow(count);
        return leaves;
    }

    public void Grow(int by)
    {
        for (var i = 0; i < by; i++) _edge.Add(TreeHash.Leaf(Entry(_edge.Size)));
        Keep(_edge);
    }

    /// <summary>Another edge goes on from what was kept.</summary>
    public async Task<Leaves> Reopened()
    {
        var leaves = new Leaves(await TreeEdge.At(Size, Read, default));
        foreach (var (tile, hashes) in _tiles) leaves._tiles[tile] = hashes;
        return leaves;
    }

    public TiledTree At(long size) => new(size, Read);

    public byte[] Tile(TileId tile) => _tiles[(tile.Level, tile.Index)][..(tile.Width * TreeHash.Size)];

    public void Spoil(int level, long index, int at) => _tiles[(level, index)][at] ^= 1;

    ValueTask<ReadOnlyMemory<byte>> Read(TileId tile, CancellationToken ct) => new(Tile(tile));

    void Keep(TreeEdge edge)
    {
        foreach (var (tile, hashes) in edge.TakeChanged()) _tiles[(tile.Level, tile.Index)] = hashes;
    }
}
