using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Domain.Drills;
using Compliance.Domain.Duties;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Drills.Drill;
using static Compliance.Domain.Drills.DrillCommand;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Drills;

public sealed class DrillSpecs
{
    static readonly Guid Showing = new("0196f000-0000-7000-8000-0000000000d1"), Id = IdOf(Showing), Venue = new("00000000-0000-0000-0000-00000000000a"), Clip = new("00000000-0000-0000-0000-0000000000c1"), Camera = new("00000000-0000-0000-0000-00000000000c");
    static readonly Officer Ana = new(new("00000000-0000-0000-0000-0000000000a1"), false), Bek = new(new("00000000-0000-0000-0000-0000000000b1"), false), Lead = new(new("00000000-0000-0000-0000-0000000000e1"), true);
    static readonly DrillRules Rules = new();

    static readonly DrillEvent.Raised Fight = new(
        Id, Venue, Showing, Clip, Camera, "Бостандық", Detector.Fight, true, new(0.8, new("fights", new('a', 64), 0.6, new('b', 64)), 60, 0, new(true, 0)), Noon.AddSeconds(-6), 30, new('c', 64), 40, new("5f0c2a4e-7d1b-4a53-9a3e-1c2d3e4f5a6b"), Noon), Dance = Fight with { Shows = false };

    static readonly DrillEvent.Taken Took = new(Id, Venue, Ana.Id, At(10));

    static readonly DrillEvent.SightEnded Over = new(Id, Venue, At(34), Fight.Seen, At(40));

    static DrillEvent.ClipCame Came(bool isBlurred) => new(Id, Venue, isBlurred, At(isBlurred ? 30 : 22));

    static DateTimeOffset At(double seconds) => Noon.AddSeconds(seconds);

    static Handle Does(IncidentCommand what, double at = 20) => new(what, At(at));

    static DrillEvent.Decided Decided(DrillAnswer answer, bool? isRight, bool shows = true, RejectReason? reason = null, double? taken = 10, Guid? by = null) =>
        new(Id, Venue, "Бостандық", shows, answer, reason, by ?? Ana.Id, isRight, taken, 20, Noon, At(20));

    static DrillEvent.Ended Ended(DrillEnd because, double at, double? taken = null) => new(Id, Venue, "Бостандық", true, because, taken, Noon, At(at));

    static Given<Drill, DrillCommand, DrillEvent> Given(params DrillEvent[] facts) => Decider.Given([Fight, .. facts]);

    [Fact] public void It_is_raised() => Decider.Given().When(new Raise(Fight)).Then(Fight);
    [Fact] public void One_showing_raises_one() => Given(Took).When(new Raise(Fight)).ThenNothing();
    [Fact] public void What_is_no_drill_is_no_incident_either() => Decider.Given().When(Does(new IncidentCommand.Take(Ana, At(5)))).ThenRefused("policeincident.unknown");

    // As an incident
    [Fact] public void It_is_taken() => Given().When(Does(new IncidentCommand.Take(Ana, At(10)), 10)).Then(Took);
    [Fact] public void It_is_one_persons() => Given(Took).When(Does(new IncidentCommand.Take(Bek, At(11)))).ThenRefused("policeincident.taken");
    [Fact] public void The_shift_lead_takes_it_over() => Given(Took).When(Does(new IncidentCommand.Take(Lead, At(20)))).Then(Took with { By = Lead.Id, At = At(20) });
    [Fact] public void How_soon_it_was_taken_is_the_first_ones() => Given(Took, Took with { By = Lead.Id, At = At(18) }).When(Does(new IncidentCommand.Confirm(Lead, At(20)))).Then(Decided(DrillAnswer.Confirmed, true, by: Lead.Id));
    [Fact] public void Nor_does_a_take_over_give_it_more_time() => Given(Took, Took with { By = Lead.Id, At = At(180) }, Came(false), Came(true), Over).When(new Assess(At(190), Rules)).Then(Ended(DrillEnd.Undecided, 190, 10));
    [Fact] public void Taking_is_taken_back() => Given(Took).When(Does(new IncidentCommand.Undo(IncidentStep.Taken, Ana, At(15)), 15)).Then(new DrillEvent.LetGo(Id, Venue, Ana.Id, At(15)));
    [Fact] public void Not_after_ten_seconds() => Given(Took).When(Does(new IncidentCommand.Undo(IncidentStep.Taken, Ana, At(21)), 21)).ThenRefused("policeincident.undo-late");
    [Fact] public void Whoever_judges_it_takes_it_first() => Given().When(Does(new IncidentCommand.Confirm(Ana, At(5)))).ThenRefused("policeincident.untaken");
    [Fact] public void Let_go_it_waits_again() => Given(Took, new DrillEvent.LetGo(Id, Venue, Ana.Id, At(15))).When(Does(new IncidentCommand.Confirm(Ana, At(16)))).ThenRefused("policeincident.untaken");
    [Fact] public void Its_clip_is_seen_once_a_day_and_officer() => Given().When(Does(new IncidentCommand.ViewClip(Showing, Ana.Id, new(2026, 6, 1)))).Then(new DrillEvent.ClipViewed(Id, Venue, Ana.Id, new(2026, 6, 1)));
    [Fact] public void Another_clip_is_not_its_own() => Given().When(Does(new IncidentCommand.ViewClip(Camera, Ana.Id, new(2026, 6, 1)))).ThenRefused("policeincident.alert-foreign", "alertId");

