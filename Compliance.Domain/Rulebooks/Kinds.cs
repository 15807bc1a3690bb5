namespace Compliance.Domain.Rulebooks;

/// <summary>Which kinds of things a rule counts or looks at one by one, and whether it asks when the venue is open.</summary>
public static class KindsOfCheck
{
    public static IEnumerable<string> Kinds(this Rule rule) =>
        (rule.Scope is { } scope ? Of(scope) : []).Concat(Of(rule.Check)).Distinct();

    /// <summary>Whether its answer follows from when the venue is open.</summary>
    public static bool ReadsHours(this Rule rule) => (rule.Scope is { } scope && Reads(scope)) || Reads(rule.Check);

    static bool Reads(Check check) => check switch
    {
        Check.All(var of) => of.Any(Reads),
        Check.Any(var of) => of.Any(Reads),
        Check.When(var condition, var then) => Reads(condition) || Reads(then),
        Check.Each each => Reads(each.Must),
        Check.Gaps or Check.CheckedBeforeOpening or Check.Trading => true,
        _ => false,
    };

    static IEnumerable<string> Of(Check check) => check switch
    {
        Check.All(var of) => of.SelectMany(Of),
        Check.Any(var of) => of.SelectMany(Of),
        Check.When(var condition, var then) => Of(condition).Concat(Of(then)),
        Check.Each each => Of(each.Must).Prepend(each.Of),
        Check.Count count => [count.Of],
        Check.CountByTable count => [count.Of],
        Check.CountByHeads count => [count.Of],
        Check.AtLeastSum sum => [sum.Of],
        Check.NoneDuring none => [none.Of],
        Check.CheckedBeforeOpening before => [before.Of],
        _ => [],
    };

    /// <summary>What the checks of a rule want done in time, as <c>kind.attribute</c>.</summary>
    public static IEnumerable<string> Acts(this Rule rule) => Ends(rule.Check, Vocabulary.Venue);

    static IEnumerable<string> Ends(Check check, string kind) => check switch
    {
        Check.All(var of) => of.SelectMany(part => Ends(part, kind)),
        Check.Any(var of) => of.SelectMany(part => Ends(part, kind)),
        Check.When(_, var then) => Ends(then, kind),
        Check.Each each => Ends(each.Must, each.Of),
        Check.Lapse lapse => [$"{kind}.{lapse.To}"],
        _ => [],
    };
}
