using System.Diagnostics;

namespace Compliance.Domain.Rulebooks;

/// <summary>Proves that a rulebook says something that can be asked: every word known, every type right, every source named.</summary>
static class Validation
{
    public static IEnumerable<Fault> Of(Rulebook book)
    {
        if (book.ValidUntil < book.ValidFrom) yield return new("", null, "It ends before it begins.");
        foreach (var because in Of(book.Sources)) yield return new("", null, because);
        foreach (var twice in book.Rules.GroupBy(r => r.Id).Where(g => g.Skip(1).Any()))
            if (InTurn(twice) is var inTurn && inTurn.Zip(inTurn.Skip(1)).Any(pair => Overlap(pair.First, pair.Second)))
                yield return new("", twice.Key, "Two rules of this id bind on the same day.");
        foreach (var rule in book.Rules)
            foreach (var because in Of(book, rule))
                yield return new("", rule.Id, because);
    }

    /// <summary>An id alone is no source: whoever is held to it can read what it is and where it stands.</summary>
    public static IEnumerable<string> Of(IReadOnlyDictionary<string, Source> sources) => sources
        .Where(source => string.IsNullOrWhiteSpace(source.Value.Act) || string.IsNullOrWhiteSpace(source.Value.Url) || string.IsNullOrWhiteSpace(source.Value.Read))
        .Select(source => $"The source '{source.Key}' does not say what it is, where it stands and how much of it was read.");

    static IEnumerable<string> Of(Rulebook book, Rule rule)
    {
        if (rule.Until < rule.From) yield return "It ends before it begins.";
        if (rule.Sources.Count == 0) yield return "It names no source.";
        foreach (var source in rule.Sources.Where(s => !book.Sources.ContainsKey(s))) yield return $"The source '{source}' is not listed.";
        if (rule.Standings.Count == 0) yield return "It does not say on what it stands.";
        if (rule.Sanction is { } sanction && !Sanctions.Has(sanction)) yield return $"The sanction '{sanction}' is not in the table.";
        foreach (var check in (Check?[])[rule.Check, rule.Scope, .. rule.Standings.Select(s => s.Scope)])
            foreach (var because in check is null ? [] : Of(check, Vocabulary.Venue))
                yield return because;
    }

    static Rule[] InTurn(IEnumerable<Rule> rules) => [.. rules.OrderBy(r => r.From ?? DateOnly.MinValue)];

    static bool Overlap(Rule a, Rule b) =>
        (a.From ?? DateOnly.MinValue) <= (b.Until ?? DateOnly.MaxValue) && (b.From ?? DateOnly.MinValue) <= (a.Until ?? DateOnly.MaxValue);

    /// <summary>What is wrong with a check that is asked of a thing of this kind.</summary>
    static IEnumerable<string> Of(Check check, string kind) => check switch
    {
        Check.All(var of) => of.SelectMany(c => Of(c, kind)),
        Check.Any(var of) => of.SelectMany(c => Of(c, kind)),
        Check.When(var condition, var then) => [.. Of(condition, kind), .. Of(then, kind)],
        Check.Each(var of, var must, var where) => Things(of, where, must),
        Check.Count(var of, var min, var max, var where) => Things(of, where),
        Check.CountByTable(var of, var by, var steps, var where) =>
        [
            .. Things(of, where), .. Named(kind, by, WordType.Number),
            .. steps is null ? [] : Steps(steps),
        ],
        Check.CountByHeads(var of, var persons, _, _, _, var where) => [.. Things(of, where), .. Named(kind, persons, WordType.Number)],
        Check.AtLeast(var name, _, _, var tolerance) =>
            [.. Named(kind, name, WordType.Number), .. tolerance is < 0 or >= 0.5m ? (string[])[$"A tolerance is a share below a half, not {tolerance}."] : []],
        Check.AtMost(var name, _) => Named(kind, name, WordType.Number),
        Check.AtLeastSum(var name, _, var of, var sum, var where) =>
            [.. Named(kind, name, WordType.Number), .. Things(of, where), .. Named(of, sum, WordType.Number)],
        Check.Is(var name, var value) => [.. Named(kind, name, WordType.Flag, WordType.Text), .. FlagValue(kind, name, value)],
        Check.OneOf(var name, _) => Named(kind, name, WordType.Text),
        Check.HoldsAll(var name, _) => Named(kind, name, WordType.Texts),
        Check.HoldsAny(var name, _) => Named(kind, name, WordType.Texts),
        Check.HoldsNone(var name, _) => Named(kind, name, WordType.Texts),
        Check.IsKnown(var name) => Named(kind, name),
        Check.InForce(var name) => Named(kind, name, WordType.Instant),
        Check.Age(var name, _) => Named(kind, name, WordType.Instant),
        Check.Lapse(var from, var to, _, _) => [.. Named(kind, from, WordType.Instant), .. Named(kind, to, WordType.Instant)],
        Check.NotPast(var name, var other) => [.. Named(kind, name, WordType.Number, WordType.Instant), .. Alike(kind, name, other)],
        Check.Share(var name, _, var over, _) => [.. Named(kind, name, WordType.Line), .. Window(over)],
        Check.Gaps(var name, _, var over, _, _) => [.. Named(kind, name, WordType.Line), .. Window(over)],
        Check.NoneDuring(var of, var over, _, _, var where) => [.. Things(of, where), .. Named(of, "at", WordType.Instant), .. Window(over)],
        Check.CheckedBeforeOpening(var of, _, _) => Named(of, "at", WordType.Instant),
        Check.Trading or Check.NotExpressed => [],
        _ => throw new UnreachableException(),
    };

    static IEnumerable<string> Steps(IReadOnlyList<Step> steps)
    {
        if (steps.Count == 0 || steps[^1].UpTo is not null) yield return "The last step of a table is for any number (upTo: null).";
        if (steps.Zip(steps.Skip(1)).Any(pair => pair.First.UpTo is null || pair.First.UpTo >= pair.Second.UpTo)) yield return "The steps of a table rise.";
    }

    /// <summary>A look back is counted by the calendar: nobody looks back by working days.</summary>
    static IEnumerable<string> Window(CalendarSpan over) => over.WorkingDays > 0 || over == default ? [$"'{over}' is no window to look back over."] : [];

    static IEnumerable<string> Alike(string kind, string name, string other) =>
        (Vocabulary.Find(kind, name), Vocabulary.Find(kind, other)) switch
        {
            (_, null) => [$"A {kind} has no '{other}'."],
            ({ } one, { } two) when (one.Type, one.Unit) != (two.Type, two.Unit) => [$"'{name}' and '{other}' cannot be compared."],
            _ => [],
        };

    static IEnumerable<string> Things(string kind, params Check?[] asked) =>
        Vocabulary.Kinds.ContainsKey(kind) ? asked.SelectMany(c => c is null ? [] : Of(c, kind)) : [$"There is no kind of thing '{kind}'."];

    static IEnumerable<string> Named(string kind, string name, params WordType[] types) => Vocabulary.Find(kind, name) switch
    {
        null => [$"A {kind} has no '{name}'."],
        var word when types.Length > 0 && !types.Contains(word.Type) => [$"'{name}' is a {word.Type}, not a {string.Join(" or ", types)}."],
        _ => [],
    };

    static IEnumerable<string> FlagValue(string kind, string name, string value) =>
        Vocabulary.Find(kind, name)?.Type == WordType.Flag && value is not ("true" or "false") ? [$"'{name}' is true or false, not '{value}'."] : [];
}
