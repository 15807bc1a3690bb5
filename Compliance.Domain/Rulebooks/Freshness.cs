namespace Compliance.Domain.Rulebooks;

/// <summary>A test that was done, or a paper, and until when a rule takes it for good.</summary>
/// <param name="Done">When it was done; null for a paper, which names its own end.</param>
public sealed record Fresh(string RuleId, string ThingId, string Attribute, DateTimeOffset? Done, DateTimeOffset Until);

/// <summary>Until when what was tested, trained or certified at a venue is good, as the rules ask that bind it. What is over, or nobody knows, is not among it.</summary>
public static class Freshness
{
    public static IEnumerable<Fresh> Of(Rulebook book, VenueFacts facts) =>
        from result in book.Evaluate(facts)
        where result.Outcome is not Outcome.NotApplicable
        from good in Evaluation.SceneOf(book, facts).Of(result.Rule.Check, result.Rule.Id)
        where good.Until > facts.At
        select good;

    static IEnumerable<Fresh> Of(this Scene scene, Check check, string rule) => check switch
    {
        Check.All(var of) => of.SelectMany(part => scene.Of(part, rule)),
        Check.When(var condition, var then) => scene.Judge(condition).Outcome == Outcome.Pass ? scene.Of(then, rule) : [],
        Check.Each each => scene.Chosen(each.Of, each.Where).Where(x => x.Sure).SelectMany(x => scene.At(x.Thing).Of(each.Must, rule)),
        Check.Age(var name, { } max) when scene.Find(name) is (var of, var key, Known.Instant(var done, _)) => [new(rule, of.Id, key, done, max.After(done, scene.Holidays))],
        Check.InForce(var name) when scene.Find(name) is (var of, var key, Known.Instant(var until, _)) => [new(rule, of.Id, key, null, until)],
        _ => [],
    };
}
