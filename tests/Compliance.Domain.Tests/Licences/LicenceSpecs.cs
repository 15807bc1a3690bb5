using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Tests.Kernel;
using Compliance.Domain.Venues;
using static Compliance.Domain.Licences.Licence;
using static Compliance.Domain.Licences.LicenceCommand;
using static Compliance.Domain.Tests.Licences.Stages;

namespace Compliance.Domain.Tests.Licences;

public sealed class LicenceSpecs
{
    static readonly Ruling Ruled = new(Officer, Why);

    [Fact] public void An_application_says_by_when_it_is_decided() => Decider
        .Given()
        .When(Submitting.By(Owner))
        .Then(new LicenceEvent.Applied(Club, Application, Papers, Monday, Monday.AddDays(7), Monday.AddDays(43))); // 6 July is a holiday

    [Fact] public void What_lay_with_the_applicant_is_not_the_authoritys_time() => Decider
        .Given(At("returned"))
        .When(Submitting.By(Owner, Monday.AddDays(3)))
        .Then(new LicenceEvent.Resubmitted(Club, Papers, Monday.AddDays(3), Monday.AddDays(10), Monday.AddDays(46)));

    [Fact] public void A_suspension_is_proposed_by_the_system_with_the_facts_it_rests_on() => Decider
        .Given(At("granted"))
        .When(Proposing.ByItself())
        .Then(new LicenceEvent.SuspensionProposed(Club, OneProposal, ["KZ.EXIT.002"], [Broken], Monday, Monday.AddHours(48), OneDuty));

    [Fact] public void Nobody_proposes_in_its_place() => Decider.Given(At("granted")).When(Proposing.By(Officer)).ThenRefused("licence.person-proposes");

    [Fact] public void The_system_decides_nothing() => Assert.All(
        (LicenceCommand[])[Suspending, new Revoke(Why), new Reinstate(Why), new DismissProposal(OneProposal, Why), Granting, new Refuse(Why), new Renew(Last.AddYears(1), Why), new AttachCondition(Quiet, Why)],
        command => Decider.Given(At("proposed")).When(command.ByItself()).ThenRefused("licence.nobody-decides"));

    [Fact] public void A_suspension_names_its_officer_and_grounds_and_will_be_looked_at_again() => Decider
        .Given(At("proposed"))
        .When(new Suspend(OneProposal, null, Why).By())
        .Then(new LicenceEvent.Suspended(Club, OneProposal, null, Ruled, Monday, Monday.AddDays(28)));

    [Fact] public void A_proposal_that_is_not_there_is_not_decided() => Decider
        .Given(At("granted")).When(new Suspend(OneProposal, null, Why).By()).ThenRefused("licence.no-proposal");

    [Fact] public void The_same_duty_is_not_proposed_twice() => Decider
        .Given(At("proposed")).When(new ProposeSuspension(Broken, ["KZ.EXIT.002"], [OneProposal], OneDuty).ByItself()).ThenNothing();

    [Fact] public void Of_no_duty_the_same_rules_are_not_proposed_twice() => Decider
        .Given(At("proposed")).When(new ProposeSuspension(Broken, ["KZ.EXIT.002"], [OneProposal]).ByItself()).ThenNothing();

    [Fact] public void Another_exit_blocked_under_the_same_rule_is_another_proposal() => Decider
        .Given(At("proposed"))
        .When(new ProposeSuspension(Broken, ["KZ.EXIT.002"], [OneProposal], OneVisit).ByItself())
        .Then(new LicenceEvent.SuspensionProposed(Club, Broken, ["KZ.EXIT.002"], [OneProposal], Monday, Monday.AddHours(48), OneVisit));

    [Fact] public void What_was_proposed_is_withdrawn_when_its_duty_is_met_and_escalates_no_more() => Decider
        .Given([.. At("proposed"), .. Facts([.. Ways["proposed"], new WithdrawProposal(OneDuty).ByItself(Monday.AddHours(3))]).Skip(At("proposed").Length)])
        .When(new Assess().ByItself(Monday.AddHours(49))).ThenNothing();

    [Fact] public void Another_duty_that_is_met_withdraws_nothing() => Decider
        .Given(At("proposed")).When(new WithdrawProposal(OneVisit).ByItself()).ThenNothing();

    [Fact] public void Nothing_is_granted_without_an_act_unless_an_officer_says_why() => Decider
        .Given(At("under-inspection")).When(Granting.By()).ThenRefused("licence.no-act");

    [Fact] public void Why_there_is_no_act_stands_in_the_fact() => Decider
        .Given(At("under-inspection"))
        .When((Granting with { WithoutAct = "inspected under the plan of May" }).By())
        .Then(new LicenceEvent.Granted(Club, Number, First, Last, Granting.Conditions, Ruled, Monday, null, "inspected under the plan of May"));

