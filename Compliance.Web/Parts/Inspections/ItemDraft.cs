using System.Globalization;
using Compliance.Domain.Inspections;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Web.Parts.Inspections;

/// <summary>What a person has typed into one item so far: values by question, things by kind. What was not touched is not said.</summary>
public sealed class ItemDraft
{
    /// <summary>Words a text may be, where the register knows them.</summary>
    static readonly Dictionary<(string Kind, string Attribute), string[]> Choices = new()
    {
        [("exit", "opens")] = ["Outward", "Inward", "Sliding"],
        [("exit", "lock")] = ["None", "PanicBar", "ThumbTurn", "Magnetic", "Key"],
        [("person", "post")] = ["Owner", "Manager", "FireSafety", "Security"],
        [("zone", "use")] = ["hall", "bar", "danceFloor", "cashDesk", "corridor", "parking"],
        [("fireAlarm", "state")] = ["normal", "Fault"],
    };

    readonly Dictionary<(string Kind, string Thing, string Attribute), string> values = [];
    readonly Dictionary<string, (List<ListedThing> Things, bool All)> lists = [];

    public static IReadOnlyList<string> ChoicesOf(Question q) => Choices.GetValueOrDefault((q.Kind, q.Attribute)) ?? [];

    /// <summary>Things that happen have an hour; papers and tests have a day.</summary>
    public static bool HasHour(Question q) => q.Kind is not (Vocabulary.Venue or "camera" or "fireAlarm");

    public bool IsTouched => values.Count > 0 || lists.Count > 0;

    public string Read(Question q, InspectionCommand.RecordItem? said) =>
        values.GetValueOrDefault(Key(q)) ?? said?.Statements.LastOrDefault(s => Key(s) == Key(q)) switch { { } known => Text(known.Value, HasHour(q)), _ => "" };

    public void Write(Question q, string? text) => values[Key(q)] = text?.Trim() ?? "";

    public (IReadOnlyList<ListedThing> Things, bool All) List(Question q) => lists.TryGetValue(q.Kind, out var told) ? told : (q.Things, q.Listed);

    public void List(Question q, IEnumerable<ListedThing> things, bool all) => lists[q.Kind] = ([.. things], all);

    public void Clear()
    {
        values.Clear();
        lists.Clear();
    }

    /// <summary>Everything this item says now: what stood, with what was typed over it. Null where a value cannot be read.</summary>
    public (IReadOnlyList<Statement> Statements, IReadOnlyList<Listing> Listings)? Say(ChecklistItem item, InspectionCommand.RecordItem? said)
    {
        var statements = (said?.Statements ?? []).Where(s => !values.ContainsKey(Key(s))).ToList();
        foreach (var q in item.Questions.Where(q => q.Type is not null && values.GetValueOrDefault(Key(q)) is { Length: > 0 }))
        {
            if (Parse(q, values[Key(q)]) is not { } value) return null;
            statements.Add(new(q.Kind, q.ThingId, Vocabulary.OfPersons.Contains(q.Kind) ? "" : q.Label, q.Attribute, value));
        }

        return (statements, [.. (said?.Listings ?? []).Where(l => !lists.ContainsKey(l.Kind)), .. lists.Select(l => new Listing(l.Key, l.Value.Things, l.Value.All))]);
    }

    static Known? Parse(Question q, string text) => q.Type switch
    {
        WordType.Flag => bool.TryParse(text, out var flag) ? new Known.Flag(flag) : null,
        WordType.Number => decimal.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? new Known.Number(number) : null,
        WordType.Texts => new Known.Texts([.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]),
        WordType.Instant => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new Known.Instant(VenueZone.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local))) : null,
        _ => new Known.Text(text),
    };

    static string Text(Known known, bool hour) => known switch
    {
        Known.Flag(var value, _) => value ? "true" : "false",
        Known.Number(var value, _) => value.ToString("0.####", CultureInfo.InvariantCulture),
        Known.Text(var value, _) => value,
        Known.Texts(var value, _) => string.Join(", ", value),
        Known.Instant(var value, _) => VenueZone.Local(value).ToString(hour ? "yyyy-MM-dd'T'HH:mm" : "yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => "",
    };

    static (string, string, string) Key(Question q) => (q.Kind, q.Kind == Vocabulary.Venue ? "" : q.ThingId, q.Attribute);

    static (string, string, string) Key(Statement s) => (s.Kind, s.Kind == Vocabulary.Venue ? "" : s.ThingId, s.Attribute);
}
