using Compliance.Domain.Alerts;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Alerts.Incident;
using static Compliance.Domain.Alerts.IncidentCommand;
using static Compliance.Domain.Tests.Alerts.Sights;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Alerts;

public sealed class IncidentSpecs
{
    static readonly Officer Ana = new(new("00000000-0000-0000-0000-0000000000e1"), false);
    static readonly Officer Bek = new(new("00000000-0000-0000-0000-0000000000e2"), false);
    static readonly Officer Lead = new(new("00000000-0000-0000-0000-0000000000e3"), true);

    static readonly IncidentEvent.Opened Opened = new(Inc, Venue, District, Fight, Noon);
    static readonly IncidentEvent.AlertGathered Gathered = new(Inc, Venue, Fire, At(20));
    static readonly IncidentEvent.Taken TakenByAna = new(Inc, Venue, Ana.Id, At(10));
    static readonly IncidentEvent.Confirmed ConfirmedByAna = new(Inc, Venue, Ana.Id, [Id], At(15));
    static readonly IncidentEvent.Rejected RejectedByAna = new(Inc, Venue, Ana.Id, RejectReason.Dance, null, [Id], At(15));
    static readonly IncidentEvent.Dispatched Sent = new(Inc, Venue, Ana.Id, At(18));
    static readonly IncidentEvent.Arrived There = new(Inc, Venue, Bek.Id, At(300));
    static readonly IncidentEvent.Closed Done = new(Inc, Venue, Ana.Id, IncidentOutcome.SettledOnSite, null, [Id], At(600));

    static readonly Writing Words = new(Other, Ana.Id, new('e', 64));

    static DateTimeOffset At(double seconds) => Noon.AddSeconds(seconds);

    static Given<Incident, IncidentCommand, IncidentEvent> Given(params IncidentEvent[] facts) => Decider.Given([Opened, .. facts]);

    [Fact] public void It_opens_with_its_first_alert() => Decider.Given().When(new Gather(Inc, Venue, District, Fight, Noon)).Then(Opened);
    [Fact] public void It_gathers_what_belongs_to_it() => Given().When(new Gather(Inc, Venue, District, Fire, At(20))).Then(Gathered);
    [Fact] public void Nothing_that_comes_while_it_is_closed_is_lost() => Given(TakenByAna, ConfirmedByAna, Done).When(new Gather(Inc, Venue, District, Fire, At(700)))
        .Then(new IncidentEvent.Reopened(Inc, Venue, At(700)), Gathered with { At = At(700) });

    // Taking
    [Fact] public void Somebody_takes_it() => Given().When(new Take(Ana, At(10))).Then(TakenByAna);
    [Fact] public void It_is_one_persons() => Given(TakenByAna).When(new Take(Bek, At(11))).ThenRefused("policeincident.taken");
    [Fact] public void The_shift_lead_takes_it_over() => Given(TakenByAna).When(new Take(Lead, At(60))).Then(TakenByAna with { By = Lead.Id, At = At(60) });
    [Fact] public void Who_was_sent_stays_sent_when_it_is_taken_over() => Given(TakenByAna, ConfirmedByAna, Sent, TakenByAna with { By = Lead.Id }).When(new Confirm(Lead, At(60))).ThenNothing();

    // Escalation
    [Theory, InlineData(29), InlineData(0)] public void Half_a_minute_it_waits(double seconds) => Given().When(new Assess(At(seconds), "Алмалы", new())).ThenNothing();
    [Fact] public void Then_it_goes_to_the_neighbour() => Given().When(new Assess(At(30), "Алмалы", new())).Then(Neighbour(30));
    [Fact] public void Then_to_the_shift_lead() => Given(Neighbour(30)).When(new Assess(At(90), "Алмалы", new())).Then(ToLead(90));
    [Fact] public void A_missed_tick_is_made_up() => Given().When(new Assess(At(3600), "Алмалы", new())).Then(Neighbour(3600), ToLead(3600));
    [Fact] public void Where_no_district_is_next_the_lead_is() => Given().When(new Assess(At(90), null, new())).Then(ToLead(90));
    [Fact] public void What_is_taken_escalates_no_more() => Given(TakenByAna).When(new Assess(At(3600), "Алмалы", new())).ThenNothing();
    [Fact] public void What_nobody_ever_took_leaves_the_desk_and_is_counted() =>
        Given(Neighbour(30), ToLead(90)).When(new Assess(Noon.AddHours(12), "Алмалы", new())).Then(new IncidentEvent.Lapsed(Inc, Venue, Noon.AddHours(12)));

