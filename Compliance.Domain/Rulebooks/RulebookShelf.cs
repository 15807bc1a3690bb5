using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Compliance.Domain.Rulebooks;

/// <summary>The rulebooks this house is delivered with, by id. A test proves that each reads without a fault.</summary>
public static class RulebookShelf
{
    /// <summary>The rulebook that venues of this country are judged by where nobody names another.</summary>
    public const string Usual = "kz-nightclub-2025-2026";

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

    /// <summary>SHA-256 of the file, hexadecimal: names the very text an answer was given by.</summary>
    public static string Hash(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(id))));

    static Rulebook Read(string id) => RulebookFile.Read($"{id}.json", Text(id)) switch
    {
        ({ } book, _) => book,
        (_, var faults) => throw new UnreachableException(string.Join('\n', faults)),
    };
}
