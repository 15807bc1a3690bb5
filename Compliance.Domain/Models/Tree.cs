namespace Compliance.Domain.Models;

/// <summary>One question of a tree, or where <paramref name="Feature"/> is -1 an answer.</summary>
/// <param name="Left">The node for a number up to <paramref name="Cut"/>; <paramref name="Right"/> for one above.</param>
public readonly record struct TreeNode(int Feature, float Cut, int Left, int Right, float Value);

/// <summary>A few questions about the numbers of a window that end in one small vote.</summary>
public sealed record Tree(IReadOnlyList<TreeNode> Nodes)
{
    public double Value(float[] numbers)
    {
        var node = Nodes[0];
        while (node.Feature >= 0) node = Nodes[numbers[node.Feature] <= node.Cut ? node.Left : node.Right];
        return node.Value;
    }

    public Tree Scaled(double by) => new([.. Nodes.Select(node => node with { Value = (float)(node.Value * by) })]);
}