    // Decided
    [Fact] public void A_fight_that_is_seen_is_seen() => Given(Took).When(Does(new IncidentCommand.Confirm(Ana, At(20)))).Then(Decided(DrillAnswer.Confirmed, true));
    [Fact] public void One_that_is_rejected_is_missed() => Given(Took).When(Does(new IncidentCommand.Reject(RejectReason.Dance, null, Ana, At(20)))).Then(Decided(DrillAnswer.Rejected, false, reason: RejectReason.Dance));
    [Fact] public void What_is_none_is_rightly_rejected() => Decider.Given(Dance, Took).When(Does(new IncidentCommand.Reject(RejectReason.Dance, null, Ana, At(20)))).Then(Decided(DrillAnswer.Rejected, true, false, RejectReason.Dance));
    [Fact] public void And_wrongly_confirmed() => Decider.Given(Dance, Took).When(Does(new IncidentCommand.Confirm(Ana, At(20)))).Then(Decided(DrillAnswer.Confirmed, false, false));
    [Fact] public void Words_are_asked_for_and_not_kept()
    {
        Given(Took).When(Does(new IncidentCommand.Reject(RejectReason.Other, null, Ana, At(20)))).ThenRefused("policeincident.grounds-missing", "grounds");
        Given(Took).When(Does(new IncidentCommand.Reject(RejectReason.Other, new Writing(Guid.Empty, Ana.Id, ""), Ana, At(20)))).Then(Decided(DrillAnswer.Rejected, false, reason: RejectReason.Other));
    }

    [Fact] public void Nobody_is_ever_sent()
    {
        foreach (var command in (IncidentCommand[])[new IncidentCommand.Dispatch(Ana, At(20)), new IncidentCommand.Arrive(Ana, At(20)), new IncidentCommand.Close(IncidentOutcome.Detained, null, Ana, At(20)), new IncidentCommand.Dispatch(Lead, At(20))])
        {
            Assert.NotNull(Given().When(Does(command)).Decision.Refusal);
            Assert.NotNull(Given(Took).When(Does(command)).Decision.Refusal);
            Given(Took, Decided(DrillAnswer.Confirmed, true)).When(Does(command)).ThenRefused("drill.was-a-test");
            Given(Ended(DrillEnd.Untaken, 90)).When(Does(command)).ThenRefused("drill.was-a-test");
        }
    }

    [Fact] public void A_second_press_says_nothing_new() => Given(Took, Decided(DrillAnswer.Confirmed, true)).When(Does(new IncidentCommand.Confirm(Ana, At(21)), 21)).ThenNothing();
    [Fact] public void What_was_decided_is_not_taken_back() => Given(Took, Decided(DrillAnswer.Confirmed, true)).When(Does(new IncidentCommand.Undo(IncidentStep.Confirmed, Ana, At(21)), 21)).ThenRefused("drill.was-a-test");

    // More is asked for
    [Fact] public void Who_asks_for_a_camera_is_told() => Given().When(new AskForMore(Bek.Id, At(20))).Then(Decided(DrillAnswer.AskedForMore, true, taken: null, by: Bek.Id));
    [Fact] public void Of_what_is_none_that_is_neither_right_nor_wrong() => Decider.Given(Dance, Took).When(new AskForMore(Ana.Id, At(20))).Then(Decided(DrillAnswer.AskedForMore, null, false));
    [Fact] public void So_is_who_asks_for_telephones() => Given(Took).When(Does(new IncidentCommand.SeeContacts(Ana, new(2026, 6, 1)))).Then(Decided(DrillAnswer.AskedForMore, true));
    [Fact] public void Telephones_are_the_holders() => Given(Took).When(Does(new IncidentCommand.SeeContacts(Bek, new(2026, 6, 1)))).ThenRefused("policeincident.taken");

