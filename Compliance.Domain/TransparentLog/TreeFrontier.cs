namespace Compliance.Domain.TransparentLog;

/// <summary>The head of a growing tree and nothing else of it: takes one leaf after another and tells the head so far. It holds one hash a level, whatever the size.</summary>
public sealed class TreeFrontier
{
    readonly List<(int Height, TreeHash Hash)> _whole = [];

    public long Size { get; private set; }

    public void Add(TreeHash leaf)
    {
        Size++;
        var (height, hash) = (0, leaf);
        for (; _whole is [.., var left] && left.Height == height; height++)
        {
            hash = TreeHash.Node(left.Hash, hash);
            _whole.RemoveAt(_whole.Count - 1);
        }

        _whole.Add((height, hash));
    }

    public TreeHash Root
    {
        get
        {
            if (_whole is not [.., var (_, hash)]) return TreeHash.Empty;
            for (var i = _whole.Count - 2; i >= 0; i--) hash = TreeHash.Node(_whole[i].Hash, hash);
            return hash;
        }
    }
}
