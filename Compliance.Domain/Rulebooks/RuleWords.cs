using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Rulebooks;

/// <summary>
/// The vocabulary of the rules in words of the three languages (<c>words.json</c>), for the portal and for what is printed: kinds,
/// attributes, units, needs, and by whose word something is known. A language is <c>kk</c>, <c>ru</c> or <c>en</c>.
/// </summary>
public static partial class RuleWords
{
    static readonly Lazy<IReadOnlyDictionary<string, Sentence>> Texts = new(() =>
        JsonSerializer.Deserialize<Dictionary<string, Sentence>>(typeof(RuleWords).Assembly.GetManifestResourceStream("words")!, EventCatalog.Json)!);

    public static IReadOnlyDictionary<string, Sentence> All => Texts.Value;

    public static string In(this Sentence sentence, string language) => language switch { "ru" => sentence.Ru, "en" => sentence.En, _ => sentence.Kk };

    /// <summary>The word itself where nobody has put it into the language.</summary>
    public static string Say(string key, string language) => All.GetValueOrDefault(key)?.In(language) ?? key[(key.IndexOf('.', StringComparison.Ordinal) + 1)..];

    /// <summary>What a ground or question is about: "entrance: frame rate"; of things that are counted, their kind.</summary>
    public static string Topic(string kind, string label, string attribute, string language)
    {
        var word = attribute.Length == 0 ? Say($"kind.{kind}", language) : Say($"{kind}.{attribute}", language);
        return label.Length > 0 ? $"{label}: {word}" : kind == Vocabulary.Venue || attribute.Length == 0 ? word : $"{Say($"kind.{kind}", language)}: {word}";
    }

    /// <summary>A value as results write it, put so that people read it; instants by the venue's clock.</summary>
    public static string Value(string? found, string? unit, string language)
    {
        if (found is null) return "—";
        var text = string.Join(", ", found.Split(", ").Select(part => One(part, language)));
        return unit is null ? text : $"{text}\u00A0{Say($"unit.{unit}", language)}";
    }

    /// <summary>The unit a ground's value is written with; none where the need itself says what it counts.</summary>
    public static string? UnitOf(Ground ground) =>
        ground.Need is Need.ShareAtLeast or Need.DownAtMost ? null : Vocabulary.Find(ground.Kind, ground.Attribute)?.Unit;

    /// <summary>What is needed, in words.</summary>
    public static string Needed(Need need, string? needed, string? unit, string language) =>
        string.Format(CultureInfo.InvariantCulture, Say($"need.{need}", language), Value(needed, needed is null ? null : unit, language));

    static string One(string text, string language)
    {
        if (All.TryGetValue($"value.{text}", out var word)) return word.In(language);
        if (Span().Match(text) is { Success: true } span)
            return string.Format(CultureInfo.InvariantCulture, Say($"span.{span.Groups[1].Value}{span.Groups[3].Value}", language), span.Groups[2].Value);
        if (text.Length > 18 && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
            return VenueZone.Local(at).ToString("dd.MM.yyyy HH:mm", CultureInfo.InvariantCulture);
        return language == "en" || !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? text : text.Replace('.', ',');
    }

    [GeneratedRegex(@"^P(T?)(\d+)(D|WD|M|Y|H)$")]
    private static partial Regex Span();
}
