using System.Text.Json;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Rulebooks;

/// <summary>
/// The vocabulary of the rules in words of the three languages (<c>words.json</c>), for the portal and for what is printed: kinds,
/// attributes, units, needs, steps, and by whose word something is known. A language is <c>kk</c>, <c>ru</c> or <c>en</c>.
/// </summary>
public static class RuleWords
{
    static readonly Lazy<IReadOnlyDictionary<string, Sentence>> Texts = new(() =>
        JsonSerializer.Deserialize<Dictionary<string, Sentence>>(typeof(RuleWords).Assembly.GetManifestResourceStream("words")!, EventCatalog.Json)!);

    public static IReadOnlyDictionary<string, Sentence> All => Texts.Value;

    public static string In(this Sentence sentence, string language) => language switch { "ru" => sentence.Ru, "en" => sentence.En, _ => sentence.Kk };

    /// <summary>The word itself where nobody has put it into the language.</summary>
    public static string Say(string key, string language) => All.GetValueOrDefault(key)?.In(language) ?? key[(key.IndexOf('.', StringComparison.Ordinal) + 1)..];

    /// <summary>A unit beside an empty field: "days".</summary>
    public static string Unit(string unit, string language) => Say($"unit.{unit}", language).Split('|')[^1];

    /// <summary>What a ground or question is about: "entrance: frame rate"; of things that are counted, their kind.</summary>
    public static string Topic(string kind, string label, string attribute, string language)
    {
        var word = attribute.Length == 0 ? Say($"kind.{kind}", language) : Say($"{kind}.{attribute}", language);
        return label.Length > 0 ? $"{label}: {word}" : kind == Vocabulary.Venue || attribute.Length == 0 ? word : $"{Say($"kind.{kind}", language)}: {word}";
    }
}