    static IncidentEvent.Escalated Neighbour(double s) => new(Inc, Venue, EscalatedTo.Neighbour, "Алмалы", At(s));
    static IncidentEvent.Escalated ToLead(double s) => new(Inc, Venue, EscalatedTo.ShiftLead, null, At(s));

    // A human decides
    [Fact] public void Nobody_is_sent_before_a_person_confirmed()
    {
        Given().When(new Dispatch(Ana, At(18))).ThenRefused("policeincident.unconfirmed");
        Given(TakenByAna).When(new Dispatch(Ana, At(18))).ThenRefused("policeincident.unconfirmed");
        Given(TakenByAna).When(new Dispatch(Lead, At(18))).ThenRefused("policeincident.unconfirmed");
        Given(TakenByAna, ConfirmedByAna, new IncidentEvent.Undone(Inc, Venue, Ana.Id, IncidentStep.Confirmed, [Id], At(16))).When(new Dispatch(Ana, At(18))).ThenRefused("policeincident.unconfirmed");
        Given(TakenByAna, ConfirmedByAna).When(new Dispatch(Ana, At(18))).Then(Sent);
    }

    [Fact] public void Whoever_judges_it_answers_for_it() => Given().When(new Confirm(Ana, At(15))).ThenRefused("policeincident.untaken");
    [Fact] public void It_is_confirmed_by_who_took_it()
    {
        Given(TakenByAna).When(new Confirm(Ana, At(15))).Then(ConfirmedByAna);
        Given(TakenByAna).When(new Confirm(Bek, At(15))).ThenRefused("policeincident.taken");
        Given(TakenByAna, Gathered).When(new Confirm(Ana, At(15))).Then(ConfirmedByAna with { Alerts = [Id, Other] });
    }

    [Fact] public void It_is_rejected_for_a_reason_that_can_be_counted()
    {
        Given(TakenByAna).When(new Reject(RejectReason.Dance, null, Ana, At(15))).Then(RejectedByAna);
        Given(TakenByAna).When(new Reject(RejectReason.Other, null, Ana, At(15))).ThenRefused("policeincident.grounds-missing", "grounds");
        Given(TakenByAna).When(new Reject(RejectReason.Other, Words, Ana, At(15))).Then(RejectedByAna with { Reason = RejectReason.Other, Said = Words });
        Given(TakenByAna, RejectedByAna with { Reason = RejectReason.Other, Said = Words }).When(new Reject(RejectReason.Other, Words, Ana, At(16))).ThenNothing();
        Assert.Equal("policeincident.grounds-long", WordsRefused(new('x', 1001))?.Code);
        Assert.Null(WordsRefused(new('x', 1000)));
        Given(TakenByAna, RejectedByAna).When(new Reject(RejectReason.Staff, null, Ana, At(15))).ThenRefused("policeincident.over");
        Given(TakenByAna, ConfirmedByAna).When(new Reject(RejectReason.Dance, null, Ana, At(16))).ThenRefused("policeincident.confirmed");
        Given(TakenByAna, ConfirmedByAna, Sent).When(new Reject(RejectReason.Dance, null, Ana, At(30))).ThenRefused("policeincident.dispatched");
    }

    [Fact] public void What_was_stored_in_words_is_still_read_and_never_written_again()
    {
        var (rejected, closed) = (new IncidentRejectedV1(Inc, Venue, Ana.Id, RejectReason.Other, "a wedding", [Id], At(15)), new IncidentClosedV1(Inc, Venue, Ana.Id, IncidentOutcome.Other, "a wedding", [Id], At(600)));
        Assert.Equal("a wedding", IncidentCard.View.Build(Of((Inc, Opened), (Inc, TakenByAna), (Inc, rejected)))[Inc].Grounds);
        Assert.Equal("a wedding", IncidentCard.View.Build(Of((Inc, Opened), (Inc, TakenByAna), (Inc, ConfirmedByAna), (Inc, closed)))[Inc].Grounds);
        Assert.All((IUpcast[])[rejected, closed], fact => Assert.DoesNotContain("wedding", System.Text.Encoding.UTF8.GetString(EventCatalog.Encode(fact.Upcast())), StringComparison.Ordinal));
    }

    // Taking back
    [Fact] public void What_was_just_done_is_taken_back()
    {
        Given(TakenByAna).When(new Undo(IncidentStep.Taken, Ana, At(20))).Then(Undone(IncidentStep.Taken, 20));
        Given(TakenByAna, ConfirmedByAna).When(new Undo(IncidentStep.Confirmed, Ana, At(25))).Then(Undone(IncidentStep.Confirmed, 25));
        Given(TakenByAna, RejectedByAna).When(new Undo(IncidentStep.Rejected, Ana, At(25))).Then(Undone(IncidentStep.Rejected, 25));
        Given(TakenByAna, RejectedByAna, Undone(IncidentStep.Rejected, 25)).When(new Confirm(Ana, At(30))).Then(ConfirmedByAna with { At = At(30) });
    }

