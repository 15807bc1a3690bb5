using Compliance.Domain.Access;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Access.AccessCommand;
using static Compliance.Domain.Access.AccessSession;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Access;

public sealed class AccessSessionSpecs
{
    static readonly Guid Id = new("00000000-0000-0000-0000-0000000000a1"), Venue = new("00000000-0000-0000-0000-00000000000a"), View = new("00000000-0000-0000-0000-0000000000b1"),
        Camera = new("00000000-0000-0000-0000-00000000000c"), Other = new("00000000-0000-0000-0000-00000000000d"),
        Officer = new("00000000-0000-0000-0000-0000000000e1"), Supervisor = new("00000000-0000-0000-0000-0000000000e2"), Basis = new("00000000-0000-0000-0000-0000000000f1");
    static readonly AccessEvent.Opened Opened = new(Id, Venue, Officer, "ЦОУ-2", AccessPurpose.CallTo102, "102-4711", null, false, [Camera], [Basis], At(0), At(15), At(0) + SealedFor);
    static readonly AccessEvent.Opened Urgent = Opened with { CaseNumber = null, Urgent = true };
    static readonly AccessEvent.Closed ClosedInTime = new(Id, Venue, At(15), AccessEnd.TimeEnded);
    static readonly string Hash = new('a', 64);
    static readonly Writing Words = new(Other, Supervisor, Hash);
    static readonly AccessEvent.Reviewed Justified = new(Id, Venue, Supervisor, true, Words);

    static DateTimeOffset At(double minutes) => Noon.AddMinutes(minutes);

    static Open Ask(string? number = "102-4711", string unit = "ЦОУ-2", bool urgent = false, int? minutes = null, Guid[]? bases = null, params Guid[] cameras) =>
        new(Id, Venue, unit, AccessPurpose.CallTo102, number, null, urgent, cameras is [] ? [Camera] : cameras, minutes, Officer, bases ?? [Basis], At(0));

    [Fact] public void It_is_opened_with_a_reason_and_for_a_quarter_of_an_hour() => Decider.Given().When(Ask()).Then(Opened);
    [Fact] public void A_second_knock_opens_nothing_even_later() => Decider.Given(Opened).When(Ask() with { At = At(3), BasisIds = [] }).ThenNothing();
    [Fact] public void Another_session_has_another_id() => Decider.Given(Opened).When(Ask(number: "102-4712")).ThenRefused("access.already-opened");
    [Fact] public void Nobody_else_opens_it_again() => Decider.Given(Opened).When(Ask() with { OfficerId = Supervisor }).ThenRefused("access.already-opened");
    [Fact] public void Without_a_basis_nobody_looks() => Decider.Given().When(Ask(bases: [])).ThenRefused("access.no-basis");
    [Fact] public void Without_a_basis_not_even_at_once() => Decider.Given().When(Ask(number: null, urgent: true, bases: [])).ThenRefused("access.no-basis");
    [Fact] public void It_names_a_case() => Decider.Given().When(Ask(number: null)).ThenRefused("access.case-missing", "caseNumber");
    [Fact] public void It_may_be_opened_at_once_where_it_is_urgent() => Decider.Given().When(Ask(number: null, urgent: true)).Then(Urgent);
    [Fact] public void An_incident_of_the_desk_is_reason_enough() =>
        Decider.Given().When(Ask(number: null) with { IncidentId = View }).Then(Opened with { CaseNumber = null, IncidentId = View });
    [Fact] public void It_names_cameras() => Decider.Given().When(Ask() with { Cameras = [] }).ThenRefused("access.no-camera", "cameras");
    [Fact] public void It_names_a_few_cameras() => Decider.Given().When(Ask() with { Cameras = [.. Enumerable.Range(0, 10).Select(_ => Guid.NewGuid())] }).ThenRefused("access.too-many-cameras", "cameras");
    [Fact] public void It_names_a_unit() => Decider.Given().When(Ask(unit: " ")).ThenRefused("access.unit-missing", "unit");
    [Fact] public void It_is_not_opened_for_a_night() => Decider.Given().When(Ask(minutes: 61)).ThenRefused("access.minutes-out-of-range", "minutes");

