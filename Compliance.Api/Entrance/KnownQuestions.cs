using System.Reflection;

namespace Compliance.Api.Entrance;

/// <summary>A question that a door does not know is refused by name, so that a mistyped one is not taken for "all of them".</summary>
sealed class KnownQuestions(Door door) : IEndpointFilter
{
    readonly HashSet<string> _known = new(door.Slice.Method.GetParameters().SelectMany(Asked).Select(p => p.Name!), StringComparer.OrdinalIgnoreCase);

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Query.Keys.FirstOrDefault(key => !_known.Contains(key)) is { } unknown
            ? throw new Malformed(unknown, _known.Count == 0 ? "This door asks nothing in its address." : $"This door knows {string.Join(", ", _known.Order(StringComparer.Ordinal))}.")
            : next(context);

    static IEnumerable<ParameterInfo> Asked(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(AsParametersAttribute), false) ? parameter.ParameterType.GetConstructors()[0].GetParameters()
        : IsText(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType) ? [parameter] : [];

    /// <summary>What is written in an address: words, numbers, days.</summary>
    static bool IsText(Type type) => type == typeof(string) || type.IsEnum || (type.IsValueType && type.Namespace == "System");
}
