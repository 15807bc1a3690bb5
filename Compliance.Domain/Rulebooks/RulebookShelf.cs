using System.Diagnostics;
using System.Globalization;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Rulebooks;

/// <summary>One version of a rulebook that the house was delivered with.</summary>
/// <param name="Since">When it was delivered in another's place, and so the first instant it answers for; null for the first one, which was always known.</param>
public sealed record Delivery(Rulebook Book, string Text, string Hash, DateTimeOffset? Since);

/// <summary>
/// The rulebooks this house is delivered with, by id. A test proves that each reads without a fault. A version that was replaced stays
/// under <c>Earlier</c>, as <c>id@version@day of the next one</c>: what it answered for is answered by it for good.
/// </summary>
public static class RulebookShelf
{
    /// <summary>The rulebook that venues of this country are judged by where nobody names another.</summary>
    public const string Usual = "kz-nightclub-2025-2026";

    const string Prefix = "rulebook/", EarlierPrefix = "earlier/";

    static readonly Lazy<IReadOnlyDictionary<string, Rulebook>> Books = new(() => Ids!.ToDictionary(id => id, id => Read(id, Text(id))));
    static readonly Lazy<IReadOnlyDictionary<string, IReadOnlyList<Delivery>>> Delivered = new(() => Ids!.ToDictionary(id => id, Line));

    public static IReadOnlyList<string> Ids { get; } =
    [
        .. typeof(RulebookShelf).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..]).Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyDictionary<string, Rulebook> All => Books.Value;

    /// <summary>The rulebook as it is written.</summary>
    public static string Text(string id) => Resource(Prefix + id);

    /// <summary>Every version of a rulebook that was ever delivered, the first one first; none for one that the authority alone wrote.</summary>
    public static IReadOnlyList<Delivery> Deliveries(string id) => Delivered.Value.GetValueOrDefault(id, []);

    /// <summary>SHA-256 of the file, hexadecimal: names the very text an answer was given by.</summary>
    public static string Hash(string id) => RulebookVersions.HashOf(Text(id));

    static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(RulebookShelf).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    static IReadOnlyList<Delivery> Line(string id)
    {
        var (line, since) = (new List<Delivery>(), (DateTimeOffset?)null);
        var earlier = typeof(RulebookShelf).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith($"{EarlierPrefix}{id}@", StringComparison.Ordinal)).Select(name => (Name: name, Next: DateOnly.Parse(name[(name.LastIndexOf('@') + 1)..], CultureInfo.InvariantCulture)));
        foreach (var (name, next) in earlier.OrderBy(version => version.Next).ThenBy(version => version.Name, StringComparer.Ordinal))
        {
            var text = Resource(name);
            line.Add(new(Read(id, text), text, RulebookVersions.HashOf(text), since));
            since = VenueZone.At(next, TimeOnly.MinValue);
        }

        return [.. line, new(All[id], Text(id), Hash(id), since)];
    }

    static Rulebook Read(string id, string text) => RulebookFile.Read($"{id}.json", text) switch
    {
        ({ } book, _) => book,
        (_, var faults) => throw new UnreachableException(string.Join('\n', faults)),
    };
}
