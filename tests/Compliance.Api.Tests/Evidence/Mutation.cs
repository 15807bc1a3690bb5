using System.Text;
using System.Text.Json.Nodes;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.Tests.Evidence;

/// <summary>One thing in a JSON text replaced by what nobody expects there, or taken out; canonical again.</summary>
static class Mutation
{
    static readonly Func<JsonNode, JsonNode?>[] Replacements =
    [
        _ => null, _ => -1, _ => 9e18, _ => "", _ => "x", _ => new JsonArray(), _ => new JsonArray(null, null), _ => new JsonObject(), n => new JsonArray(n.DeepClone(), n.DeepClone()),
        _ => $"{Guid.Empty}", _ => "0001-01-01T00:00:00.0000000Z", _ => "9999-12-31T23:59:59.9999999Z",
    ];

    /// <summary>Ways to do it; the last two take it out, or let it stand twice where it stands in a list.</summary>
    public static int Kinds => Replacements.Length + 2;

    public static byte[] Of(string json, int place, int kind)
    {
        var root = JsonNode.Parse(json)!;
        var all = Below(root).ToList();
        var node = all[place % all.Count];
        if (kind < Replacements.Length) Put(node, Replacements[kind](node));
        else if (node.Parent is JsonObject members) members.Remove(node.GetPropertyName());
        else if (node.Parent is JsonArray list && kind == Replacements.Length) list.RemoveAt(node.GetElementIndex());
        else if (node.Parent is JsonArray longer) longer.Add(node.DeepClone());
        return CanonicalJson.Of(Encoding.UTF8.GetBytes(root.ToJsonString()));
    }

    static void Put(JsonNode node, JsonNode? other)
    {
        if (node.Parent is JsonObject members) members[node.GetPropertyName()] = other;
        else node.Parent!.AsArray()[node.GetElementIndex()] = other;
    }

    static IEnumerable<JsonNode> Below(JsonNode node) => node switch
    {
        JsonObject members => members.Select(m => m.Value).OfType<JsonNode>().SelectMany(n => Below(n).Prepend(n)),
        JsonArray list => list.OfType<JsonNode>().SelectMany(n => Below(n).Prepend(n)),
        _ => [],
    };
}
