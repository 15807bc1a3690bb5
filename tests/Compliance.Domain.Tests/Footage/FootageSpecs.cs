using Compliance.Domain.Access;
using Compliance.Domain.Alerts;
using Compliance.Domain.Footage;
using Compliance.Domain.Tests.Kernel;
using Compliance.Domain.Venues;
using static Compliance.Domain.Footage.FootageCommand;
using static Compliance.Domain.Footage.FootageRequest;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Footage;

public sealed class FootageSpecs
{
    static readonly Guid Id = new("00000000-0000-0000-0000-0000000000f1"), Venue = new("00000000-0000-0000-0000-00000000000a"), Hall = new("00000000-0000-0000-0000-0000000000c1"), Door = new("00000000-0000-0000-0000-0000000000c2"),
        Officer = new("00000000-0000-0000-0000-0000000000d1"), Other = new("00000000-0000-0000-0000-0000000000d2"), Basis = new("00000000-0000-0000-0000-0000000000b1"), File = new("00000000-0000-0000-0000-0000000000e1");

    static readonly string Hash = new('a', 64);
    static readonly TimeSpan Term = TimeSpan.FromHours(48);

    static readonly Request Asked = new(Id, Venue, " УП Медеу ", AccessPurpose.CrimeUnderInvestigation, "ЕРДР-2026/17", [Door, Hall, Hall], Noon.AddHours(-3), Noon.AddHours(-1), Officer, [Basis], Noon, Term);
    static readonly FootageEvent.Requested Given = new(Id, Venue, Officer, "УП Медеу", AccessPurpose.CrimeUnderInvestigation, "ЕРДР-2026/17", [Hall, Door], Noon.AddHours(-3), Noon.AddHours(-1), [Basis], Noon, Noon + Term);
    static readonly FootageEvent.FileKept Kept = new(Id, Venue, File, Hall, Hash, 1000, Noon.AddHours(1));
    static readonly FootageEvent.Answered Told = new(Id, Venue, [new(Door, FootageReason.Overwritten)], Noon.AddHours(2));
    static readonly FootageEvent.Withdrawn Back = new(Id, Venue, Officer, Noon.AddHours(1));
    static readonly FootageEvent.Held Held = new(Id, Venue, "ЕРДР-2026/17", new(2027, 1, 1), Officer, Noon.AddDays(1));
    static readonly FootageEvent.FileErased Gone = new(Id, Venue, File, Hash, Noon.AddDays(31));

    [Fact] public void It_names_cameras_hours_case_and_term() => Decider.Given().When(Asked).Then(Given);
    [Fact] public void A_second_knock_asks_nothing_more_even_later() => Decider.Given(Given).When(Asked with { At = Noon.AddHours(5) }).ThenNothing();
    [Fact] public void Another_request_has_another_id() => Decider.Given(Given).When(Asked with { CaseNumber = "ЕРДР-2026/18" }).ThenRefused("footage.already-requested");
    [Fact] public void Not_without_a_camera() => Decider.Given().When(Asked with { Cameras = [] }).ThenRefused("footage.no-camera", "cameras");
    [Fact] public void Not_of_too_many() => Decider.Given().When(Asked with { Cameras = [.. Enumerable.Range(0, 10).Select(_ => Guid.NewGuid())] }).ThenRefused("footage.too-many-cameras", "cameras");
    [Fact] public void Six_hours_at_most() => Decider.Given().When(Asked with { From = Noon.AddHours(-8) }).ThenRefused("footage.period-long", "to");
    [Fact] public void Six_hours_pass() => Decider.Given().When(Asked with { From = Noon.AddHours(-7) }).Then(Given with { From = Noon.AddHours(-7) });
    [Fact] public void Not_backward() => Decider.Given().When(Asked with { To = Asked.From }).ThenRefused("footage.period-backward", "to");
    [Fact] public void Not_of_what_is_to_come() => Decider.Given().When(Asked with { To = Noon.AddMinutes(1) }).ThenRefused("footage.period-future", "to");
    [Fact] public void Not_without_a_unit() => Decider.Given().When(Asked with { Unit = "" }).ThenRefused("footage.unit-missing", "unit");
    [Theory, InlineData(""), InlineData("драка в зале"), InlineData("Иванов Иван")] public void Not_without_a_number(string number) => Decider.Given().When(Asked with { CaseNumber = number }).ThenRefused("footage.case-malformed", "caseNumber");
    [Fact] public void Not_without_a_basis() => Decider.Given().When(Asked with { BasisIds = [] }).ThenRefused("footage.no-basis");