    [Fact] public void An_act_needs_no_excuse_and_the_fact_names_its_inspection() => Decider
        .Given(At("inspected"))
        .When((Granting with { WithoutAct = "not needed" }).By())
        .Then(new LicenceEvent.Granted(Club, Number, First, Last, Granting.Conditions, Ruled, Monday, OneVisit));

    [Fact] public void Open_hard_stops_are_not_passed_over_in_silence() => Decider
        .Given(At("inspected")).When((Granting with { HardStops = ["KZ.EXIT.003"] }).By()).ThenRefused("licence.hard-stops-open");

    [Fact] public void An_officer_may_grant_despite_them_with_grounds() => Decider
        .Given(At("inspected"))
        .When((Granting with { HardStops = ["KZ.EXIT.003"], Despite = "opens only after the repair" }).By())
        .Then(new LicenceEvent.Granted(Club, Number, First, Last, Granting.Conditions, Ruled, Monday, OneVisit, null, ["KZ.EXIT.003"], "opens only after the repair"));

    [Fact] public void What_was_refused_is_applied_for_under_another_id() => Decider
        .Given(At("refused")).When(Submitting.By(Owner)).ThenRefused("licence.refused-already", "applicationId");

    [Fact] public void Another_broken_rule_is_another_proposal() => Decider
        .Given(At("proposed"))
        .When(new ProposeSuspension(Broken, ["KZ.FIRE.001"], [OneProposal]).ByItself())
        .Then(new LicenceEvent.SuspensionProposed(Club, Broken, ["KZ.FIRE.001"], [OneProposal], Monday, Monday.AddHours(48)));

    [Fact] public void A_suspension_until_a_day_ends_after_it() => Decider
        .Given(Facts([.. Ways["granted"], new Suspend(null, First.AddDays(10), Why).By()]))
        .When(new Assess().ByItself(VenueZone.Midnight(First.AddDays(11))))
        .Then(new LicenceEvent.SuspensionEnded(Club, First.AddDays(10)));

    [Fact] public void A_deadline_that_passed_is_escalated_once() => Decider
        .Given(At("submitted"))
        .When(new Assess().ByItself(Monday.AddDays(8)))
        .Then(new LicenceEvent.Escalated(Club, Deadline.Review, Monday.AddDays(7), null, Monday.AddDays(8)));

    [Fact] public void A_proposal_nobody_decides_is_escalated_after_two_days() => Decider
        .Given(At("proposed"))
        .When(new Assess().ByItself(Monday.AddHours(49)))
        .Then(new LicenceEvent.Escalated(Club, Deadline.Proposal, Monday.AddHours(48), OneProposal, Monday.AddHours(49)));

    [Theory, InlineData(31, null), InlineData(30, 30), InlineData(8, 30), InlineData(7, 7), InlineData(1, 1), InlineData(0, 1)]
    public void Its_holder_is_reminded_of_the_end(int daysLeft, int? reminder) => Decider
        .Given(At("granted"))
        .When(new Assess().ByItself(VenueZone.At(Last.AddDays(-daysLeft), new(9, 0))))
        .Then(reminder is { } days ? [new LicenceEvent.ExpiryNeared(Club, Last, days)] : []);

    [Fact] public void A_missed_reminder_is_not_told_late() => Decider
        .Given([.. At("granted"), new LicenceEvent.ExpiryNeared(Club, Last, 30)])
        .When(new Assess().ByItself(VenueZone.At(Last.AddDays(-7), new(9, 0))))
        .Then(new LicenceEvent.ExpiryNeared(Club, Last, 7));

    [Fact] public void It_holds_to_the_end_of_its_last_day() => Assert.Equal(
        ["licence.expiry-neared.v1", "licence.expired.v1"],
        ((DateTimeOffset[])[VenueZone.Midnight(Last.AddDays(1)).AddSeconds(-1), VenueZone.Midnight(Last.AddDays(1))])
            .Select(at => EventCatalog.NameOf(Assert.Single(Facts([.. Ways["granted"], new Assess().ByItself(at)]).Skip(4)))));

    [Fact] public void A_renewal_begins_where_the_certificate_ends() => Decider
        .Given(At("renewing"))
        .When(new Renew(Last.AddYears(1), Why).By(at: NearTheEnd))
        .Then(new LicenceEvent.Renewed(Club, OneRenewal, Last.AddDays(1), Last.AddYears(1), Ruled, NearTheEnd));

    [Fact] public void One_that_was_asked_for_in_time_and_decided_late_begins_on_the_day_of_decision() => Decider
        .Given(At("expired-renewing"))
        .When(new Renew(Last.AddYears(1), Why).By(at: AfterTheEnd))
        .Then(new LicenceEvent.Renewed(Club, OneRenewal, Last.AddDays(1), Last.AddYears(1), Ruled, AfterTheEnd));

