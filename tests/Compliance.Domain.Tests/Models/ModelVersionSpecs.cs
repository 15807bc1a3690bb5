using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Domain.Models;
using Compliance.Domain.Probes;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Models.ModelCommand;
using static Compliance.Domain.Models.ModelVersion;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Models;

public sealed class ModelVersionSpecs
{
    static readonly string Sha = new('a', 64), OtherSha = new('b', 64);
    static readonly Guid Id = IdOf(Sha), Author = new("00000000-0000-0000-0000-0000000000a1"), Other = new("00000000-0000-0000-0000-0000000000a2");
    static readonly ModelFigures Figures = new(0.784, 0.148, 223, 40);
    static readonly ModelEvent.Registered Card = new(Id, Detector.Fight, "fights-2", Sha, 1000, 0.6, Figures, "Apache-2.0", Author);
    static readonly ModelEvent.Approved Good = new(Id, Other, "Checked", Noon);
    static readonly ModelEvent.RolledOut Few = new(Id, 5, "A few first", Noon.AddHours(1));
    static readonly ModelEvent.Withdrawn Gone = new(Id, "Too many false alarms", Noon.AddDays(1));
    static readonly Register Told = new(Detector.Fight, "fights-2", Sha.ToUpperInvariant(), Figures, " Apache-2.0 ", Id, 1000, 0.6, Author);

    [Fact] public void It_is_registered_with_the_hash_of_its_file() => Decider.Given().When(Told).Then(Card);
    [Fact] public void A_second_knock_adds_nothing() => Decider.Given(Card, Good).When(Told).ThenNothing();
    [Fact] public void The_same_file_told_otherwise_is_no_other_version() => Decider.Given(Card).When(Told with { Name = "fights-3" }).ThenRefused("model.already-registered");
    [Fact] public void Faces_are_not_distributed() => Decider.Given().When(Told with { Detector = Detector.WatchList }).ThenRefused("model.not-distributed", "detector");

    [Theory, InlineData(""), InlineData("a b"), InlineData("../a"), InlineData("драки")]
    public void A_name_is_plain(string name) => Decider.Given().When(Told with { Name = name }).ThenRefused("model.name-malformed", "name");

    [Fact] public void No_licence_no_version() => Decider.Given().When(Told with { Licence = " " }).ThenRefused("model.licence-missing", "licence");

    [Theory, InlineData(1.1, 0.1, 10, 5), InlineData(0.5, -0.1, 10, 5), InlineData(0.5, 0.1, 0, 0), InlineData(0.5, 0.1, 4, 5), InlineData(double.NaN, 0.1, 10, 5)]
    public void Figures_are_possible_ones(double found, double wrong, int clips, int sources) =>
        Decider.Given().When(Told with { Figures = new(found, wrong, clips, sources) }).ThenRefused("model.figures-impossible", "figures");

    [Fact] public void Another_person_approves_it() => Decider.Given(Card).When(new Approve(" Checked ", Other, Noon)).Then(Good);
    [Fact] public void Whoever_registered_it_does_not() => Decider.Given(Card).When(new Approve("Checked", Author, Noon)).ThenRefused("model.same-person");
    [Fact] public void No_box_runs_it_before() => Decider.Given(Card).When(new RollOut(5, "x", Noon)).ThenRefused("model.unapproved");
    [Fact] public void Then_some_do() => Decider.Given(Card, Good).When(new RollOut(5, "A few first", Noon.AddHours(1))).Then(Few);
    [Fact] public void The_share_grows() => Decider.Given(Card, Good, Few).When(new RollOut(50, "Good so far", Noon.AddHours(2))).Then(new ModelEvent.RolledOut(Id, 50, "Good so far", Noon.AddHours(2)));
    [Fact] public void The_same_share_is_nothing_new() => Decider.Given(Card, Good, Few).When(new RollOut(5, "again", Noon)).ThenNothing();

    [Theory, InlineData(0), InlineData(101), InlineData(-5)]
    public void A_share_is_one_of_a_hundred(int share) => Decider.Given(Card, Good).When(new RollOut(share, "x", Noon)).ThenRefused("model.share-impossible", "share");

    [Fact] public void It_is_rolled_back_at_once() => Decider.Given(Card, Good, Few).When(new RollBack("Strange", Noon.AddHours(3))).Then(new ModelEvent.RolledBack(Id, "Strange", Noon.AddHours(3)));
    [Fact] public void Where_no_box_runs_it_there_is_nothing_to_roll_back() => Decider.Given(Card, Good).When(new RollBack("x", Noon)).ThenNothing();
    [Fact] public void It_is_withdrawn_for_good() => Decider.Given(Card, Good, Few).When(new Withdraw("Too many false alarms", Noon.AddDays(1))).Then(Gone);
    [Fact] public void Once() => Decider.Given(Card, Good, Gone).When(new Withdraw("again", Noon)).ThenNothing();
    [Fact] public void What_was_withdrawn_is_not_rolled_out() => Decider.Given(Card, Good, Gone).When(new RollOut(5, "x", Noon)).ThenRefused("model.withdrawn");
    [Fact] public void Nor_registered_again() => Decider.Given(Card, Gone).When(Told).ThenRefused("model.withdrawn");
    [Fact] public void Nobody_decides_of_what_nobody_registered() => Decider.Given().When(new RollBack("x", Noon)).ThenRefused("model.unknown");