    [Fact] public void That_somebody_arrived_or_that_it_is_over_is_taken_back_by_who_said_so()
    {
        IncidentEvent.Undone arrived = Undone(IncidentStep.Arrived, 305) with { By = Bek.Id }, closed = Undone(IncidentStep.Closed, 605);
        IncidentEvent[] there = [TakenByAna, ConfirmedByAna, Sent, There];
        Given(there).When(new Undo(IncidentStep.Arrived, Bek, At(305))).Then(arrived);
        Given(there).When(new Undo(IncidentStep.Arrived, Ana, At(305))).ThenRefused("policeincident.taken");
        Given(there).When(new Undo(IncidentStep.Arrived, Bek, At(311))).ThenRefused("policeincident.undo-late");
        Given([.. there, arrived]).When(new Arrive(Ana, At(400))).Then(There with { By = Ana.Id, At = At(400) });
        Given([.. there, arrived]).When(new Undo(IncidentStep.Arrived, Bek, At(306))).ThenNothing();
        Given([.. there, Done]).When(new Undo(IncidentStep.Closed, Ana, At(605))).Then(closed);
        Given([.. there, Done]).When(new Undo(IncidentStep.Arrived, Bek, At(605))).ThenRefused("policeincident.over");
        Given([.. there, Done, closed]).When(new Close(IncidentOutcome.NothingFound, null, Bek, At(620))).Then(Done with { By = Bek.Id, Outcome = IncidentOutcome.NothingFound, At = At(620) }); // whoever is there still is
        Given(TakenByAna, ConfirmedByAna, Done, closed).When(new Dispatch(Ana, At(620))).Then(Sent with { At = At(620) });
    }

    [Fact] public void Not_later_and_not_by_another()
    {
        Given(TakenByAna).When(new Undo(IncidentStep.Taken, Ana, At(20.1))).ThenRefused("policeincident.undo-late");
        Given(TakenByAna).When(new Undo(IncidentStep.Taken, Lead, At(11))).ThenRefused("policeincident.taken");
        Given(TakenByAna, ConfirmedByAna, Sent).When(new Undo(IncidentStep.Confirmed, Ana, At(19))).ThenRefused("policeincident.dispatched");
    }

    static IncidentEvent.Undone Undone(IncidentStep step, double s) => new(Inc, Venue, Ana.Id, step, [Id], At(s));

    // To the end
    [Fact] public void It_goes_from_sent_to_arrived_to_closed()
    {
        Given(TakenByAna, ConfirmedByAna).When(new Arrive(Bek, At(300))).ThenRefused("policeincident.not-dispatched");
        Given(TakenByAna, ConfirmedByAna, Sent).When(new Arrive(Bek, At(300))).Then(There);
        Given(TakenByAna, ConfirmedByAna, Sent, There).When(new Close(IncidentOutcome.SettledOnSite, null, Ana, At(600))).Then(Done);
        Given(TakenByAna, ConfirmedByAna).When(new Close(IncidentOutcome.SettledOnSite, null, Ana, At(600))).Then(Done);
    }

    [Fact] public void It_is_not_closed_before_anybody_said_what_it_is()
    {
        Given(TakenByAna).When(new Close(IncidentOutcome.NothingFound, null, Ana, At(600))).ThenRefused("policeincident.unjudged");
        Given(TakenByAna, ConfirmedByAna).When(new Close(IncidentOutcome.Other, null, Ana, At(600))).ThenRefused("policeincident.grounds-missing", "grounds");
        Given(TakenByAna, ConfirmedByAna, Done).When(new Dispatch(Ana, At(601))).ThenRefused("policeincident.over");
    }