    [Fact] public void So_is_who_takes_off_the_blur_or_preserves_it_once_there_is_a_clip()
    {
        var (unblur, preserve) = (Does(new IncidentCommand.Unblur(UnblurReason.IdentifyOffender, null, Showing, false, Ana, At(20))), Does(new IncidentCommand.Preserve(Showing, "17-26", new(2026, 9, 1), false, Ana, At(20))));
        var came = new DrillEvent.ClipCame(Id, Venue, false, At(15));
        foreach (var asked in (Handle[])[unblur, preserve])
        {
            Given(Took).When(asked).ThenRefused("policeincident.clip-missing");
            Given(Took, came).When(asked).Then(Decided(DrillAnswer.AskedForMore, true));
        }
    }

    // Time
    [Fact] public void Its_clip_comes_as_late_as_a_box_would_send_one()
    {
        Given().When(new Assess(At(21), Rules)).ThenNothing();
        Given().When(new Assess(At(22), Rules)).Then(new DrillEvent.ClipCame(Id, Venue, false, At(22)));
        Given(new DrillEvent.ClipCame(Id, Venue, false, At(22))).When(new Assess(At(30), Rules)).Then(new DrillEvent.ClipCame(Id, Venue, true, At(30)));
    }

    [Fact] public void Untaken_it_ends() => Given().When(new Assess(At(90), Rules)).Then(Ended(DrillEnd.Untaken, 90));
    [Fact] public void Taken_and_undecided_too() => Given(Took).When(new Assess(At(190), Rules)).Then(Ended(DrillEnd.Undecided, 190, 10));
    [Fact] public void But_later() => Given(Took, Came(false), Came(true), Over).When(new Assess(At(189), Rules)).ThenNothing();
    [Fact] public void It_gives_way() => Given(Took).When(new Withdraw(DrillEnd.RealWork, At(40))).Then(Ended(DrillEnd.RealWork, 40, 10));
    [Fact] public void What_is_over_ends_no_more() => Given(Took, Decided(DrillAnswer.Confirmed, true)).When(new Withdraw(DrillEnd.RealWork, At(40))).ThenNothing();

    [Fact]
    public void What_is_seen_ends_as_its_clip_does_and_is_told_as_late_as_by_a_box()
    {
        Given(Came(false), Came(true)).When(new Assess(At(39), Rules)).ThenNothing(); // over since 34, and not yet sure
        Assert.Equal((At(34), 450, 0), Given(Came(false), Came(true)).When(new Assess(At(41), Rules)).Decision.Events is [DrillEvent.SightEnded f] ? (f.SeenUntil, f.Seen.FramesAnalysed, f.Seen.FramesSkipped) : default);
        Given(Came(false), Came(true), Over).When(new Assess(At(41), Rules)).ThenNothing();
    }

    // As a box tells
    [Fact]
    public void What_is_told_of_it_is_drawn_as_a_fights_is()
    {
        var many = Enumerable.Range(1, 200).Select(n => new Guid(n, 1, 2, [3, 4, 5, 6, 7, 8, 9, 10])).ToList();
        Assert.Equal([5.0, 6, 7], many.Select(chance => DrillSight.SpanOf(chance, 20)).Distinct().Order());
        Assert.Equal(5.5, many.Max(chance => DrillSight.SpanOf(chance, 5.5))); // no longer than the clip ran
        var late = many.Select(chance => (Noon - DrillSight.SeenFrom(chance, 5, Noon)).TotalSeconds).ToList();
        Assert.Equal(late.Count, late.Distinct().Count());
        Assert.All(late, seconds => Assert.InRange(seconds, 5.2, 6.4));
        Assert.Equal((48, 12), DrillSight.Frames(6, 80, 20));
        Assert.Equal((60, 0), DrillSight.Frames(6, 75, 0));
        Assert.Equal((17, 5), (DrillSight.LastsSeconds(20.4, 8, 5), DrillSight.LastsSeconds(7, 7, 5)));
        Assert.Equal(many.Count, many.Select(chance => Row(Fight with { Chance = chance }).AsAlert().RaisedAt).Distinct().Count());
        Assert.All(many, chance => Assert.InRange(Row(Fight with { Chance = chance }).AsAlert() is var alert ? Noon - alert.RaisedAt : default, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20)));

