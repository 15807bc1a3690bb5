using System.Text.RegularExpressions;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Inspections;

/// <summary>What is malformed in a command about an inspection, whatever the state of things.</summary>
static partial class InspectionFaults
{
    const int LongestText = 500, LongestLabel = 60, MostParts = 200;

    public static Refusal? Of(InspectionCommand.Schedule c) => c.Kind == InspectionKind.ReInspection
        ? new("inspection.of-no-act", "A re-inspection is planned from the act whose orders it verifies.", "kind")
        : Blank(c.Rulebook, "rulebook")
        ?? (c.Kind == InspectionKind.SelfCheck ? c switch
        {
            { Body.Length: > 0 } => Malformed("body", "The owner's own check is nobody else's."),
            { Basis.Length: > 0 } => Malformed("basis", "The owner's own check needs no ground."),
            _ => null,
        } : Blank(c.Body, "body") ?? Blank(c.Basis, "basis"))
        ?? (c.Walkers.Count > 20 || (c.Walkers.Count == 0 && c.Kind == InspectionKind.SelfCheck) || c.Walkers.Distinct().Count() != c.Walkers.Count ? Malformed("walkers", "Name who walks it, each once.") : null);

    public static Refusal? Of(InspectionCommand.RegisterCheck c) => c.Number.Trim().Length is 0 or > 40
        ? Malformed("number", "The number under which the check is registered, up to 40 signs.") : null;

    public static Refusal? Of(InspectionCommand.Cancel c) => Blank(c.Reason, "reason");

    public static Refusal? Of(InspectionCommand.RecordItem c) =>
        Blank(c.RuleId, "ruleId")
        ?? (c.Remark is { } remark ? Blank(remark, "remark") : null)
        ?? (c.Statements.Count > MostParts || c.Listings.Sum(l => l.Things.Count + 1) > MostParts ? Malformed("statements", "Too many for one item.") : null)
        ?? c.Statements.Select(Of).FirstOrDefault(fault => fault is not null)
        ?? c.Listings.Select(Of).FirstOrDefault(fault => fault is not null);

    public static Refusal? Of(Photo photo) => photo switch
    {
        _ when !Hash().IsMatch(photo.Sha256) => Malformed("sha256", "A SHA-256 in hexadecimal."),
        { Length: <= 0 } => Malformed("length", "A photo has bytes."),
        { Device.Length: 0 or > 200 } => Malformed("device", "The device that took the photo, up to 200 signs."),
        { Position: ({ } latitude, { } longitude) } when !(Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180) => Malformed("position", "Degrees of latitude and longitude."),
        _ => Blank(photo.RuleId, "ruleId"),
    };

    static Refusal? Of(Statement s) =>
        Vocabulary.Kinds.GetValueOrDefault(s.Kind)?.GetValueOrDefault(s.Attribute) is not { } word || s.Kind == "outage"
            ? Malformed("statements", $"Nothing to be stated is called {s.Kind}.{s.Attribute}.")
        : !Fits(word.Type, s.Value) ? Malformed("statements", $"{s.Kind}.{s.Attribute} is a {word.Type}.")
        : OfThing(s.Kind, s.ThingId, s.Label, "statements");

    static Refusal? Of(Listing l) =>
        !Vocabulary.Kinds.ContainsKey(l.Kind) || l.Kind == Vocabulary.Venue ? Malformed("listings", $"No kind is called {l.Kind}.")
        : Vocabulary.Registered.Contains(l.Kind) ? new("inspection.kind-registered", $"Every {l.Kind} stands in the register; it is listed there.", "listings")
        : l.Things.DistinctBy(t => t.ThingId).Count() != l.Things.Count ? Malformed("listings", "A thing is listed once.")
        : l.Things.Select(t => OfThing(l.Kind, t.ThingId, t.Label, "listings")).FirstOrDefault(fault => fault is not null);

    /// <summary>Things that stand for persons have no label: it would be a name.</summary>
    static Refusal? OfThing(string kind, string id, string label, string field) =>
        id.Length is 0 or > LongestLabel || label.Length > LongestLabel ? Malformed(field, $"Ids and labels have up to {LongestLabel} signs.")
        : Vocabulary.OfPersons.Contains(kind) && label.Length > 0 ? new("inspection.label-of-person", "Persons are counted here, not named.", field)
        : null;

    static bool Fits(WordType type, Known value) => (type, value) switch
    {
        (WordType.Flag, Known.Flag) or (WordType.Instant, Known.Instant) => true,
        (WordType.Number, Known.Number(var number, _)) => Math.Abs(number) < 1_000_000_000,
        (WordType.Text, Known.Text(var text, _)) => text.Length is > 0 and <= LongestLabel,
        (WordType.Texts, Known.Texts(var texts, _)) => texts.Count <= 30 && texts.All(t => t.Length is > 0 and <= LongestLabel),
        _ => false,
    };

    /// <summary>As much of a text as an inspection may hold.</summary>
    public static string Cut(string text) => text.Length > LongestText ? text[..LongestText] : text;

    static Refusal? Blank(string text, string field) => text.Trim().Length is 0 or > LongestText ? Malformed(field, $"A text of up to {LongestText} signs.") : null;

    static Refusal Malformed(string field, string because) => new("inspection.malformed", because, field);

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Hash();
}
