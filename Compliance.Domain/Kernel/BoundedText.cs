using System.Text.Json;
using System.Text.Json.Serialization;

namespace Compliance.Domain.Kernel;

/// <summary>A text of a request that is refused where it is longer than it may be.</summary>
/// <param name="longest">Characters.</param>
public abstract class BoundedText(int longest) : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is var text && text?.Length > longest ? throw new JsonException() : text;

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