    [Theory, InlineData("Асанов Ержан"), InlineData("a quarrel at the bar 3"), InlineData("ab"), InlineData("дело-о-краже"), InlineData("АсановЕржан1"), InlineData("<b>12</b>")]
    public void A_number_tells_no_name_and_no_story(string number) => Decider.Given().When(Ask(number: number)).ThenRefused("access.case-malformed", "caseNumber");

    [Theory, InlineData("102-4711"), InlineData("№2317/5"), InlineData("ЕРДР-237540031000123")]
    public void A_number_is_as_registers_write_it(string number) => Decider.Given().When(Ask(number: number)).Then(Opened with { CaseNumber = number });

    [Fact] public void It_is_extended_with_a_reason() => Decider.Given(Opened).When(new Extend(ExtensionReason.WaitingForUnit, Officer, At(10))).Then(new AccessEvent.Extended(Id, Venue, ExtensionReason.WaitingForUnit, At(25)));
    [Fact] public void Extended_twice_at_one_instant_it_is_extended_once() =>
        Decider.Given(Opened, new AccessEvent.Extended(Id, Venue, ExtensionReason.WaitingForUnit, At(25))).When(new Extend(ExtensionReason.WaitingForUnit, Officer, At(10))).ThenNothing();
    [Fact] public void Only_its_officer_extends_it() => Decider.Given(Opened).When(new Extend(ExtensionReason.WaitingForUnit, Supervisor, At(10))).ThenRefused("access.not-yours");
    [Fact] public void What_is_over_is_not_extended() => Decider.Given(Opened).When(new Extend(ExtensionReason.WaitingForUnit, Officer, At(15))).ThenRefused("access.over");
    [Fact] public void It_never_lasts_longer_than_four_hours() => Decider.Given(Opened, new AccessEvent.Extended(Id, Venue, ExtensionReason.StillGoingOn, At(235)))
        .When(new Extend(ExtensionReason.StillGoingOn, Officer, At(230))).Then(new AccessEvent.Extended(Id, Venue, ExtensionReason.StillGoingOn, At(240)));
    [Fact] public void After_four_hours_it_needs_a_new_reason() => Decider.Given(Opened, new AccessEvent.Extended(Id, Venue, ExtensionReason.StillGoingOn, At(240)))
        .When(new Extend(ExtensionReason.StillGoingOn, Officer, At(239))).ThenRefused("access.longest");

    [Fact] public void It_ends_by_itself() => Decider.Given(Opened).When(new Assess(At(16), null)).Then(ClosedInTime);
    [Fact] public void While_its_time_runs_it_goes_on() => Decider.Given(Opened).When(new Assess(At(14), null)).ThenNothing();
    [Fact] public void Asking_twice_ends_it_once() => Decider.Given(Opened, ClosedInTime).When(new Assess(At(17), null)).ThenNothing();
    [Fact] public void It_ends_with_its_basis() => Decider.Given(Opened).When(new Assess(At(4), AccessEnd.BasisEnded)).Then(new AccessEvent.Closed(Id, Venue, At(4), AccessEnd.BasisEnded));
    [Fact] public void Its_officer_closes_it() => Decider.Given(Opened).When(new Close(Officer, At(4))).Then(new AccessEvent.Closed(Id, Venue, At(4), AccessEnd.ByOfficer));
    [Fact] public void A_supervisor_closes_it() => Decider.Given(Opened).When(new Close(Supervisor, At(4))).Then(new AccessEvent.Closed(Id, Venue, At(4), AccessEnd.BySupervisor));
    [Fact] public void Closed_too_late_it_had_ended_by_itself() => Decider.Given(Opened).When(new Close(Officer, At(20))).Then(ClosedInTime);

