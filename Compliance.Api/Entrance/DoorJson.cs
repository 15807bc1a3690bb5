using System.Text.Json;
using System.Text.Json.Serialization;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Entrance;

/// <summary>
/// How doors read and write JSON: as facts are written, and stricter with strangers. No text without end, no holes in a list,
/// no enum by a number. What is wrong is thrown as a <see cref="JsonException"/>, which knows the path to it.
/// </summary>
static class DoorJson
{
    public static void Set(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(allowIntegerValues: false));
        options.Converters.Add(new LimitedText());
        options.Converters.Add(new WholeLists());
        options.RespectNullableAnnotations = EventCatalog.Json.RespectNullableAnnotations;
        options.RespectRequiredConstructorParameters = EventCatalog.Json.RespectRequiredConstructorParameters;
        options.AllowOutOfOrderMetadataProperties = EventCatalog.Json.AllowOutOfOrderMetadataProperties;
    }

    /// <summary>A page of text at most; only the still picture of a feed test (<c>PictureText</c>) and a certificate (<c>CertificateText</c>) are longer.</summary>
    sealed class LimitedText() : BoundedText(2_000);

    /// <summary>The nullable annotations of a list say nothing to the serializer about its elements.</summary>
    sealed class WholeLists : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert is { IsGenericType: true } && typeToConvert.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(WholeList<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;
    }

    sealed class WholeList<T> : JsonConverter<IReadOnlyList<T>>
    {
        const int Most = 1_000;

        public override IReadOnlyList<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<T[]>(ref reader, options) is not { } list ? null
            : list.Length > Most || list.Any(item => item is null) ? throw new JsonException() : list;

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize<IEnumerable<T>>(writer, value, options);
    }
}