        static DrillRow Row(DrillEvent.Raised card) => DrillRow.View.Build(Of((Id, card)))[Id];
    }

    [Fact]
    public void It_stands_where_the_streams_would_of_incident_and_alert()
    {
        Assert.Equal((0L, 1L, 1L), (Stands().RevisionAt(At(20), new()), Stands().RevisionAt(At(30), new()), Stands().Steps.RevisionOfAlert)); // from then on the neighbour has it
        Assert.Equal((1L, 6L), Stands(Came(false), Took, Over, Came(true)) is var taken ? (taken.RevisionAt(At(60), new()), taken.Steps.RevisionOfAlert) : default);
        Assert.Equal(2, Stands(Took, Decided(DrillAnswer.Confirmed, true)) is Drill.Over over ? over.RevisionAt(At(20), new()) + 1 : 0);

        static Known Stands(params DrillEvent[] facts) => (Known)Decider.Fold([Fight, .. facts]);
    }

    // What is made of it
    [Fact]
    public void The_desk_has_a_card_like_that_of_the_incident_it_would_be()
    {
        var alert = new GatheredAlert(Showing, AlertKind.Fight, Camera, Fight.SeenFrom);
        var real = IncidentCard.View.Build(Of((Id, new IncidentEvent.Opened(Id, Venue, "Бостандық", alert, Noon)), (Id, new IncidentEvent.Taken(Id, Venue, Ana.Id, At(10))), (Id, new IncidentEvent.ClipViewed(Id, Venue, Showing, Ana.Id, new(2026, 6, 1)))))[Id];
        var row = DrillRow.View.Build(Of((Id, Fight), (Id, new DrillEvent.ClipCame(Id, Venue, false, At(9))), (Id, Took), (Id, new DrillEvent.ClipViewed(Id, Venue, Ana.Id, new(2026, 6, 1)))))[Id];
        Assert.Equal(Lines(real), Lines(row.AsCard(At(20), new())));
        Assert.Equal(["Бостандық", "Алмалы"], (row with { Steps = row.Steps with { TakenAt = null } }).AsCard(At(30), new()).Desks);
        Assert.True(row.AsAlert() is { HasClip: true, HasBlurred: false, Kind: AlertKind.Fight, SeenUntil: null, IncidentId: var incident } && incident == Id);
        Assert.DoesNotContain(row.AsAlert().Clip!.Sha256, (string[])[Fight.CopySha256, new([.. Fight.CopySha256.Reverse()])]);
        Assert.Equal(Over.SeenUntil, DrillRow.View.Build(Of((Id, Fight), (Id, Over)))[Id].AsAlert().SeenUntil);
    }

    static string Lines(IncidentCard card) => System.Text.Json.JsonSerializer.Serialize(card, Compliance.Domain.Kernel.EventCatalog.Json);

    [Fact]
    public void Desks_are_counted_by_month_and_no_officer_is_named()
    {
        (Guid, object) Other(int n, DrillEvent fact) => (new Guid(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), fact);
        var month = Assert.Single(DrillMonth.View.Build(Of(
            (Id, Fight), (Id, Took), (Id, Decided(DrillAnswer.Confirmed, true)), Other(1, Decided(DrillAnswer.Rejected, false) with { SecondsToDecide = 50 }), Other(2, Decided(DrillAnswer.AskedForMore, true) with { SecondsToTake = null, SecondsToDecide = 5 }),
            Other(3, Decided(DrillAnswer.Confirmed, false, false)), Other(4, Decided(DrillAnswer.Rejected, true, false)), Other(5, Decided(DrillAnswer.AskedForMore, null, false)),
            Other(6, Ended(DrillEnd.Untaken, 90)), Other(7, Ended(DrillEnd.Undecided, 190, 10)), Other(8, Ended(DrillEnd.RealWork, 3)), Other(9, Ended(DrillEnd.ClipGone, 3)), Other(10, Ended(DrillEnd.LookedInto, 3)))).Values);
        Assert.Equal(("Бостандық", new DateOnly(2026, 6, 1), 11, 6), (month.District, month.Month, month.Raised, month.Taken));
        Assert.Equal((3, 2, 3, 1), (month.Shown, month.Seen, month.Others, month.FalseAlarms));
        Assert.Equal((1, 1, 3, 20.0), (month.Untaken, month.Undecided, month.Withdrawn, month.MiddleSeconds));
    }

    [Fact]
    public void What_was_answered_is_told_to_who_answered()
    {
        var row = DrillRow.View.Build(Of((Id, Fight), (Id, Took)))[Id];
        Assert.Null(DrillTold.Of(row, Ana.Id));
        var over = row with { Decided = Decided(DrillAnswer.Confirmed, true) };
        Assert.Equal(new(true, null, DrillAnswer.Confirmed, true, 10, 20), DrillTold.Of(over, Ana.Id));
        Assert.Equal(new(null, null, null, null, null, null), DrillTold.Of(over, Bek.Id));
        Assert.Equal(new(null, DrillEnd.RealWork, null, null, null, null), DrillTold.Of(row with { Ended = Ended(DrillEnd.RealWork, 40, 10) }, Ana.Id));
    }
}
