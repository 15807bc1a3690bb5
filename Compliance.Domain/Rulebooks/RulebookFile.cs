using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Rulebooks;

/// <summary>What is wrong with a rulebook file, and where. <paramref name="RuleId"/> is null when the file itself is at fault.</summary>
public sealed record Fault(string File, string? RuleId, string Because)
{
    public override string ToString() => RuleId is null ? $"{File}: {Because}" : $"{File}, {RuleId}: {Because}";
}

/// <summary>
/// A rulebook as it is written: JSON, each rule with its <c>params</c>, which stand in its check as <c>"$name"</c>. Reading puts
/// them in place and proves every word; a file with a fault gives no rulebook, so the version before stays in force.
/// </summary>
public static class RulebookFile
{
    /// <summary>Camel case, nothing unknown, nothing missing.</summary>
    public static readonly JsonSerializerOptions Json = new(EventCatalog.Json)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(), // else whoever reads the schema first finds none
    };

    /// <summary>As lenient as <see cref="Json"/>, but no word may stand twice.</summary>
    internal static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false,
    };

    public static (Rulebook? Rulebook, IReadOnlyList<Fault> Faults) Read(string file, string text)
    {
        var faults = new List<Fault>();
        JsonObject? root;
        try
        {
            root = JsonNode.Parse(text, null, Lenient) as JsonObject;
        }
        catch (JsonException e)
        {
            return (null, [new(file, null, $"This is no JSON: {e.Message}")]);
        }

        if (root?["rules"] is not JsonArray rules) return (null, [new(file, null, "A rulebook is an object with a list of rules.")]);
        var written = rules.DeepClone().AsArray();
        root["rules"] = new JsonArray();
        Rulebook head;
        try
        {
            head = root.Deserialize<Rulebook>(Json)!;
        }
        catch (JsonException e)
        {
            return (null, [new(file, null, e.Message)]);
        }

        if (written.Count == 0) faults.Add(new(file, null, "It has no rule."));
        var read = new List<Rule>();
        foreach (var node in written)
        {
            var id = (node as JsonObject)?["id"]?.ToString();
            try
            {
                if (node is JsonObject rule) read.Add(Params.Placed(rule).Deserialize<Rule>(Json)!);
                else faults.Add(new(file, null, "A rule is an object."));
            }
            catch (JsonException e)
            {
                faults.Add(new(file, id, e.Message));
            }
        }

        var book = head with { Rules = read };
        faults.AddRange(Validation.Of(book).Select(f => f with { File = file }));
        return (faults.Count == 0 ? book : null, faults);
    }
}

/// <summary>Puts a rule's parameters where its checks name them.</summary>
static class Params
{
    public static JsonObject Placed(JsonObject rule)
    {
        var named = rule["params"] as JsonObject ?? [];
        var used = new HashSet<string>();
        var placed = (JsonObject)Place(rule.DeepClone(), named, used)!;
        placed.Remove("params");
        if (named.FirstOrDefault(p => !used.Contains(p.Key)) is { Key: { } idle }) throw new JsonException($"The parameter '{idle}' is used by no check.");
        return placed;
    }

    static JsonNode? Place(JsonNode? node, JsonObject named, HashSet<string> used)
    {
        switch (node)
        {
            case JsonObject o:
                foreach (var (key, value) in o.Where(p => p.Key != "params").ToArray())
                {
                    var put = Place(value, named, used);
                    if (!ReferenceEquals(put, value)) o[key] = put;
                }

                return o;
            case JsonArray a:
                for (var i = 0; i < a.Count; i++)
                {
                    var put = Place(a[i], named, used);
                    if (put is null) throw new JsonException("A list holds nothing in one of its places.");
                    if (!ReferenceEquals(put, a[i])) a[i] = put;
                }

                return a;
            case JsonValue value when value.TryGetValue(out string? text) && text.StartsWith('$'):
                if (!named.ContainsKey(text[1..])) throw new JsonException($"There is no parameter '{text[1..]}'.");
                used.Add(text[1..]);
                return named[text[1..]]?.DeepClone();
            default:
                return node;
        }
    }
}