    // Merging
    [Fact] public void Incidents_of_one_venue_are_merged()
    {
        var merged = new IncidentEvent.Merged(Inc, Venue, Ana.Id, Inc2, [Fight], At(20));
        Given(TakenByAna).When(new Merge(Inc2, Venue, Ana, At(20))).Then(merged);
        Given(TakenByAna).When(new Merge(Inc2, Camera, Ana, At(20))).ThenRefused("policeincident.target-elsewhere", "into");
        Given(TakenByAna).When(new Merge(Inc2, null, Ana, At(20))).ThenRefused("policeincident.target-missing", "into");
        Given(TakenByAna).When(new Merge(Inc, Venue, Ana, At(20))).ThenRefused("policeincident.target-missing", "into");
        Given(TakenByAna, ConfirmedByAna, Sent).When(new Merge(Inc2, Venue, Ana, At(20))).ThenRefused("policeincident.dispatched");
        Given(TakenByAna, merged).When(new Take(Ana, At(21))).ThenRefused("policeincident.over");
        Given().When(new Absorb(Inc2, [Fight, Fire], At(20))).Then(new IncidentEvent.Absorbed(Inc, Venue, Inc2, [Fire], At(20)));
    }

    // Clips
    [Fact] public void A_clip_is_preserved_for_a_case_until_a_day()
    {
        var day = new DateOnly(2026, 12, 1);
        var held = new IncidentEvent.ClipPreserved(Inc, Venue, Id, "№17", day, Ana.Id, At(20));
        Given().When(new Preserve(Id, " №17 ", day, true, Ana, At(20))).Then(held);
        Given().When(new Preserve(Id, "the tall man by the door", day, true, Ana, At(20))).ThenRefused("policeincident.case-number-malformed", "caseNumber");
        Given().When(new Preserve(Id, " ", day, true, Ana, At(20))).ThenRefused("policeincident.case-number-missing", "caseNumber");
        Given().When(new Preserve(Id, "№17", new(2026, 5, 31), true, Ana, At(20))).ThenRefused("policeincident.hold-impossible", "until");
        Given().When(new Preserve(Other, "№17", day, true, Ana, At(20))).ThenRefused("policeincident.alert-foreign", "alertId");
        Given().When(new Preserve(Id, "№17", day, false, Ana, At(20))).ThenRefused("policeincident.clip-missing");
        Given(held).When(new Preserve(Id, "№17", day.AddDays(-1), true, Ana, At(20))).ThenRefused("policeincident.hold-shorter", "until");
    }

    [Fact] public void Whoever_is_there_says_what_came_of_it() => Given(TakenByAna, ConfirmedByAna, Sent, There).When(new Close(IncidentOutcome.SettledOnSite, null, Bek, At(600))).Then(Done with { By = Bek.Id });
    [Fact] public void Nobody_else_does() => Given(TakenByAna, ConfirmedByAna, Sent, There).When(new Close(IncidentOutcome.SettledOnSite, null, new(Guid.NewGuid(), false), At(600))).ThenRefused("policeincident.taken");

    [Fact]
    public void Whoever_has_it_in_hand_is_told_how_the_venue_is_reached_and_that_is_written_once_a_day()
    {
        var day = new DateOnly(2026, 6, 1);
        var told = new IncidentEvent.ContactsSeen(Inc, Venue, Ana.Id, day);
        Given().When(new SeeContacts(Ana, day)).ThenRefused("policeincident.untaken");
        Given(TakenByAna).When(new SeeContacts(Ana, day)).Then(told);
        Given(TakenByAna, told).When(new SeeContacts(Ana, day)).ThenNothing();
        Given(TakenByAna, told).When(new SeeContacts(Ana, day.AddDays(1))).Then(told with { On = day.AddDays(1) });
        Given(TakenByAna).When(new SeeContacts(Bek, day)).ThenRefused("policeincident.taken");
        Given(TakenByAna, told, TakenByAna with { By = Lead.Id }).When(new SeeContacts(Ana, day)).ThenRefused("policeincident.taken");
        Given(TakenByAna, ConfirmedByAna, Sent, There).When(new SeeContacts(Lead, day)).Then(told with { By = Lead.Id });
        Given(TakenByAna, told, RejectedByAna).When(new SeeContacts(Ana, day)).ThenRefused("policeincident.over");
    }

    [Fact] public void That_a_clip_was_seen_is_told_once_a_day_and_officer()
    {
        var day = new DateOnly(2026, 6, 1);
        var viewed = new IncidentEvent.ClipViewed(Inc, Venue, Id, Ana.Id, day);
        Given().When(new ViewClip(Id, Ana.Id, day)).Then(viewed);
        Given(viewed).When(new ViewClip(Id, Bek.Id, day)).Then(viewed with { By = Bek.Id });
        Given().When(new ViewClip(Other, Ana.Id, day)).ThenRefused("policeincident.alert-foreign", "alertId");
    }

    static readonly IncidentEvent.ClipUnblurred UnblurredByAna = new(Inc, Venue, Id, Ana.Id, UnblurReason.IdentifyOffender, null, Noon.AddSeconds(30));