    [Fact] public void What_was_shown_is_told() => Decider.Given(Opened).When(new NoteView(View, Camera, At(1), At(2))).Then(new AccessEvent.CameraViewed(Id, Venue, View, Camera, At(1), At(2)));
    [Fact] public void What_was_shown_is_told_after_the_end() => Decider.Given(Opened, ClosedInTime).When(new NoteView(View, Camera, At(1), At(15))).Then(new AccessEvent.CameraViewed(Id, Venue, View, Camera, At(1), At(15)));
    [Fact] public void It_is_told_once() => Decider.Given(Opened, new AccessEvent.CameraViewed(Id, Venue, View, Camera, At(1), At(2)), ClosedInTime).When(new NoteView(View, Camera, At(1), At(2))).ThenNothing();

    [Fact] public void A_still_stands_in_the_log() => Decider.Given(Opened).When(new TakeStill(Camera, Hash, Officer, At(3))).Then(new AccessEvent.StillTaken(Id, Venue, Camera, At(3), Hash));
    [Fact] public void A_still_comes_with_its_hash() => Decider.Given(Opened).When(new TakeStill(Camera, "abc", Officer, At(3))).ThenRefused("access.hash-malformed", "sha256");
    [Fact] public void A_still_is_of_a_camera_that_was_named() => Decider.Given(Opened).When(new TakeStill(Other, Hash, Officer, At(3))).ThenRefused("access.camera-not-named", "deviceId");
    [Fact] public void A_still_is_its_officer_s() => Decider.Given(Opened).When(new TakeStill(Camera, Hash, Supervisor, At(3))).ThenRefused("access.not-yours");
    [Fact] public void No_still_after_the_end() => Decider.Given(Opened).When(new TakeStill(Camera, Hash, Officer, At(15))).ThenRefused("access.over");

    [Fact] public void An_urgent_one_is_overdue_after_a_day() => Decider.Given(Urgent, ClosedInTime).When(new Assess(At(24 * 60), null)).Then(new AccessEvent.ReviewOverdue(Id, Venue, At(24 * 60)));
    [Fact] public void Overdue_is_said_once() => Decider.Given(Urgent, ClosedInTime, new AccessEvent.ReviewOverdue(Id, Venue, At(24 * 60))).When(new Assess(At(24 * 61), null)).ThenNothing();
    [Fact] public void One_with_a_case_is_never_overdue() => Decider.Given(Opened, ClosedInTime).When(new Assess(At(24 * 60), null)).ThenNothing();
    [Fact] public void A_reviewed_one_is_not_overdue() => Decider.Given(Urgent, ClosedInTime, Justified).When(new Assess(At(24 * 60), null)).ThenNothing();
    [Fact] public void Somebody_else_reviews_it() => Decider.Given(Urgent, ClosedInTime).When(new Review(false, Words, Supervisor)).Then(Justified with { Justified = false });
    [Fact] public void Nobody_reviews_himself() => Decider.Given(Urgent, ClosedInTime).When(new Review(true, Words, Officer)).ThenRefused("access.own-review");
    [Fact] public void A_review_has_grounds() => Assert.Equal(new Refusal("access.grounds-missing", "A review says on which grounds.", "grounds"), WordsRefused(" "));
    [Fact] public void Grounds_are_no_story() => Assert.Equal(("access.grounds-long", null), (WordsRefused(new('x', 301))?.Code, WordsRefused(new('x', 300))));
    [Fact] public void Grounds_that_were_stored_are_still_read_and_never_written_again()
    {
        var old = new AccessReviewedV1(Id, Venue, Supervisor, true, "stabbing");
        Assert.Equal("stabbing", AccessRow.View.Build(Of((Id, Urgent), (Id, old))).Values.Single().Review!.Grounds);
        Assert.DoesNotContain("stabbing", System.Text.Encoding.UTF8.GetString(EventCatalog.Encode(old.Upcast())), StringComparison.Ordinal);
    }
    [Fact] public void It_is_reviewed_once() => Decider.Given(Urgent, ClosedInTime, Justified).When(new Review(false, Words, Supervisor)).ThenRefused("access.reviewed");
    [Fact] public void What_is_unknown_is_not_closed() => Decider.Given().When(new Close(Officer, At(1))).ThenRefused("access.unknown");
}
