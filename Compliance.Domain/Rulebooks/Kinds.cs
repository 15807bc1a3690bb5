namespace Compliance.Domain.Rulebooks;

/// <summary>Which kinds of things a rule counts or looks at one by one.</summary>
public static class KindsOfCheck
{
    public static IEnumerable<string> Kinds(this Rule rule) =>
        (rule.Scope is { } scope ? Of(scope) : []).Concat(Of(rule.Check)).Distinct();

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
}
