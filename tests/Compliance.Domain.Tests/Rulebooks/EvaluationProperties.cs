using System.Text.Json;
using Compliance.Domain.Devices;
using Compliance.Domain.Rulebooks;
using CsCheck;

namespace Compliance.Domain.Tests.Rulebooks;

/// <summary>What holds of every venue, made up at random around the exemplary one.</summary>
public sealed class EvaluationProperties
{
    public static TheoryData<string> Books => [.. RulebookShelf.Ids];

    [Theory, MemberData(nameof(Books))]
    public void The_same_facts_always_give_the_same_results(string id) => Gen.Int.Sample(seed =>
        Assert.Equal(Said(id, Venue(new(seed))), Said(id, Venue(new(seed)))), iter: 50);

    [Theory, MemberData(nameof(Books))]
    public void A_better_venue_never_fails_what_it_passed(string id)
    {
        var book = RulebookShelf.All[id];
        var betterment = new Betterment(book, VenueFactsBuilder.Night);
        Gen.Int.Sample(seed =>
        {
            var chance = new Random(seed);
            var venue = Venue(chance);
            var better = betterment.Apply(venue, chance);
            Assert.Empty(
                from pair in book.Evaluate(venue).Zip(book.Evaluate(better))
                where pair.First.Rule.Monotone && pair.First.Outcome == Outcome.Pass && pair.Second.Outcome == Outcome.Fail
                select pair.First.Rule.Id);
        }, iter: 300);
    }

    /// <summary>One more good camera is one more stream to carry: this is why not every rule is marked.</summary>
    [Fact]
    public void The_uplink_is_not_monotone()
    {
        var rule = RulebookShelf.All["kz-nightclub-2025-2026"].Rules.Single(r => r.Id == "KZ.POL.004");
        Assert.False(rule.Monotone);
        Outcome Ask(VenueFactsBuilder club) => RulebookShelf.All["kz-nightclub-2025-2026"].Evaluate(club.Facts).Single(r => r.Rule.Id == rule.Id).Outcome;
        Assert.Equal(Outcome.Pass, Ask(VenueFactsBuilder.Exemplary()));
        Assert.Equal(Outcome.Fail, Ask(VenueFactsBuilder.Exemplary().Add("camera", ("bitrate", 8))));
    }

    [Theory, MemberData(nameof(Books))]
    public void What_is_forgotten_never_makes_a_pass(string id)
    {
        var book = RulebookShelf.All[id];
        Gen.Int.Sample(seed =>
        {
            var chance = new Random(seed);
            var venue = Venue(chance);
            var less = venue with { Complete = venue.Complete.Where(_ => chance.Next(2) == 0).ToHashSet() };
            Assert.Empty(
                from pair in book.Evaluate(venue).Zip(book.Evaluate(less))
                where pair.First.Outcome == Outcome.Fail && pair.Second.Outcome == Outcome.Pass
                select pair.First.Rule.Id);
        }, iter: 100);
    }

    static string Said(string id, VenueFacts facts) => JsonSerializer.Serialize(RulebookShelf.All[id].Evaluate(facts), RulebookFile.Json);

    /// <summary>The exemplary club with a fifth of what is known forgotten and a fifth of it otherwise.</summary>
    static VenueFacts Venue(Random chance)
    {
        var facts = VenueFactsBuilder.Exemplary().Facts;
        Thing Otherwise(Thing thing) => thing with
        {
            Attributes = thing.Attributes.Where(_ => chance.Next(5) != 0)
                .ToDictionary(k => k.Key, k => chance.Next(5) == 0 ? Other(k.Value, chance) : k.Value),
        };
        return facts with
        {
            Venue = Otherwise(facts.Venue),
            Things = facts.Things.ToDictionary(k => k.Key, k => (IReadOnlyList<Thing>)[.. k.Value.Where(_ => chance.Next(8) != 0).Select(Otherwise)]),
            Complete = facts.Complete.Where(_ => chance.Next(8) != 0).ToHashSet(),
        };
    }

    static Known Other(Known known, Random chance) => known switch
    {
        Known.Flag(var value, _) => new Known.Flag(!value),
        Known.Number(var value, _) => new Known.Number(value * chance.Next(0, 5) / 2),
        Known.Text => new Known.Text(((string[])["", "Key", "hall", "CourtOrder"])[chance.Next(4)]),
        Known.Texts(var values, _) => new Known.Texts([.. values.Take(chance.Next(2)), "emotion"]),
        Known.Instant(var at, _) => new Known.Instant(at.AddHours(chance.Next(-9000, 9000))),
        _ => new Known.Line(VenueFactsBuilder.UpBut(TimeSpan.FromMinutes(chance.Next(1, 3000)))),
    };
}
