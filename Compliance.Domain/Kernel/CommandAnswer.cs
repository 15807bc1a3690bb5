using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Compliance.Domain.Kernel;

/// <summary>What a command's door answers: the stream's revision and the place in the log a later query may wait for.</summary>
public sealed record CommandAnswer(long Revision, [property: JsonConverter(typeof(LogPositionText))] LogPosition Position);

/// <summary>A log position in JSON is its text.</summary>
public sealed class LogPositionText : JsonConverter<LogPosition>
{
    public override LogPosition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        LogPosition.TryParse(reader.GetString(), CultureInfo.InvariantCulture, out var position)
            ? position : throw new JsonException("Not a log position.");

    public override void Write(Utf8JsonWriter writer, LogPosition value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