    static Unblur Wants(Officer by, UnblurReason reason = UnblurReason.IdentifyOffender, string? number = null, double seconds = 30) => new(reason, number, Id, true, by, Noon.AddSeconds(seconds));

    [Fact] public void Whoever_has_it_in_hand_says_by_a_list_why_he_needs_a_clip_without_its_blur()
    {
        Given(TakenByAna).When(Wants(Ana)).Then(UnblurredByAna);
        Given(TakenByAna).When(Wants(Ana, UnblurReason.Other, "1723-26/04")).Then(UnblurredByAna with { Reason = UnblurReason.Other, CaseNumber = "1723-26/04" });
        Given(TakenByAna).When(Wants(Ana, UnblurReason.Other)).ThenRefused("policeincident.unblur-case", "caseNumber");
        Given(TakenByAna).When(Wants(Ana, UnblurReason.EvidenceForCase, "the tall man by the door")).ThenRefused("policeincident.unblur-case", "caseNumber");
        Given(TakenByAna).When(Wants(Ana, (UnblurReason)9)).ThenRefused("policeincident.unblur-reason", "reason");
        Given(TakenByAna).When(Wants(Ana) with { HasClip = false }).ThenRefused("policeincident.clip-missing");
        Given(TakenByAna).When(Wants(Ana) with { AlertId = Other }).ThenRefused("policeincident.alert-foreign", "alertId");
        Given(TakenByAna, UnblurredByAna).When(Wants(Ana, seconds: 60)).ThenNothing();
        Given(TakenByAna, UnblurredByAna).When(Wants(Ana, UnblurReason.IdentifyVictim, seconds: 60)).Then(UnblurredByAna with { Reason = UnblurReason.IdentifyVictim, At = Noon.AddSeconds(60) });
        Given(TakenByAna, UnblurredByAna).When(Wants(Ana, seconds: 30 + UnblurFor.TotalSeconds)).Then(UnblurredByAna with { At = Noon.AddSeconds(30) + UnblurFor });
    }

    [Fact] public void Nobody_else_takes_the_blur_off_but_the_shift_lead()
    {
        Given().When(Wants(Ana)).ThenRefused("policeincident.untaken");
        Given().When(Wants(Lead)).ThenRefused("policeincident.untaken");
        Given(TakenByAna).When(Wants(Bek)).ThenRefused("policeincident.taken");
        Given(TakenByAna).When(Wants(Lead)).Then(UnblurredByAna with { By = Lead.Id });
        Given(TakenByAna, RejectedByAna).When(Wants(Ana)).ThenRefused("policeincident.over");
        Given(TakenByAna, RejectedByAna).When(Wants(Lead)).Then(UnblurredByAna with { By = Lead.Id });
    }

    [Fact] public void A_clip_is_shown_as_it_was_recorded_only_to_whoever_said_why_and_only_for_a_while()
    {
        static string? Refused(Officer by, double seconds, params IncidentEvent[] facts) =>
            OriginalRefused(facts.Aggregate((Incident)new Unknown(), Decider.Evolve), Id, by, Noon.AddSeconds(seconds))?.Code;

        Assert.Equal("policeincident.clip-blurred", Refused(Ana, 31, Opened, TakenByAna));
        Assert.Null(Refused(Ana, 31, Opened, TakenByAna, UnblurredByAna));
        Assert.Equal("policeincident.clip-blurred", Refused(Ana, 31, Opened, TakenByAna, UnblurredByAna with { AlertId = Other }));
        Assert.Equal("policeincident.clip-blurred", Refused(Ana, 30 + UnblurFor.TotalSeconds, Opened, TakenByAna, UnblurredByAna));
        Assert.Equal("policeincident.taken", Refused(Bek, 31, Opened, TakenByAna, UnblurredByAna));
        Assert.Equal("policeincident.clip-blurred", Refused(Lead, 31, Opened, TakenByAna, UnblurredByAna));
        Assert.Equal("policeincident.taken", Refused(Ana, 31, Opened, TakenByAna, UnblurredByAna, TakenByAna with { By = Lead.Id }));
        Assert.Equal("policeincident.over", Refused(Ana, 31, Opened, TakenByAna, UnblurredByAna, RejectedByAna));
        Assert.Equal("policeincident.unknown", Refused(Ana, 31));
        Assert.Equal("policeincident.alert-foreign", OriginalRefused(Decider.Evolve(new Unknown(), Opened), Other, Ana, Noon)?.Code);
    }

    [Fact] public void Nobody_takes_what_is_not_there() => Decider.Given().When(new Take(Ana, Noon)).ThenRefused("policeincident.unknown");
}
