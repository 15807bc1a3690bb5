using Compliance.Domain.Devices;
using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Tests.Rulebooks;

/// <summary>
/// Ways a venue can get better, read off the checks of a rulebook: more of what is asked for, a newer test, a longer paper, one
/// more good thing. Conditions and scopes ask for nothing, so they are left as they are.
/// </summary>
sealed class Betterment(Rulebook book, DateTimeOffset now)
{
    readonly (string Kind, string Name, Func<Thing, Known?> Better)[] _asked = [.. book.Rules.SelectMany(r => Asked(Vocabulary.Venue, r.Check, now))];
    readonly Check.Count[] _counted = [.. book.Rules.SelectMany(r => Counted(r.Check))];

    public VenueFacts Apply(VenueFacts facts, Random chance)
    {
        Thing Better(Thing thing, double share) => _asked.Where(a => a.Kind == thing.Kind && chance.NextDouble() < share)
            .Aggregate(thing, (t, a) => a.Better(t) is { } known ? With(t, a.Name, known) : t);
        var things = facts.Things.ToDictionary(k => k.Key, k => (IReadOnlyList<Thing>)[.. k.Value.Select(t => Better(t, 0.3))]);
        foreach (var (kind, where) in _counted.Where(_ => chance.NextDouble() < 0.3).Select(c => (c.Of, c.Where)))
        {
            var more = Better(Meeting(new(kind, $"{kind}-more", "", new Dictionary<string, Known>()), where), 1);
            things[kind] = [.. things.GetValueOrDefault(kind) ?? [], Meeting(more, where)];
        }

        return facts with { Venue = Better(facts.Venue, 0.3), Things = things };
    }

    static Thing With(Thing thing, string name, Known known) =>
        thing with { Attributes = new Dictionary<string, Known>(thing.Attributes) { [name] = known } };

    /// <summary>A thing of which a condition holds.</summary>
    static Thing Meeting(Thing thing, Check? where) => where switch
    {
        Check.All(var of) => of.Aggregate(thing, Meeting),
        Check.Is(var name, var value) => With(thing, name, Valued(thing.Kind, name, value)),
        Check.OneOf(var name, { } values) => With(thing, name, new Known.Text(values[0])),
        Check.IsKnown(var name) => With(thing, name, new Known.Text("x")),
        _ => thing,
    };

    static Known Valued(string kind, string name, string value) =>
        Vocabulary.Find(kind, name)!.Type == WordType.Flag ? new Known.Flag(value == "true") : new Known.Text(value);

    static IEnumerable<Check.Count> Counted(Check check) => check switch
    {
        Check.All(var of) => of.SelectMany(Counted),
        Check.When(_, var then) => Counted(then),
        Check.Count count => [count],
        Check.CountByTable table => [new(table.Of, Where: table.Where)],
        Check.CountByHeads heads => [new(heads.Of, Where: heads.Where)],
        _ => [],
    };

    static IEnumerable<(string Kind, string Name, Func<Thing, Known?> Better)> Asked(string kind, Check check, DateTimeOffset now) => check switch
    {
        Check.All(var of) => of.SelectMany(c => Asked(kind, c, now)),
        Check.Any(var of) => Asked(kind, of[0], now),
        Check.When(_, var then) => Asked(kind, then, now),
        Check.Each(var of, var must, _) => Asked(of, must, now),
        Check.AtLeast(var name, { } min, var advised, _) => One(kind, name, t => new Known.Number(Math.Max(Number(t, name) ?? min, advised ?? min))),
        Check.AtMost(var name, { } max) => One(kind, name, t => new Known.Number(Math.Min(Number(t, name) ?? max, max))),
        Check.AtLeastSum(var name, _, _, _, _) => One(kind, name, t => Number(t, name) is { } n ? new Known.Number(n * 2) : null),
        Check.Is(var name, var value) => One(kind, name, _ => Valued(kind, name, value)),
        Check.OneOf(var name, { } values) => One(kind, name, _ => new Known.Text(values[0])),
        Check.HoldsAll(var name, { } values) => One(kind, name, t => new Known.Texts([.. Texts(t, name).Union(values)])),
        Check.HoldsAny(var name, { } values) => One(kind, name, t => new Known.Texts([.. Texts(t, name).Union(values.Take(1))])),
        Check.HoldsNone(var name, { } values) => One(kind, name, t => new Known.Texts([.. Texts(t, name).Except(values)])),
        Check.InForce(var name) => One(kind, name, _ => new Known.Instant(now.AddYears(1))),
        Check.Age(var name, _) => One(kind, name, _ => new Known.Instant(now)),
        Check.Lapse(var from, var to, _, _) => One(kind, to, t => t[from]),
        Check.NotPast(var name, var other) => One(kind, name, t => Lesser(t[Bare(name)], t[Bare(other)])),
        Check.Share(var name, _, _, _) => One(kind, name, _ => new Known.Line(VenueFactsBuilder.UpBut(TimeSpan.Zero))),
        Check.Gaps(var name, _, _, _, _) => One(kind, name, _ => new Known.Line(VenueFactsBuilder.UpBut(TimeSpan.Zero))),
        _ => [],
    };

    static (string, string, Func<Thing, Known?>)[] One(string kind, string name, Func<Thing, Known?> better) =>
        [(name == Bare(name) ? kind : Vocabulary.Venue, Bare(name), better)];

    static string Bare(string name) => name.Split('.')[^1];

    static Known? Lesser(Known? one, Known? other) => (one, other) switch
    {
        (Known.Number(var a, _), Known.Number(var b, _)) => a < b ? one : other,
        (Known.Instant(var a, _), Known.Instant(var b, _)) => a < b ? one : other,
        _ => null,
    };

    static decimal? Number(Thing thing, string name) => (thing[Bare(name)] as Known.Number)?.Value;

    static IReadOnlyList<string> Texts(Thing thing, string name) => (thing[Bare(name)] as Known.Texts)?.Value ?? [];
}
