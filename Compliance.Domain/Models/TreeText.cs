using System.Text.Json;

namespace Compliance.Domain.Models;

/// <summary>A tree as it stands in a file: its nodes in order, a question as [feature, cut, right], an answer as [value]; left is the node that follows.</summary>
public static class TreeText
{
    public static IReadOnlyList<float[]> Of(Tree tree) =>
        [.. tree.Nodes.Select(node => node.Feature < 0 ? (float[])[node.Value] : [node.Feature, node.Cut, node.Right])];

    /// <exception cref="JsonException">Where following it could lead astray.</exception>
    public static Tree Read(JsonElement nodes, int features)
    {
        var (read, count) = (new List<TreeNode>(), nodes.GetArrayLength());
        foreach (var node in nodes.EnumerateArray())
        {
            var at = read.Count;
            if (node.GetArrayLength() == 1)
            {
                read.Add(new(-1, 0, 0, 0, Finite(node[0])));
                continue;
            }

            var (feature, cut, right) = (node[0].GetInt32(), Finite(node[1]), node[2].GetInt32());
            if (feature < 0 || feature >= features || right <= at + 1 || right >= count) throw new JsonException("a tree does not hold together");
            read.Add(new(feature, cut, at + 1, right, 0));
        }

        return read is [.., { Feature: < 0 }] ? new(read) : throw new JsonException("a tree has no end");
    }

    static float Finite(JsonElement number) => number.GetSingle() is var value && float.IsFinite(value) ? value : throw new JsonException("a number of a tree is none");
}