    [Fact] public void A_file_that_came_whole_is_kept() => Decider.Given(Given).When(new KeepFile(File, Hall, Hash, 1000, Noon.AddHours(1))).Then(Kept);
    [Fact] public void Once() => Decider.Given(Given, Kept).When(new KeepFile(File, Hall, Hash, 1000, Noon.AddHours(2))).ThenNothing();
    [Fact] public void Under_one_id_lies_one_file() => Decider.Given(Given, Kept).When(new KeepFile(File, Hall, new('b', 64), 1000, Noon.AddHours(2))).ThenRefused("footage.file-changed");
    [Fact] public void Only_of_a_camera_that_was_asked() => Decider.Given(Given).When(new KeepFile(File, Guid.NewGuid(), Hash, 1, Noon)).ThenRefused("footage.camera-not-asked", "deviceId");
    [Fact] public void Not_after_it_was_answered() => Decider.Given(Given, Kept, Told).When(new KeepFile(Guid.NewGuid(), Hall, Hash, 1, Noon)).ThenRefused("footage.answered");

    [Fact] public void What_was_erased_by_its_term_is_no_file_any_more() => Decider.Given(Given, Kept, Gone).When(new Answer(Told.Missing, Told.At)).ThenRefused("footage.answer-incomplete", "missing");
    [Fact] public void Its_camera_has_a_reason_then() => Decider.Given(Given, Kept, Gone).When(new Answer([new(Door, FootageReason.Overwritten), new(Hall, FootageReason.Overwritten)], Gone.At)).Then(new FootageEvent.Answered(Id, Venue, [new(Hall, FootageReason.Overwritten), new(Door, FootageReason.Overwritten)], Gone.At));

    static readonly FootageEvent.FileRemoved Removed = new(Id, Venue, File, Hash, Other, Noon.AddHours(2));
    [Fact] public void What_came_by_mistake_the_venue_takes_away() => Decider.Given(Given, Kept).When(new RemoveFile(File, Other, Removed.At)).Then(Removed);
    [Fact] public void It_takes_it_away_once() => Decider.Given(Given, Kept, Removed).When(new RemoveFile(File, Other, Removed.At)).ThenNothing();
    [Fact] public void It_takes_away_only_what_came() => Decider.Given(Given).When(new RemoveFile(File, Other, Removed.At)).ThenRefused("footage.file-unknown");
    [Fact] public void It_takes_nothing_away_that_it_gave_as_its_answer() => Decider.Given(Given, Kept, Told).When(new RemoveFile(File, Other, Removed.At)).ThenRefused("footage.answered");
    [Fact] public void It_takes_nothing_away_that_is_held_for_a_case() => Decider.Given(Given, Kept, Held).When(new RemoveFile(File, Other, Removed.At)).ThenRefused("footage.held");
    [Fact] public void What_it_took_away_is_no_answer() => Decider.Given(Given, Kept, Removed).When(new Answer(Told.Missing, Told.At)).ThenRefused("footage.answer-incomplete", "missing");
    [Fact] public void What_it_took_away_comes_back_under_another_id() => Decider.Given(Given, Kept, Removed).When(new KeepFile(File, Hall, Hash, 1000, Noon.AddHours(3))).ThenRefused("footage.file-removed");

    [Fact] public void Each_camera_has_a_file_or_a_reason() => Decider.Given(Given, Kept).When(new Answer(Told.Missing, Told.At)).Then(Told);
    [Fact] public void One_that_has_neither_is_no_answer() => Decider.Given(Given, Kept).When(new Answer([], Told.At)).ThenRefused("footage.answer-incomplete", "missing");
    [Fact] public void Nor_one_that_has_both() => Decider.Given(Given, Kept).When(new Answer([new(Door, FootageReason.Overwritten), new(Hall, FootageReason.NotRecorded)], Told.At)).ThenRefused("footage.answer-twofold", "missing");
    [Fact] public void Nothing_can_be_had_of_any() => Decider.Given(Given).When(new Answer([new(Door, FootageReason.RecorderFailed), new(Hall, FootageReason.RecorderFailed)], Told.At)).Then(new FootageEvent.Answered(Id, Venue, [new(Hall, FootageReason.RecorderFailed), new(Door, FootageReason.RecorderFailed)], Told.At));
    [Fact] public void A_late_answer_counts() => Decider.Given(Given, new FootageEvent.Overdue(Id, Venue, Given.Due), Kept).When(new Answer(Told.Missing, Noon.AddDays(5))).Then(Told with { At = Noon.AddDays(5) });

    [Fact] public void The_term_passes() => Decider.Given(Given).When(new Assess(Given.Due)).Then(new FootageEvent.Overdue(Id, Venue, Given.Due));
    [Fact] public void Not_before() => Decider.Given(Given).When(new Assess(Given.Due.AddTicks(-1))).ThenNothing();
    [Fact] public void Not_of_what_was_answered() => Decider.Given(Given, Kept, Told).When(new Assess(Given.Due.AddDays(1))).ThenNothing();
    [Fact] public void Not_of_what_was_taken_back() => Decider.Given(Given, Back).When(new Assess(Given.Due.AddDays(1))).ThenNothing();

