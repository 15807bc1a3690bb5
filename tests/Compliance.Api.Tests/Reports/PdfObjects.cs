using System.Text.Json;

namespace Compliance.Api.Tests.Reports;

/// <summary>The objects of a PDF as <c>qpdf --json</c> tells them: what points elsewhere is a text like <c>12 0 R</c>.</summary>
sealed class PdfObjects
{
    readonly Dictionary<string, JsonElement> _objects;

    PdfObjects(Dictionary<string, JsonElement> objects) => _objects = objects;

    public static async Task<PdfObjects> In(string pdf)
    {
        using var json = JsonDocument.Parse(await Tool.Run("qpdf", "--json", pdf));
        var objects = json.RootElement.GetProperty("qpdf")[1].EnumerateObject().ToDictionary(
            o => o.Name.Replace("obj:", "", StringComparison.Ordinal),
            o => (o.Value.TryGetProperty("value", out var value) ? value : o.Value.GetProperty("stream").GetProperty("dict")).Clone());
        return new(objects);
    }

    public JsonElement Trailer => _objects["trailer"];
    public JsonElement Catalog => At(Trailer, "/Root");

    public IEnumerable<JsonElement> Dictionaries => _objects.Values.Where(o => o.ValueKind == JsonValueKind.Object);

    public IEnumerable<JsonElement> OfType(string type) => Dictionaries.Where(d => Text(d, "/Type") == type);

    /// <summary>Every name that stands as a key anywhere in the file, however deep.</summary>
    public HashSet<string> Keys
    {
        get
        {
            var keys = new HashSet<string>();
            foreach (var o in _objects.Values) Collect(o, keys);
            return keys;
        }
    }

    public static bool Has(JsonElement dictionary, string key) => dictionary.TryGetProperty(key, out _);

    public static string? Text(JsonElement dictionary, string key) =>
        dictionary.TryGetProperty(key, out var value) ? value.ToString().Replace("u:", "", StringComparison.Ordinal) : null;

    /// <summary>What stands under the key, followed to where it points.</summary>
    public JsonElement At(JsonElement dictionary, string key) => Follow(dictionary.GetProperty(key));

    public JsonElement Follow(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && _objects.TryGetValue(value.GetString()!, out var there) ? there : value;

    static void Collect(JsonElement value, HashSet<string> keys)
    {
        if (value.ValueKind == JsonValueKind.Array)
            foreach (var item in value.EnumerateArray()) Collect(item, keys);
        if (value.ValueKind != JsonValueKind.Object) return;
        foreach (var member in value.EnumerateObject())
        {
            keys.Add(member.Name);
            Collect(member.Value, keys);
        }
    }
}
