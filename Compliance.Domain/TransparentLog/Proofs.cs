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
}
