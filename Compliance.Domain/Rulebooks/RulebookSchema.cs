using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;

namespace Compliance.Domain.Rulebooks;

/// <summary>The JSON schemas of a rulebook file and of a sanction table, drawn from the types that read them. What a check asks for may stand as <c>"$name"</c>.</summary>
public static class RulebookSchema
{
    static readonly JsonSerializerOptions Written = new(RulebookFile.Json) { WriteIndented = true, NewLine = "\n" };

    public static string Text()
    {
        var schema = Titled(typeof(Rulebook), "A rulebook of Compliance");
        schema["$defs"] = new JsonObject
        {
            ["param"] = new JsonObject { ["type"] = "string", ["pattern"] = "^\\$[a-zA-Z0-9]+$" },
            ["check"] = new JsonObject { ["oneOf"] = new JsonArray([.. typeof(Check).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(Named)]) },
        };
        return schema.ToJsonString(Written) + "\n";
    }

    public static string OfSanctions() => Titled(typeof(SanctionTable), "A sanction table of Compliance").ToJsonString(Written) + "\n";

    static JsonObject Titled(Type type, string title)
    {
        var schema = Of(type);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", title);
        return schema;
    }

    static JsonObject Of(Type type) => (JsonObject)RulebookFile.Json.GetJsonSchemaAsNode(type, new() { TransformSchemaNode = Drawn });

    /// <summary>One word of the check language, which its <c>check</c> names.</summary>
    static JsonNode Named(JsonDerivedTypeAttribute word)
    {
        var schema = Of(word.DerivedType);
        schema["type"] = "object";
        ((JsonObject)schema["properties"]!).Insert(0, "check", new JsonObject { ["const"] = (string)word.TypeDiscriminator! });
        var required = schema["required"] as JsonArray ?? [];
        required.Insert(0, "check");
        schema["required"] = required;
        return schema;
    }

    static JsonNode Drawn(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(Check)) return new JsonObject { ["$ref"] = "#/$defs/check" };
        if (type == typeof(CalendarSpan)) schema = new JsonObject { ["type"] = new JsonArray("string", "null"), ["pattern"] = "^P" };
        if (type == typeof(Rule)) ((JsonObject)schema["properties"]!)["params"] = new JsonObject { ["type"] = "object" };
        return context.PropertyInfo is { DeclaringType: var of } && of.IsAssignableTo(typeof(Check)) && TakesParam(type)
            ? new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["$ref"] = "#/$defs/param" }) } : schema;
    }

    /// <summary>Numbers, spans and lists; a text is a text either way, and no check stands for a check.</summary>
    static bool TakesParam(Type type) => type != typeof(string) && type != typeof(IReadOnlyList<Check>);
}
