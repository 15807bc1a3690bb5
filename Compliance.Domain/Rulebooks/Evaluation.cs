using System.Diagnostics;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Rulebooks;

/// <summary>Asks a rulebook of a venue. Pure: the same version, facts and instant always give the same results.</summary>
public static class Evaluation
{
    /// <summary>One result for each rule that binds on that day, in the rulebook's order.</summary>
    public static IReadOnlyList<RuleResult> Evaluate(this Rulebook book, VenueFacts facts)
    {
        var today = VenueZone.Day(facts.At);
        var scene = SceneOf(book, facts);
        return [.. book.Rules.Where(rule => rule.BindsOn(today)).Select(rule => rule.Ask(scene))];
    }

    internal static Scene SceneOf(Rulebook book, VenueFacts facts) => new(facts, book.Holidays, facts.Venue);

    static RuleResult Ask(this Rule rule, Scene scene)
    {
        var scope = rule.Scope is { } asked ? scene.Judge(asked) : Judged.Passed;
        if (scope.Outcome is Outcome.Fail or Outcome.NotApplicable) return new(rule, Outcome.NotApplicable, null, scope.Grounds);
        var judged = scene.Judge(rule.Check);
        var standing = rule.Standings.FirstOrDefault(s => s.Scope is null || scene.Judge(s.Scope).Outcome == Outcome.Pass);
        if (standing is null) return scene.Baseless(rule);
        return scope.Outcome == Outcome.Unknown && judged.Outcome is not (Outcome.Pass or Outcome.NotApplicable)
            ? new(rule, Outcome.Unknown, standing, [.. scope.Grounds, .. judged.Grounds])
            : new(rule, judged.Outcome, standing, judged.Grounds);
    }

    /// <summary>It stands on nothing here; or nobody knows whether it does.</summary>
    static RuleResult Baseless(this Scene scene, Rule rule)
    {
        var scopes = rule.Standings.Select(s => scene.Judge(s.Scope!)).ToArray();
        return new(rule, scopes.Any(s => s.Outcome == Outcome.Unknown) ? Outcome.Unknown : Outcome.NotApplicable, null, [.. scopes.SelectMany(s => s.Grounds)]);
    }

    internal static Judged Judge(this Scene scene, Check check) => check switch
    {
        Check.All(var of) => Judged.AllOf([.. of.Select(scene.Judge)]),
        Check.Any(var of) => Judged.AnyOf([.. of.Select(scene.Judge)]),
        Check.When conditional => scene.Condition(conditional),

        Check.Each each => scene.Each(each),
        Check.Count(var of, var min, var max, var where) => scene.Count(of, where, min, max),
        Check.CountByTable table => scene.CountByTable(table),
        Check.CountByHeads heads => scene.CountByHeads(heads),

        Check.AtLeast(var name, var min, var advised, var tolerance) => scene.Compare(name, Need.AtLeast, min, n => n >= min * (1 - tolerance), n => n < advised),
        Check.AtMost(var name, var max) => scene.Compare(name, Need.AtMost, max, n => n <= max),
        Check.AtLeastSum sum => scene.AtLeastSum(sum),
        Check.Is(var name, var value) => scene.Text(name, Need.Is, [value], found => found == value),
        Check.OneOf(var name, var values) => scene.Text(name, Need.OneOf, values, found => values!.Contains(found)),
        Check.HoldsAll(var name, var values) => scene.Texts(name, Need.HoldsAll, values, found => values!.All(found.Contains)),
        Check.HoldsAny(var name, var values) => scene.Texts(name, Need.HoldsAny, values, found => values!.Any(found.Contains)),
        Check.HoldsNone(var name, var values) => scene.Texts(name, Need.HoldsNone, values, found => !values!.Any(found.Contains)),
        Check.IsKnown(var name) => scene.Known(name),

        Check.InForce(var name) => scene.InForce(name),
        Check.Age(var name, var max) => scene.Age(name, max),
        Check.Lapse lapse => scene.Lapse(lapse),
        Check.NotPast(var name, var other) => scene.NotPast(name, other),
        Check.Share share => scene.Share(share),
        Check.Gaps gaps => scene.Gaps(gaps),
        Check.NoneDuring none => scene.NoneDuring(none),
        Check.CheckedBeforeOpening before => scene.CheckedBeforeOpening(before),
        Check.Trading(var from) => scene.Trading(from),
        Check.NotExpressed(var because) => new(Outcome.Unknown, []),
        _ => throw new UnreachableException(),
    };

    /// <summary>The condition fails: not asked. Nobody knows it: only a pass is sure.</summary>
    static Judged Condition(this Scene scene, Check.When when)
    {
        var condition = scene.Judge(when.If);
        if (condition.Outcome is Outcome.Fail or Outcome.NotApplicable) return condition.NotAsked();
        var then = scene.Judge(when.Then);
        return condition.Outcome == Outcome.Pass || then.Outcome is Outcome.Pass or Outcome.NotApplicable
            ? then : new(Outcome.Unknown, [.. condition.Grounds, .. then.Grounds]);
    }

    static Judged Each(this Scene scene, Check.Each each)
    {
        var things = scene.Chosen(each.Of, each.Where);
        return Judged.AllOf(
        [
            .. things.Select(x => x.Sure ? scene.At(x.Thing).Judge(each.Must) : scene.At(x.Thing).Judge(each.Must).UnlessPassed(x.Meant)),
            .. scene.Complete(each.Of) ? (Judged[])[] : [Scene.Lacking(each.Of, Need.Known, null)],
        ]);
    }

    /// <summary>The things a condition picks; those of which nobody knows whether it does are not <c>Sure</c>, and <c>Meant</c> says why.</summary>
    internal static (Thing Thing, bool Sure, Judged Meant)[] Chosen(this Scene scene, string kind, Check? where) =>
    [
        .. scene.Facts.Of(kind)
            .Select(thing => (thing, meant: where is null ? Judged.Passed : scene.At(thing).Judge(where)))
            .Where(x => x.meant.Outcome is Outcome.Pass or Outcome.Unknown)
            .Select(x => (x.thing, x.meant.Outcome == Outcome.Pass, x.meant)),
    ];
}
