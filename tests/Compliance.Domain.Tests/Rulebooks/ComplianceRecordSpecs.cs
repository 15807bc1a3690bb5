using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Kernel;

namespace Compliance.Domain.Tests.Rulebooks;

/// <summary>The record of what the rules said: it grows by what turned and by nothing else.</summary>
public sealed class ComplianceRecordSpecs
{
    const string Book = "kz", Hash = "aa";
    static readonly Guid Venue = Guid.CreateVersion7();
    static readonly DateTimeOffset Monday = new(2026, 6, 1, 3, 0, 0, TimeSpan.Zero), Tuesday = Monday.AddDays(1);

    [Fact]
    public void What_was_never_asked_is_unknown_so_an_unknown_rule_is_no_news() => ComplianceRecord.Decider.Given()
        .When(Keep(Monday, Says("A", Outcome.Fail), Says("B", Outcome.Unknown)))
        .Then(Taken(Monday, "A", "B"), Turned("A", Outcome.Unknown, Outcome.Fail, Monday));

    [Fact]
    public void A_night_in_which_nothing_turned_leaves_no_trace() => ComplianceRecord.Decider
        .Given(Taken(Monday, "A", "B"), Turned("A", Outcome.Unknown, Outcome.Fail, Monday))
        .When(Keep(Tuesday, Says("A", Outcome.Fail), Says("B", Outcome.Unknown)))
        .ThenNothing();

    [Fact]
    public void A_rule_that_turns_is_written_with_what_it_was() => ComplianceRecord.Decider
        .Given(Taken(Monday, "A", "B"), Turned("A", Outcome.Unknown, Outcome.Fail, Monday))
        .When(Keep(Tuesday, Says("A", Outcome.Pass), Says("B", Outcome.Fail)))
        .Then(Turned("A", Outcome.Fail, Outcome.Pass, Tuesday), Turned("B", Outcome.Unknown, Outcome.Fail, Tuesday));

    [Fact]
    public void A_failure_that_may_now_be_called_a_violation_turns_too() => ComplianceRecord.Decider
        .Given(Taken(Monday, "A"), Turned("A", Outcome.Unknown, Outcome.Fail, Monday) with { Wording = Wording.Recommended })
        .When(Keep(Tuesday, Says("A", Outcome.Fail)))
        .Then(Turned("A", Outcome.Fail, Outcome.Fail, Tuesday));

    [Fact]
    public void An_answer_as_of_an_earlier_instant_than_the_record_changes_nothing() => ComplianceRecord.Decider
        .Given(Taken(Tuesday, "A"), Turned("A", Outcome.Unknown, Outcome.Fail, Tuesday))
        .When(Keep(Monday, Says("A", Outcome.Pass)))
        .ThenNothing();

    [Fact]
    public void A_new_version_is_taken_and_what_it_no_longer_asks_applies_no_longer() => ComplianceRecord.Decider
        .Given(Taken(Monday, "A", "B"), Turned("A", Outcome.Unknown, Outcome.Fail, Monday), Turned("B", Outcome.Unknown, Outcome.Pass, Monday))
        .When(new ComplianceCommand.Keep(new(Venue, Tuesday, Book, "2", "bb", [Says("B", Outcome.Pass), Says("C", Outcome.Fail)])))
        .Then(
            Turned("A", Outcome.Fail, Outcome.NotApplicable, Tuesday),
            Taken(Tuesday, "B", "C") with { Version = "2", Hash = "bb" },
            Turned("C", Outcome.Unknown, Outcome.Fail, Tuesday) with { Version = "2" });

    [Fact]
    public void The_card_counts_by_outcome_and_the_worst_venue_stands_on_top()
    {
        var (bad, good) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var story = Story.Of(
            (good, Taken(Monday, "A", "B") with { VenueId = good }),
            (good, Turned("A", Outcome.Unknown, Outcome.Pass, Monday) with { VenueId = good }),
            (bad, Taken(Monday, "A", "B") with { VenueId = bad }),
            (bad, Turned("A", Outcome.Unknown, Outcome.Fail, Monday) with { VenueId = bad, HardStop = true }));
        var cards = ComplianceCard.View.Build(story);
        Assert.Equal((1, 1, 1), (cards[bad].HardStops(), cards[bad].Count(Wording.Violation), cards[bad].Count(Outcome.Unknown)));
        Assert.Equal((0, 1, 1), (cards[good].HardStops(), cards[good].Count(Outcome.Pass), cards[good].Count(Outcome.Unknown)));
        Assert.Equal([bad, good], cards.Values.OrderBy(ComplianceCard.View.SortOf, StringComparer.Ordinal).Select(card => card.VenueId));
        Assert.Equal(story[^1].EventId, cards[bad].Rules.Single(rule => rule.RuleId == "A").By);
    }

    static ComplianceCommand.Keep Keep(DateTimeOffset at, params RuleAnswer[] rules) => new(new(Venue, at, Book, "1", Hash, rules));

    static RuleAnswer Says(string rule, Outcome outcome) => new(
        rule, "exit", new("к", "р", "e"), Severity.Major, outcome, outcome == Outcome.Fail ? Wording.Violation : null, Basis.Law, Confidence.Read,
        Answerable.Owner, "462", false, [], []);

    static ComplianceEvent.RulebookTaken Taken(DateTimeOffset at, params string[] rules) => new(Venue, Book, "1", Hash, rules, at);

    static ComplianceEvent.RuleTurned Turned(string rule, Outcome from, Outcome to, DateTimeOffset at) => new(
        Venue, Book, "1", rule, from, to, to == Outcome.Fail ? Wording.Violation : null, false, Severity.Major, "462", Answerable.Owner, at);
}
