using System.Globalization;
using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Inspections;

/// <summary>Whether somebody has to answer an item, the telemetry already did, or it is not asked of this venue.</summary>
public enum ItemState { Asked, Measured, FoldedAway }

/// <summary>
/// What is checked at a venue, derived from one version of a rulebook and from what is known: one item for each rule the venue's own
/// people answer for. An answer is asked of the same rules again, so the list branches by the law and by nothing else; the
/// inspector's list and the owner's are one, but for what the venue itself keeps a list of: that is asked of officers only.
/// </summary>
public sealed record Checklist(string Rulebook, string Version, string Hash, IReadOnlyList<ChecklistSection> Sections)
{
    public IEnumerable<ChecklistItem> Items => Sections.SelectMany(s => s.Items);

    /// <param name="byOfficer">An officer names what stands there even where the venue keeps a list: his word is there to be held against it.</param>
    public static Checklist Of(VenueFacts facts, Rulebook book, string hash, bool byOfficer = false) => new(book.Id, book.Version, hash,
    [
        .. book.Evaluate(facts).Where(result => result.Rule.Answerable is Answerable.Owner or Answerable.FireSafety or Answerable.Security)
            .Select(result => ChecklistItem.Of(result, facts, book, byOfficer)).GroupBy(item => item.Rule.Subject)
            .Select(subject => new ChecklistSection(subject.Key, [.. subject])),
    ]);
}

/// <summary>The items about one subject: cameras, fire safety, exits.</summary>
public sealed record ChecklistSection(string Subject, IReadOnlyList<ChecklistItem> Items);

/// <summary>One rule as it is asked: what it wants, what is known, what a person has to say.</summary>
/// <param name="Wording">What a failure may be called: only law that was read is a violation.</param>
/// <param name="Clauses">Where the rule was read.</param>
/// <param name="Measured">What the telemetry says, with the facts it rests on.</param>
public sealed record ChecklistItem(
    RuleAnswer Rule, ItemState State, Wording Wording, IReadOnlyList<Source> Clauses, IReadOnlyList<Question> Questions, IReadOnlyList<Ground> Measured)
{
    public static ChecklistItem Of(RuleResult result, VenueFacts facts, Rulebook book, bool byOfficer)
    {
        // A condition that does not hold says why nothing was asked; it decides nothing.
        Ground[] decisive = result.Outcome == Outcome.NotApplicable ? [.. result.Grounds] : [.. result.Grounds.Where(g => g.Outcome != Outcome.NotApplicable)];
        var measured = decisive.Where(g => g.From == Provenance.Measured).ToArray();
        var asked = Question.Of(result, facts, byOfficer).ToArray();
        var state = result.Outcome == Outcome.NotApplicable ? ItemState.FoldedAway
            : result.Outcome != Outcome.Unknown && measured.Length == decisive.Length && measured.Length > 0 && asked.Length == 0 ? ItemState.Measured
            : ItemState.Asked;
        return new(RuleAnswer.Of(result, book), state, result.Standing?.Wording ?? Wording.Recommended,
            [.. result.Rule.Sources.Select(id => book.Sources.GetValueOrDefault(id)).OfType<Source>()], asked, measured);
    }

    /// <summary>Nobody but an instrument could know what is missing: no word of a person stands for it.</summary>
    public bool LacksMeasurement => Rule.Grounds.Any(g => g.Outcome == Outcome.Unknown && g.Found is null && Vocabulary.Find(g.Kind, g.Attribute)?.Type == WordType.Line);

    /// <summary>What failed, in figures and in the two languages of an act: the remark where nobody wrote one.</summary>
    public string Values => string.Join(" / ", Failed("kk"), Failed("ru"));

    string Failed(string language) => string.Join("; ", Rule.Grounds.Where(g => g.Outcome == Outcome.Fail).Select(g =>
        $"{RuleWords.Topic(g.Kind, g.Label, g.Attribute, language)}: {g.Value(language)} ({RuleValues.Wanted(g.Kind, g.Attribute, g.Need, g.Needed, language)})"));
}

/// <summary>
/// One thing a person can write down to decide an item: a value, or (where <paramref name="Attribute"/> is empty) which things of a
/// kind there are. What is measured is never asked.
/// </summary>
/// <param name="Found">What is known already, by whose word (<paramref name="From"/>); of a list, how many.</param>
/// <param name="Listed">Of a list: somebody said that these are all.</param>
/// <param name="Things">Of a list: those known so far.</param>
public sealed record Question(
    string Kind, string ThingId, string Label, string Attribute, WordType? Type, string? Unit, Need Need, string? Needed,
    string? Found, Provenance? From, bool Listed, IReadOnlyList<ListedThing> Things)
{
    public static IEnumerable<Question> Of(RuleResult result, VenueFacts facts, bool byOfficer) =>
        result.Rule.Kinds().Where(kind => !Vocabulary.Registered.Contains(kind) && (byOfficer || !facts.Kept.Contains(kind))).Select(kind => List(kind, facts))
            .Concat(result.Grounds.Where(g => result.Outcome == Outcome.NotApplicable || !IsRegistersOwn(g)).Select(Value).OfType<Question>().DistinctBy(q => (q.Kind, q.ThingId, q.Attribute)));

    static Question List(string kind, VenueFacts facts)
    {
        var things = facts.Of(kind);
        var all = facts.Complete.Contains(kind);
        return new(kind, "", "", "", null, null, Need.Known, null, all || things.Count > 0 ? things.Count.ToString(CultureInfo.InvariantCulture) : null, null, all,
            [.. things.Select(t => new ListedThing(t.Id, t.Label))]);
    }

    /// <summary>What the register itself says of a thing, and what asks nothing of it: a camera that watches no entrance need not watch one.</summary>
    static bool IsRegistersOwn(Ground g) => g is { Outcome: Outcome.NotApplicable, From: Provenance.Registered } && Vocabulary.Registered.Contains(g.Kind);

    static Question? Value(Ground g) =>
        g.From != Provenance.Measured && g.Kind != "outage"
            && Vocabulary.Kinds.GetValueOrDefault(g.Kind)?.GetValueOrDefault(g.Attribute) is { Type: not WordType.Line } word
            ? new(g.Kind, g.ThingId, g.Label, g.Attribute, word.Type, word.Unit, g.Need, g.Needed, g.Found, g.From, false, []) : null;
}
