using System.Globalization;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Rulebooks;

/// <summary>Values as results write them (a number, an instant, a span, a word or a list of words), put so that people read them.</summary>
public static class RuleValues
{
    public static string Value(this Ground ground, string language) => Of(ground.Kind, ground.Attribute, ground.Need, ground.Found, language);

    /// <summary>What a result found, and by whose word; or that nobody knows.</summary>
    public static string FoundIn(this Ground ground, string language) => ground switch
    {
        { Need: Need.Trading } => RuleWords.Say(ground.Outcome == Outcome.Pass ? "value.true" : "value.false", language),
        { Found: null, Outcome: Outcome.Unknown, ThingId: "" } => RuleWords.Say("found.unlisted", language),
        { Found: null, Outcome: Outcome.Unknown } => RuleWords.Say("found.unknown", language),
        { Found: null } => RuleWords.Say("found.not-yet", language),
        { Need: Need.None, Attribute: "at" } => Filled("found.happened", language, ground.Value(language)),
        { From: { } from } => Filled("found.by", language, ground.Value(language), RuleWords.Say($"from.{from}", language)),
        _ => ground.Value(language),
    };

    /// <summary>What is needed: "at least 15 frames/s".</summary>
    public static string NeededIn(this Ground ground, string language) =>
        ground.IsUnread() ? RuleWords.Say("need.unread", language) : Needed(ground.Kind, ground.Attribute, ground.Need, ground.Needed, language);

    public static string Needed(string kind, string attribute, Need need, string? needed, string language) =>
        Filled($"need.{need}", language, needed is null ? "" : Of(kind, attribute, need, needed, language));

    /// <summary>The same where it stands alone: "needed: at least 15 frames/s".</summary>
    public static string Wanted(string kind, string attribute, Need need, string? needed, string language) =>
        Filled("needed", language, Needed(kind, attribute, need, needed, language));

    /// <param name="value">Null where there is none.</param>
    public static string Of(string kind, string attribute, Need need, string? value, string language)
    {
        if (value is null) return "—";
        var (word, culture) = (Vocabulary.Find(kind, attribute), CultureInfo.GetCultureInfo(language));
        if (DateTimeOffset.TryParseExact(value, "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
            return VenueZone.Local(at).ToString(language == "en" ? "d MMM yyyy, HH:mm" : "dd.MM.yyyy, HH:mm", culture);
        if (CalendarSpan.TryParse(value, out var span)) return Span(span, language);
        if (word?.Type is WordType.Text or WordType.Texts || !decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
            return string.Join(", ", value.Split(", ").Select(one => RuleWords.All.GetValueOrDefault($"value.{one}")?.In(language) ?? one));
        return (need, word?.Unit) switch
        {
            (Need.ShareAtLeast, _) or (_, "share") => $"{Math.Floor(number * 1000) / 10:0.#}\u00A0%".Replace(".", culture.NumberFormat.NumberDecimalSeparator, StringComparison.Ordinal),
            (Need.DownAtMost, _) => Span(new(0, 0, 0, TimeSpan.FromSeconds((double)number)), language),
            (_, { } unit) => $"{number.ToString("0.##", culture)}\u00A0{Plural.Of(RuleWords.Say($"unit.{unit}", language), (long)Math.Ceiling(number), language)}",
            _ => number.ToString("0.##", culture),
        };
    }

    /// <summary>A length of time as the law counts it: "2 months 5 days".</summary>
    public static string Span(CalendarSpan span, string language)
    {
        (string Word, int Count)[] parts =
        [
            ("months", span.Months), ("days", span.Days), ("working-days", span.WorkingDays),
            ("hours", (int)span.Time.TotalHours), ("minutes", span.Time.Minutes), ("seconds", span.Time.Seconds),
        ];
        var said = string.Join(' ', parts.Where(part => part.Count > 0)
            .Select(part => string.Format(CultureInfo.InvariantCulture, Plural.Of(RuleWords.Say($"span.{part.Word}", language), part.Count, language), part.Count)));
        return said.Length > 0 ? said : RuleWords.Say("span.none", language);
    }

    internal static string Filled(string key, string language, params object[] parts) => string.Format(CultureInfo.InvariantCulture, RuleWords.Say(key, language), parts);

    /// <summary>The number itself stands in a law that nobody has read yet.</summary>
    internal static bool IsUnread(this Ground ground) => ground is
    {
        Outcome: Outcome.Unknown, Needed: null,
        Need: Need.AtLeast or Need.AtMost or Need.OneOf or Need.HoldsAll or Need.HoldsAny or Need.HoldsNone or Need.NotOlderThan or Need.Within
            or Need.ShareAtLeast or Need.DownAtMost or Need.CountAtLeast or Need.CountAtMost,
    };
}