    [Fact] public void Who_asked_takes_it_back() => Decider.Given(Given).When(new Withdraw(new(Officer, false), Back.At)).Then(Back);
    [Fact] public void And_a_shift_lead() => Decider.Given(Given).When(new Withdraw(new(Other, true), Back.At)).Then(Back with { By = Other });
    [Fact] public void Nobody_else() => Decider.Given(Given).When(new Withdraw(new(Other, false), Back.At)).ThenRefused("footage.not-yours");
    [Fact] public void Not_once_it_was_answered() => Decider.Given(Given, Kept, Told).When(new Withdraw(new(Officer, false), Back.At)).ThenRefused("footage.answered");
    [Fact] public void What_was_taken_back_is_not_answered() => Decider.Given(Given, Back).When(new Answer([], Noon)).ThenRefused("footage.withdrawn");

    [Fact] public void Who_takes_a_file_over_when_and_until_when_is_a_fact() => Decider.Given(Given, Kept, Told).When(new TakeOver(File, Other, new('c', 64), Noon.AddDays(1)))
        .Then(new FootageEvent.TakenOver(Id, Venue, File, Other, Hash, new('c', 64), VenueZone.Day(Noon.AddDays(31)), Noon.AddDays(1)));
    [Fact] public void A_hold_lets_him_keep_it_longer() => Decider.Given(Given, Kept, Told, Held).When(new TakeOver(File, Other, null, Noon.AddDays(1)))
        .Then(new FootageEvent.TakenOver(Id, Venue, File, Other, Hash, null, Held.Until, Noon.AddDays(1)));
    [Fact] public void Nothing_is_taken_before_the_venue_gave_it() => Decider.Given(Given, Kept).When(new TakeOver(File, Other, null, Noon.AddDays(1))).ThenRefused("footage.unanswered");
    [Fact] public void What_is_gone_is_not_taken() => Decider.Given(Given, Kept, Told, Gone).When(new TakeOver(File, Other, null, Noon.AddDays(32))).ThenRefused("footage.file-unknown");

    [Fact] public void It_is_held_for_a_case_until_a_day() => Decider.Given(Given, Kept).When(new Hold(" ЕРДР-2026/17 ", Held.Until, Officer, Held.At)).Then(Held);
    [Fact] public void Never_shorter() => Decider.Given(Given, Kept, Held).When(new Hold("ЕРДР-2026/17", Held.Until.AddDays(-1), Officer, Held.At)).ThenRefused("footage.hold-shorter", "until");
    [Fact] public void Not_what_is_not_there() => Decider.Given(Given).When(new Hold("ЕРДР-2026/17", Held.Until, Officer, Held.At)).ThenRefused("footage.nothing-kept");
    [Fact] public void Not_for_ever() => Decider.Given(Given, Kept).When(new Hold("ЕРДР-2026/17", new(2040, 1, 1), Officer, Held.At)).ThenRefused("footage.hold-impossible", "until");
    [Fact] public void Not_before_its_month_is_over() => Decider.Given(Given, Kept).When(new EraseFile(File, Kept.At.AddDays(29))).ThenNothing();
    [Fact] public void And_not_while_it_is_held() => Decider.Given(Given, Kept, Held).When(new EraseFile(File, Compliance.Domain.Venues.VenueZone.Midnight(Held.Until.AddDays(1)).AddTicks(-1))).ThenNothing();
    [Fact] public void What_was_erased_does_not_come_again_under_its_id() => Decider.Given(Given, Kept, Gone).When(new KeepFile(File, Kept.DeviceId, Kept.Sha256, Kept.Bytes, Noon.AddDays(40))).ThenRefused("footage.file-erased");
    [Fact] public void It_is_erased_once() => Decider.Given(Given, Kept, Gone).When(new EraseFile(File, Noon.AddDays(40))).ThenNothing();

    [Fact]
    public void What_waits_stands_on_top_the_one_due_first()
    {
        var rows = FootageRow.View.Build(Of((Other, Given with { RequestId = Other }), (Other, Told with { RequestId = Other }), (Id, Given), (Hall, Given with { RequestId = Hall, Due = Given.Due.AddHours(-1) })));
        Assert.Equal([Hall, Id, Other], rows.Values.OrderBy(FootageRow.View.SortOf, StringComparer.Ordinal).Select(row => row.Card.RequestId));
    }

    [Fact]
    public void A_hold_survives_the_usual_term_and_what_is_erased_first_stands_on_top()
    {
        FootageEvent[] held = [Given, Kept, Held], other = [Given with { RequestId = Other }, Kept with { RequestId = Other }];
        var rows = KeptFootage.View.Build(Of([.. held.Select(f => (Id, (object)f)), .. other.Select(f => (Other, (object)f))]));
        Assert.Equal(VenueZone.Midnight(Held.Until.AddDays(1)), rows[Id].Until);
        Assert.Equal(Kept.At + KeptFor, rows[Other].Until);
        Assert.Equal([Other, Id], rows.Values.OrderBy(KeptFootage.View.SortOf, StringComparer.Ordinal).Select(row => row.RequestId));
        Assert.Empty(KeptFootage.View.Build(Of((Id, Given), (Id, Kept), (Id, Gone))));
        Assert.Empty(KeptFootage.View.Build(Of((Id, Given), (Id, Kept), (Id, Removed))));
    }
}
