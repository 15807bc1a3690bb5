using System.Diagnostics;

namespace Compliance.Domain.Rulebooks;

/// <summary>The rulebooks this house is delivered with, by id. A test proves that each reads without a fault.</summary>
public static class RulebookShelf
{
    const string Prefix = "rulebook/";

    static readonly Lazy<IReadOnlyDictionary<string, Rulebook>> Books = new(() => Ids!.ToDictionary(id => id, Read));

    public static IReadOnlyList<string> Ids { get; } =
    [
        .. typeof(RulebookShelf).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..]).Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyDictionary<string, Rulebook> All => Books.Value;

    /// <summary>The rulebook as it is written.</summary>
    public static string Text(string id)
    {
        using var reader = new StreamReader(typeof(RulebookShelf).Assembly.GetManifestResourceStream(Prefix + id)!);
        return reader.ReadToEnd();
    }

    static Rulebook Read(string id) => RulebookFile.Read($"{id}.json", Text(id)) switch
    {
        ({ } book, _) => book,
        (_, var faults) => throw new UnreachableException(string.Join('\n', faults)),
    };
}
