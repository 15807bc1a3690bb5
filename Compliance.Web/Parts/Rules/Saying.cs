using System.Globalization;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;
using Compliance.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Compliance.Web.Parts.Rules;

/// <summary>Puts the grounds of a result into sentences of the reader's language.</summary>
public static class Saying
{
    /// <summary>Needs that name a value: without one, the law's own has not been read.</summary>
    static readonly HashSet<Need> Valued =
    [
        Need.AtLeast, Need.AtMost, Need.OneOf, Need.HoldsAll, Need.HoldsAny, Need.HoldsNone, Need.NotOlderThan, Need.Within,
        Need.ShareAtLeast, Need.DownAtMost, Need.CountAtLeast, Need.CountAtMost,
    ];

    /// <summary>As many things as a sentence can name and still be read.</summary>
    const int Named = 3;

    extension(IStringLocalizer<RequirementWords> words)
    {
        /// <param name="nameOf">What people call a thing, by its id; null: not known.</param>
        public string Ground(Ground ground, Func<string, string?> nameOf)
        {
            var said = ground.Attribute.Length == 0
                ? words["ground.kind", Thing(ground, nameOf), words.Found(ground), words.Needed(ground)]
                : words["ground", Thing(ground, nameOf), words.Attribute(ground), words.Found(ground), words.Needed(ground)];
            return OneStop(ground.Advised ? words["ground.advised", said.Value].Value : said.Value);
        }

        /// <summary>What somebody has to do about a rule that failed or is unknown; null where there is nothing to do.</summary>
        public string? Next(RuleAnswer rule, Func<string, string?> nameOf)
        {
            if (rule.Grounds.FirstOrDefault(g => g.Outcome == rule.Outcome) is not { } ground) return null;
            if (IsUnread(ground)) return words["next.unread"];
            string[] alike = [.. rule.Grounds.Where(g => (g.Outcome, g.Kind, g.Attribute, g.Needed) == (ground.Outcome, ground.Kind, ground.Attribute, ground.Needed))
                .Select(g => Thing(g, nameOf)).Distinct()];
            return ground switch
            {
                { Outcome: Outcome.Fail } => OneStop(words["next.Fail", words.Listed(alike), words.Attribute(ground), words.Needed(ground)].Value),
                { Outcome: Outcome.Unknown, Attribute: "" } => words["next.list", words.Listed(alike)].Value,
                { Outcome: Outcome.Unknown } => words["next.Unknown", words.Listed(alike), words.Attribute(ground)].Value,
                _ => null,
            };
        }

        /// <summary>Some by name, the rest by number.</summary>
        string Listed(string[] things) => things.Length <= Named + 1
            ? string.Join(", ", things) : words["next.and-more", string.Join(", ", things.Take(Named)), things.Length - Named];

        string Attribute(Ground ground) => ground.Attribute.Length > 0 ? RuleWords.Say($"{ground.Kind}.{ground.Attribute}", Languages.Current) : words["counted"];

        string Found(Ground ground) => ground switch
        {
            { Need: Need.Trading } => RuleWords.Say(ground.Outcome == Outcome.Pass ? "value.true" : "value.false", Languages.Current),
            { Found: null, Outcome: Outcome.Unknown, ThingId: "" } => words["found.unlisted"],
            { Found: null, Outcome: Outcome.Unknown } => words["found.unknown"],
            { Found: null } => words["found.not-yet"],
            { Need: Need.None, Attribute: "at", Found: { } at } => words["found.happened", words.Value(ground, at)],
            { Found: { } found, From: { } from } => words["ground.by", words.Value(ground, found), RuleWords.Say($"from.{from}", Languages.Current)],
            { Found: { } found } => words.Value(ground, found),
        };

        string Needed(Ground ground) => ground.Needed is { } needed ? words[$"need.{ground.Need}", words.Value(ground, needed)]
            : IsUnread(ground) ? words["needed.unread"] : words[$"need.{ground.Need}", ""];

        /// <summary>A value as rules hold it (a number, an instant, a span, a word or a list of words), as people read it.</summary>
        string Value(Ground ground, string value)
        {
            var word = Vocabulary.Find(ground.Kind, ground.Attribute);
            if (DateTimeOffset.TryParseExact(value, "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
                return VenueZone.Local(at).ToString("d MMM yyyy, HH:mm", CultureInfo.CurrentCulture);
            if (CalendarSpan.TryParse(value, out var span)) return words.Span(span);
            if (decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) && word?.Type is not (WordType.Text or WordType.Texts))
            {
                return ground.Need == Need.ShareAtLeast ? Shell.Wording.Percent((double)number)
                    : ground.Need == Need.DownAtMost ? words.Span(new(0, 0, 0, TimeSpan.FromSeconds((double)number)))
                    : word?.Unit is { } unit ? words[$"unit.{unit}", number.ToString("0.##", CultureInfo.CurrentCulture)]
                    : number.ToString("0.##", CultureInfo.CurrentCulture);
            }

            return string.Join(", ", value.Split(", ").Select(one => RuleWords.All.GetValueOrDefault($"value.{one}")?.In(Languages.Current) ?? one));
        }

        string Span(CalendarSpan span)
        {
            (string Word, int Count)[] parts =
            [
                ("months", span.Months), ("days", span.Days), ("working-days", span.WorkingDays),
                ("hours", (int)span.Time.TotalHours), ("minutes", span.Time.Minutes), ("seconds", span.Time.Seconds),
            ];
            var said = string.Join(" ", parts.Where(part => part.Count > 0).Select(part => words.Count($"span.{part.Word}", part.Count)));
            return said.Length > 0 ? said : words["span.none"];
        }
    }

    static string Thing(Ground ground, Func<string, string?> nameOf) =>
        ground.ThingId.Length == 0 && ground.Kind != Vocabulary.Venue ? Said($"kinds.{ground.Kind}")
        : ground.Kind == Vocabulary.Venue ? Said("kind.venue")
        : nameOf(ground.ThingId) ?? (ground.Label.Length > 0 ? ground.Label : Said($"kind.{ground.Kind}"));

    /// <summary>A word of the vocabulary where a sentence begins.</summary>
    static string Said(string key) => RuleWords.Say(key, Languages.Current) is [var first, .. var rest] ? char.ToUpper(first, CultureInfo.CurrentCulture) + rest : "";

    /// <summary>The stop of an abbreviation ends the sentence too.</summary>
    static string OneStop(string said) => said.Replace("..", ".", StringComparison.Ordinal);

    static bool IsUnread(Ground ground) => ground is { Outcome: Outcome.Unknown, Needed: null } && Valued.Contains(ground.Need);
}