    public static TheoryData<ModelCommand> Groundless => [new Approve(" ", Other, Noon), new RollOut(5, "", Noon), new RollBack("", Noon), new Withdraw(new('x', LongestGrounds + 1), Noon)];

    [Theory, MemberData(nameof(Groundless))]
    public void Each_step_has_grounds(ModelCommand step) => Decider.Given(Card, Good, Few).When(step).ThenRefused("model.grounds-missing", "grounds");

    [Fact]
    public void A_growing_share_keeps_those_who_have_it_and_is_about_as_large_as_it_says()
    {
        Guid[] boxes = [.. Enumerable.Range(0, 2000).Select(n => Compliance.Domain.Kernel.EventIds.From(Id, $"box {n}"))];
        Guid[] few = [.. boxes.Where(box => Row(Sha, 10).IsFor(box))], many = [.. boxes.Where(box => Row(Sha, 40).IsFor(box))];
        Assert.Empty(few.Except(many));
        Assert.InRange(few.Length, 140, 260);
        Assert.InRange(many.Length, 700, 900);
        Assert.All(boxes, box => Assert.True(Row(Sha, 100).IsFor(box)));
        Assert.DoesNotContain(boxes, box => Row(Sha, 0).IsFor(box));
        Assert.NotEqual(few, boxes.Where(box => Row(OtherSha, 10).IsFor(box)));
    }

    [Fact]
    public void A_box_runs_what_was_rolled_out_last_to_it_and_falls_back_step_by_step()
    {
        ModelRow[] both = [Row(Sha, 100), Row(OtherSha, 100) with { OutSince = Noon.AddDays(2) }];
        Assert.Equal(OtherSha, ModelRow.For(Id, Detector.Fight, both)?.Card.Sha256);
        Assert.Equal(Sha, ModelRow.For(Id, Detector.Fight, [both[0], both[1] with { Share = 0 }])?.Card.Sha256);
        Assert.Null(ModelRow.For(Id, Detector.Fight, []));
        Assert.Null(ModelRow.For(Id, Detector.WatchList, both));
    }

    [Fact]
    public void A_row_tells_who_decided_what_and_those_that_run_stand_on_top()
    {
        var (other, third) = (IdOf(OtherSha), IdOf(new('c', 64)));
        var rows = ModelRow.View.Build(Of(
            (Id, Card), (Id, Good), (Id, Few), (other, Card with { ModelId = other, Sha256 = OtherSha }), (third, Card with { ModelId = third }), (third, new ModelEvent.Approved(third, Other, "x", Noon)),
            (third, new ModelEvent.RolledOut(third, 10, "y", Noon)), (third, new ModelEvent.RolledBack(third, "z", Noon)), (third, Gone with { ModelId = third })));
        Assert.Equal([Id, other, third], rows.Values.OrderBy(ModelRow.View.SortOf, StringComparer.Ordinal).Select(row => row.Card.ModelId));
        Assert.Equal([ModelStepKind.Registered, ModelStepKind.Approved, ModelStepKind.RolledOut], rows[Id].Steps.Select(step => step.Kind));
        Assert.Equal((5, (DateTimeOffset?)Noon.AddMinutes(2), true, false), (rows[Id].Share, rows[Id].OutSince, rows[Id].IsApproved, rows[Id].IsWithdrawn));
        Assert.Equal((0, null, true), (rows[third].Share, rows[third].OutSince, rows[third].IsWithdrawn));
    }

    [Fact]
    public void What_persons_said_is_counted_by_version_and_taken_back_too()
    {
        var (venue, alert) = (new Guid("00000000-0000-0000-0000-00000000000a"), new Guid("00000000-0000-0000-0000-00000000000b"));
        var seen = new Sighting(0.8, new("fights-2", Sha, 0.6, OtherSha), 100, 0, new ClockState(true, 0));
        AlertEvent Raised(Guid id) => new AlertEvent.Raised(id, venue, null, AlertKind.Fight, Noon, seen, null);
        AlertEvent Judged(Guid id, AlertJudgement? was, AlertJudgement? now) => new AlertEvent.Judged(id, venue, AlertKind.Fight, Noon, Sha, 0.6, was, now);
        var rows = ModelField.View.Build(Of(
            (alert, Raised(alert)), (venue, Raised(venue)), (alert, Judged(alert, null, new(true, null))), (alert, Judged(alert, new(true, null), null)), (alert, Judged(alert, null, new(false, RejectReason.Dance))), (venue, Judged(venue, null, new(true, null)))));
        var row = Assert.Single(rows.Values);
        Assert.Equal((2, 1, 1), (row.Raised, row.Confirmed, row.RejectedCount));
        Assert.Equal(1, row.Rejected[RejectReason.Dance]);
    }

    static ModelRow Row(string sha, int share) => new(Card with { ModelId = IdOf(sha), Sha256 = sha }, share, share == 0 ? null : Noon, []);
}