    [Fact] public void Renewal_is_not_asked_for_half_a_year_ahead() => Decider
        .Given(At("granted")).When(new ApplyForRenewal(OneRenewal, Papers).By(Owner)).ThenRefused("licence.renewal-early");

    [Fact] public void A_suspended_certificate_is_not_renewed() => Decider
        .Given(At("suspended")).When(new Renew(Last.AddYears(1), Why).By()).ThenRefused("licence.suspended");

    [Fact] public void After_a_revocation_one_applies_anew_under_another_id() => Decider
        .Given(At("revoked")).When((Submitting with { ApplicationId = Broken }).By(Owner))
        .Then(new LicenceEvent.Applied(Club, Broken, Papers, Monday, Monday.AddDays(7), Monday.AddDays(43)));

    [Fact] public void What_had_its_certificate_is_not_applied_for_again_however_long_after() => Decider
        .Given([.. At("revoked"), .. Facts((Submitting with { ApplicationId = Broken }).By(Owner), new Refuse(Why).By())])
        .When(Submitting.By(Owner)).ThenRefused("licence.granted-already", "applicationId");

    [Fact] public void What_was_stored_before_acts_and_duties_were_named_is_still_read()
    {
        object Read(object old) => EventCatalog.Decode(EventCatalog.NameOf(old), EventCatalog.Encode(old))!;
        var granted = Assert.IsType<LicenceEvent.Granted>(Read(new LicenceGrantedV1(Club, Number, First, Last, [Quiet], Ruled, Monday)));
        var proposed = Assert.IsType<LicenceEvent.SuspensionProposed>(Read(new SuspensionProposedV1(Club, OneProposal, ["KZ.EXIT.002"], [Broken], Monday, Monday.AddHours(48))));
        Assert.Equal((Number, null, null), (granted.Number, granted.ActOf, granted.WithoutAct));
        Assert.Equal((OneProposal, null), (proposed.ProposalId, proposed.DutyId));
    }

    [Fact] public void A_condition_is_lifted_once() => Decider
        .Given(At("granted"))
        .When(new LiftCondition(Quiet.ConditionId, Why).By())
        .Then(new LicenceEvent.ConditionLifted(Club, Quiet.ConditionId, Ruled));

    [Fact] public void A_reply_outlives_what_becomes_of_the_certificate()
    {
        var state = Decider.Fold(Facts([new PublishReply(new('b', 64)).By(Owner), .. Ways["suspended"], new Revoke(Why).By()]));
        Assert.Equal(new string('b', 64), Assert.IsType<Revoked>(state).Reply?.Sha256);
    }

    public static TheoryData<LicenceCommand, string, string> Malformed() => new()
    {
        { new Suspend(null, null, " "), "licence.grounds-missing", "grounds" },
        { new Revoke(new('x', 1_001)), "licence.text-long", "grounds" },
        { new Suspend(null, First.AddDays(-1), Why), "licence.day-past", "until" },
        { Granting with { WithoutAct = " " }, "licence.grounds-missing", "withoutAct" },
        { Granting with { Despite = " " }, "licence.grounds-missing", "despite" },
        { Granting with { Until = First }, "licence.dates-backward", "until" },
        { Granting with { From = First.AddDays(-1) }, "licence.day-past", "from" },
        { Granting with { Until = First.AddYears(4) }, "licence.too-long", "until" },
        { Granting with { Conditions = [Quiet with { Kk = "" }] }, "licence.condition-unsaid", "conditions" },
        { Granting with { Conditions = [Quiet, Quiet] }, "licence.condition-twice", "conditions" },
        { Submitting with { Papers = [] }, "licence.papers-missing", "papers" },
        { Submitting with { Papers = [new(PaperKind.Other, " ", null)] }, "licence.paper-unnamed", "papers" },
        { Submitting with { Papers = [new(PaperKind.Other, "№ 1", "abc")] }, "licence.hash-malformed", "papers" },
        { new PublishReply("nothing"), "licence.hash-malformed", "sha256" },
    };

    [Theory, MemberData(nameof(Malformed))]
    public void What_is_wrong_in_itself_is_refused_by_field(LicenceCommand command, string code, string field) =>
        Decider.Given(At("under-inspection")).When(command.By()).ThenRefused(code, field);

    [Fact] public void A_rejected_renewal_longer_than_the_law_of_the_house_says_so() => Decider
        .Given(At("renewing")).When(new Renew(Last.AddYears(4), Why).By(at: NearTheEnd)).ThenRefused("licence.too-long", "until");

    [Fact] public void Every_deadline_has_a_published_term() => Assert.Equal(Enum.GetValues<Deadline>(), LicenceTerms.All.Select(term => term.What));
}
