using System.Buffers.Binary;
using System.Globalization;
using Compliance.Api.Entrance;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Compliance.Api.TransparentLog;

/// <summary>
/// The tree as everybody may read it (C2SP tlog-tiles): its newest signed head, its tiles, its entries; and, for who does not want to compute them, the
/// proofs. An entry shows nothing of the fact behind it.
/// </summary>
static class Show
{
    const string Text = "text/plain; charset=utf-8", Bytes = "application/octet-stream", ForGood = "public, max-age=31536000, immutable";

    public static Results<ContentHttpResult, NotFound> Checkpoint(TreeStore store, HttpResponse response)
    {
        response.Headers.CacheControl = "public, max-age=2";
        return store.Newest() is { } note ? TypedResults.Text(note.ToString(), Text) : TypedResults.NotFound();
    }

    /// <summary>The key that signs the heads, as a vkey: to be compared with the one printed on a certificate, not to be believed from here alone.</summary>
    public static ContentHttpResult Key(LogIdentity identity) => TypedResults.Text($"{identity.Signer.Key}\n", Text);

    public static Results<FileContentHttpResult, NotFound> Tile(string path, TreeStore store, HttpResponse response)
    {
        var isEntries = path.StartsWith("entries/", StringComparison.Ordinal);
        if (TileId.Parse(isEntries ? $"0/{path["entries/".Length..]}" : path) is not { } tile || (isEntries ? Bundle(store, tile) : store.Tile(tile)) is not { } bytes)
            return TypedResults.NotFound();
        response.Headers.CacheControl = ForGood;
        return TypedResults.File(bytes, Bytes);
    }

    /// <summary>That the fact at a position of the log stands in the tree, as a <c>.tlog-proof</c>; 404 where there is none.</summary>
    public static async Task<Results<FileContentHttpResult, NotFound>> Proof(string position, TreeStore store, CancellationToken ct)
    {
        if (!LogPosition.TryParse(position, CultureInfo.InvariantCulture, out var at)) throw new Malformed("position", "A position is one or two hexadecimal numbers, as facts carry it.");
        if (store.LeafAt(at) is not { Leaf: var leaf } || store.Covering(leaf) is not { } note) return TypedResults.NotFound();
        var tree = new TiledTree(Domain.TransparentLog.Checkpoint.Parse(note.Text)!.Size, store.ReadTile);
        var proof = new LogProof(leaf, await tree.Inclusion(leaf, ct), note);
        return TypedResults.File(System.Text.Encoding.UTF8.GetBytes(proof.ToString()), Text, $"{position}.tlog-proof");
    }

    /// <summary>That the tree of <paramref name="to"/> facts begins with the tree of <paramref name="from"/>: one hash a line.</summary>
    public static async Task<Results<ContentHttpResult, NotFound>> Consistency(long from, long to, TreeStore store, CancellationToken ct)
    {
        if (from < 0 || from > to) throw new Malformed("from", "The older size is not larger than the newer.");
        if (to > store.Mark.Size) return TypedResults.NotFound();
        return TypedResults.Text(string.Concat((await new TiledTree(to, store.ReadTile).Consistency(from, ct)).Select(hash => $"{hash}\n")), Text);
    }

    static byte[]? Bundle(TreeStore store, TileId tile)
    {
        var entries = store.Entries(tile);
        if (entries.Count < tile.Width) return null;
        var bundle = new MemoryStream();
        Span<byte> length = stackalloc byte[2];
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)entry.Length);
            bundle.Write(length);
            bundle.Write(entry);
        }

        return bundle.ToArray();
    }
}
