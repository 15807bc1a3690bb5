namespace Compliance.Domain.TransparentLog;

/// <summary>Whether a proof holds, computed without the tree (the algorithms of RFC 9162 sections 2.1.3.2 and 2.1.4.2).</summary>
public static class Proofs
{
    /// <summary>That the leaf stands at <paramref name="index"/> of the tree with that size and head.</summary>
    public static bool Includes(TreeHash root, long size, long index, TreeHash leaf, IReadOnlyList<TreeHash> proof)
    {
        if (index < 0 || index >= size) return false;
        var (node, last, hash) = (index, size - 1, leaf);
        foreach (var sibling in proof)
        {
            if (last == 0) return false;
            if ((node & 1) == 1 || node == last)
            {
                hash = TreeHash.Node(sibling, hash);
                while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                hash = TreeHash.Node(hash, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && hash == root;
    }

    /// <summary>That the newer tree begins with all leaves of the older one, in their order.</summary>
    public static bool Extends(TreeHash oldRoot, long oldSize, TreeHash root, long size, IReadOnlyList<TreeHash> proof)
    {
        if (oldSize < 0 || oldSize > size) return false;
        if (oldSize == size) return proof.Count == 0 && oldRoot == root;
        if (oldSize == 0) return proof.Count == 0 && oldRoot == TreeHash.Empty;
        if (proof.Count == 0) return false;
        var (node, last) = (oldSize - 1, size - 1);
        while ((node & 1) == 1) (node, last) = (node >> 1, last >> 1);
        var isPower = (oldSize & (oldSize - 1)) == 0;
        var (old, now) = isPower ? (oldRoot, oldRoot) : (proof[0], proof[0]);
        foreach (var hash in proof.Skip(isPower ? 0 : 1))
        {
            if (last == 0) return false;
            if ((node & 1) == 1 || node == last)
            {
                (old, now) = (TreeHash.Node(hash, old), TreeHash.Node(hash, now));
                while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                now = TreeHash.Node(now, hash);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && old == oldRoot && now == root;
    }

    /// <summary>
    /// That all these leaves stand in the tree with that head: <paramref name="path"/> has the heads of the parts of the tree in which none of them is, from
    /// left to right, and not one hash more.
    /// </summary>
    /// <param name="leaves">In the order of their places, none twice.</param>
    public static bool IncludesAll(TreeHash root, long size, IReadOnlyList<(long Index, TreeHash Leaf)> leaves, IReadOnlyList<TreeHash> path)
    {
        if (leaves.Count == 0 || leaves[0].Index < 0 || leaves[^1].Index >= size) return false;
        for (var i = 1; i < leaves.Count; i++)
            if (leaves[i].Index <= leaves[i - 1].Index) return false;
        var next = 0;
        return Head(0, size, 0, leaves.Count) == root && next == path.Count;

        TreeHash? Head(long start, long end, int first, int last)
        {
            if (first == last) return next < path.Count ? path[next++] : null;
            if (end - start == 1) return leaves[first].Leaf;
            var middle = start + TiledTree.Split(end - start);
            var at = first;
            while (at < last && leaves[at].Index < middle) at++;
            return Head(start, middle, first, at) is { } left && Head(middle, end, at, last) is { } right ? TreeHash.Node(left, right) : null;
        }
    }
}
