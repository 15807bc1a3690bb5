using System.Text.Json.Nodes;

namespace Compliance.Domain.Rulebooks;

/// <summary>What of a rule reads otherwise: its requirement, a parameter, what it stands on, how it is checked.</summary>
/// <param name="Part">A member of the rule; of a parameter <c>params.name</c>.</param>
/// <param name="From">As the one text has it; null where it has none.</param>
public sealed record PartChange(string Part, string? From, string? To);

/// <summary>A rule in a comparison; added and removed ones have no changes of parts.</summary>
public sealed record RuleChange(string RuleId, Sentence Requirement, IReadOnlyList<PartChange> Parts);

/// <summary>How two versions of a rulebook differ, for people who decide on it.</summary>
/// <param name="Head">What is otherwise in the rulebook itself: its days, title, holidays, sources.</param>
public sealed record RulebookDiff(
    string Rulebook, string From, string To, IReadOnlyList<PartChange> Head,
    IReadOnlyList<RuleChange> Added, IReadOnlyList<RuleChange> Removed, IReadOnlyList<RuleChange> Changed)
{
    /// <param name="from">A rulebook's text that reads without a fault; so is <paramref name="to"/>.</param>
    public static RulebookDiff Between(string from, string to)
    {
        var (one, other) = (Read(from), Read(to));
        var (before, after) = (Rules(one), Rules(other));
        return new(
            $"{other["id"]}", $"{one["version"]}", $"{other["version"]}",
            [.. Parts("", one, other).Where(part => part.Part is not ("rules" or "version"))],
            [.. after.Where(rule => !before.ContainsKey(rule.Key)).Select(rule => Of(rule.Value, []))],
            [.. before.Where(rule => !after.ContainsKey(rule.Key)).Select(rule => Of(rule.Value, []))],
            [.. from rule in after
                where before.ContainsKey(rule.Key)
                let parts = Parts("", before[rule.Key], rule.Value).ToArray()
                where parts.Length > 0
                select Of(rule.Value, parts)]);
    }

    static JsonObject Read(string text) =>
        JsonNode.Parse(text, null, new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip, AllowTrailingCommas = true })!.AsObject();

    /// <summary>By id; two rules of one id differ by the day from which they bind.</summary>
    static Dictionary<string, JsonObject> Rules(JsonObject book) => book["rules"]!.AsArray().Select(rule => rule!.AsObject())
        .GroupBy(rule => $"{rule["id"]}")
        .SelectMany(same => same.Count() == 1 ? [(Key: same.Key, Rule: same.Single())] : same.Select(rule => (Key: $"{same.Key}@{rule["from"]}", Rule: rule)))
        .ToDictionary(rule => rule.Key, rule => rule.Rule);

    static RuleChange Of(JsonObject rule, IReadOnlyList<PartChange> parts)
    {
        var said = rule["requirement"]!;
        return new($"{rule["id"]}", new($"{said["kk"]}", $"{said["ru"]}", $"{said["en"]}"), parts);
    }

    /// <summary>Objects of named things (parameters, the three languages) are compared name by name, all else as a whole.</summary>
    static IEnumerable<PartChange> Parts(string within, JsonObject one, JsonObject other)
    {
        foreach (var name in one.Select(p => p.Key).Union(other.Select(p => p.Key)))
        {
            var (was, now) = (one[name], other[name]);
            if (JsonNode.DeepEquals(was, now) && one.ContainsKey(name) == other.ContainsKey(name)) continue;
            if (within.Length == 0 && name is "params" or "requirement" or "title" or "sources")
                foreach (var part in Parts($"{name}.", was as JsonObject ?? [], now as JsonObject ?? [])) yield return part;
            else yield return new(within + name, Said(was, one.ContainsKey(name)), Said(now, other.ContainsKey(name)));
        }
    }

    static string? Said(JsonNode? value, bool there) => !there ? null : value is JsonValue text && text.TryGetValue(out string? plain) ? plain : value?.ToJsonString(Plain) ?? "null";

    static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
