using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Compliance.Domain.Kernel;

/// <summary>The name a fact is stored under, for ever: <c>category.what-happened.v1</c>.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>A retired shape. It knows only how to become the next one.</summary>
public interface IUpcast
{
    object Upcast();
}

/// <summary>Facts to bytes and back. The only place that knows both names and types.</summary>
public static class EventCatalog
{
    /// <summary>How facts, commands and views are written: camelCase JSON, enums by name, nothing missing where nothing may be missing.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowOutOfOrderMetadataProperties = true,
    };

    static readonly Dictionary<Type, string> Names = typeof(EventCatalog).Assembly.GetTypes()
        .Select(type => (type, name: type.GetCustomAttribute<EventNameAttribute>()?.Name))
        .Where(x => x.name is not null)
        .ToDictionary(x => x.type, x => x.name!);

    static readonly Dictionary<string, Type> Types = Names.ToDictionary(x => x.Value, x => x.Key);

    public static IReadOnlyDictionary<string, Type> All => Types;

    public static string NameOf(object fact) => Names[fact.GetType()];

    public static byte[] Encode(object fact) => JsonSerializer.SerializeToUtf8Bytes(fact, fact.GetType(), Json);

    /// <summary>Null when the name is unknown: a reader may skip it, a decider must not.</summary>
    public static object? Decode(string name, ReadOnlySpan<byte> data)
    {
        if (!Types.TryGetValue(name, out var type)) return null;
        var fact = JsonSerializer.Deserialize(data, type, Json)!;
        while (fact is IUpcast old) fact = old.Upcast();
        return fact;
    }

    public static object? Decode(Recorded recorded) => Decode(recorded.Name, recorded.Data.Span);
}
