using Compliance.Domain.Inspections;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Rulebooks;
using CsCheck;

namespace Compliance.Domain.Tests.Inspections;

/// <summary>The list asks what is not known, shows what is measured, and branches by the law alone.</summary>
public sealed class ChecklistTests
{
    static readonly Rulebook Book = RulebookShelf.All["kz-nightclub-2025-2026"];

    static ChecklistItem Item(VenueFacts facts, string rule) => Checklist.Of(facts, Book, "hash").Items.Single(i => i.Rule.RuleId == rule);

    [Fact]
    public void What_the_venue_does_not_answer_for_is_not_on_its_list() => Assert.DoesNotContain(
        Checklist.Of(VenueFactsBuilder.Exemplary().Facts, Book, "hash").Items, i => i.Rule.Answerable is Answerable.Police or Answerable.Operator);

    [Fact]
    public void The_telemetry_answers_what_it_measured()
    {
        var item = Visit.List(12).Items.Single(i => i.Rule.RuleId == "MEASURED");
        Assert.Equal((ItemState.Measured, 0, "12"), (item.State, item.Questions.Count, item.Measured.Single().Found));
        Assert.Equal([Guid.Empty], item.Measured.Single().By);
    }

    [Fact]
    public void An_item_tells_its_clause_and_what_a_failure_may_be_called()
    {
        var items = Visit.List(25).Items.ToDictionary(i => i.Rule.RuleId);
        Assert.Equal("Act, article 1", items["ASKED"].Clauses.Single().Act);
        Assert.Equal((Wording.Violation, Wording.ToBeConfirmed), (items["ASKED"].Wording, items["MEASURED"].Wording));
    }

    [Fact]
    public void A_no_folds_an_item_away_and_the_question_stays()
    {
        var open = Item(VenueFactsBuilder.Exemplary().Forget("alcoholSold").Forget("alcoholLicenceUntil").Facts, "KZ.OWN.005");
        Assert.Equal((ItemState.Asked, true), (open.State, open.Questions.Any(q => q.Attribute == "alcoholLicenceUntil")));
        var folded = Item(VenueFactsBuilder.Exemplary().Venue(("guardsHired", false)).Facts, "KZ.GRD.001");
        Assert.Equal((ItemState.FoldedAway, "guardsHired"), (folded.State, Assert.Single(folded.Questions).Attribute));
    }

    static VenueFacts Probed() => Changed(VenueFactsBuilder.Exemplary().Set("camera", ("entrance", false)).Facts, known => known is Known.Number ? known with { From = Provenance.Measured } : known);

    [Fact]
    public void What_the_probe_measured_of_every_camera_is_not_asked_of_a_person()
    {
        var item = Item(Probed(), "KZ.CAM.006");
        Assert.Equal((ItemState.Measured, 0), (item.State, item.Questions.Count));
        Assert.All(item.Measured, ground => Assert.Equal("fps", ground.Attribute));
    }

    [Fact]
    public void A_camera_that_watches_no_entrance_is_not_asked_to()
    {
        var facts = Changed(Probed(), known => known is Known.Number ? known with { From = Provenance.Registered } : known);
        var questions = Item(facts, "KZ.CAM.006").Questions;
        Assert.NotEmpty(questions);
        Assert.All(questions, q => Assert.Equal("fps", q.Attribute));
    }

    [Fact]
    public void That_the_police_are_told_is_asked_of_the_system_and_not_of_the_owner() =>
        Assert.DoesNotContain(Checklist.Of(VenueFactsBuilder.Exemplary().Facts, Book, "hash").Items, i => i.Rule.RuleId == "KZ.CAM.015");

    [Fact]
    public void What_is_not_listed_is_asked_for()
    {
        var question = Item(VenueFactsBuilder.Exemplary().Unlisted("opening").None("opening").Facts, "KZ.CAM.001").Questions.Single(q => q.Attribute.Length == 0);
        Assert.Equal(("opening", false), (question.Kind, question.Listed));
    }

    /// <summary>Whether a door is meant at all is asked as well: else nobody could ever answer.</summary>
    [Fact]
    public void What_decides_whether_a_thing_is_meant_is_asked_too()
    {
        var item = Item(VenueFactsBuilder.Exemplary().Forget("opening", "patrons").Set("opening", ("recordingCameras", 0)).Facts, "KZ.CAM.001");
        Assert.Contains(item.Questions, q => q is { Kind: "opening", Attribute: "patrons" });
    }

    [Fact]
    public void The_other_side_of_a_comparison_is_asked_too() =>
        Assert.Contains(Item(VenueFactsBuilder.Exemplary().Forget("maxPersons").Facts, "KZ.EXIT.008").Questions, q => q.Attribute == "maxPersons");

    public static TheoryData<string> Books => [.. RulebookShelf.Ids];

    [Theory, MemberData(nameof(Books))]
    public void No_list_ever_asks_what_is_measured(string id) => Gen.Int.Sample(seed =>
    {
        var chance = new Random(seed);
        var facts = Measured(VenueFactsBuilder.Exemplary().Facts, chance);
        foreach (var item in Checklist.Of(facts, RulebookShelf.All[id], "hash").Items)
        {
            Assert.DoesNotContain(item.Questions, q => q.Attribute.Length > 0
                && (q.Kind == Vocabulary.Venue ? facts.Venue : facts.Of(q.Kind).Single(t => t.Id == q.ThingId))[q.Attribute]?.From == Provenance.Measured);
            Assert.All(item.Measured, g => Assert.Equal(Provenance.Measured, g.From));
        }
    }, iter: 100);

    /// <summary>Whatever is unknown of what the venue answers for, either a person can say it, or only instruments can.</summary>
    [Fact]
    public void Every_unknown_value_of_the_kazakh_list_can_be_written_down() => Gen.Int.Sample(seed =>
    {
        var chance = new Random(seed);
        var facts = Thinned(VenueFactsBuilder.Exemplary().Facts, chance);
        Assert.Empty(
            from item in Checklist.Of(facts, Book, "hash").Items
            where item is { Rule.Outcome: Outcome.Unknown, Questions.Count: 0 }
            where item.Rule.Grounds.Where(g => g.Outcome == Outcome.Unknown).Any(g => g.Kind != "outage" && Vocabulary.Find(g.Kind, g.Attribute)?.Type != WordType.Line)
            select item.Rule.RuleId);
    }, iter: 200);

    static VenueFacts Measured(VenueFacts facts, Random chance) => Changed(facts, known => chance.Next(2) == 0 ? known with { From = Provenance.Measured } : known);

    static VenueFacts Thinned(VenueFacts facts, Random chance) => Changed(facts, known => chance.Next(4) == 0 ? null : known);

    static VenueFacts Changed(VenueFacts facts, Func<Known, Known?> change)
    {
        Thing Of(Thing thing) => thing with
        {
            Attributes = thing.Attributes.Select(a => (a.Key, Value: change(a.Value))).Where(a => a.Value is not null).ToDictionary(a => a.Key, a => a.Value!),
        };
        return facts with { Venue = Of(facts.Venue), Things = facts.Things.ToDictionary(t => t.Key, t => (IReadOnlyList<Thing>)[.. t.Value.Select(Of)]) };
    }
}
