using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Duties;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Cases.Case;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Cases;

public sealed class CaseSpecs
{
    internal static readonly Guid Id = new("00000000-0000-0000-0000-0000000000c1");
    internal static readonly Guid Venue = DutySpecs.Venue;
    internal static readonly Guid Officer = new("00000000-0000-0000-0000-0000000000f1"), Other = new("00000000-0000-0000-0000-0000000000f2");
    internal static readonly Writing Said = new(new("00000000-0000-0000-0000-000000000001"), new("00000000-0000-0000-0000-00000000000e"), new('b', 64));
    internal static readonly FrozenEvidence Frozen = new([Id], new('c', 64));
    internal static readonly DateTimeOffset Barred = Noon.AddDays(61);

    internal static readonly Charge Order = new(Route.Article462Part3, "KOAP-462-3", "462(3)", Stage.First, null, null, Confidence.Secondary, null);

    /// <summary>What the house was delivered with: 2025 and 2026.</summary>
    internal static readonly MciLine Known = new([]);

    internal static readonly Fine Medium = new(100, 500, 2026, 432_500, 2_162_500);

    internal static CaseEvent.Opened Opened(Charge? charge = null, Wording wording = Wording.Violation) => new(
        Id, Venue, DutySpecs.Id, DutySpecs.Matter with { Wording = wording }, charge ?? Order, null, Noon, Barred, Noon.AddMinutes(1));

    internal static readonly CaseEvent.SizeSet Sized = new(Id, Venue, SizeClass.Medium, Medium);
    internal static CaseEvent.Decided Ruled(CaseOutcome outcome, Route route = Route.Article462Part3) => new(Id, Venue, outcome, route, "art. 462", Officer, Noon.AddDays(3));
    internal static readonly CaseEvent.PenaltySet Penalised = new(Id, Venue, 200, 2026, 865_000, "№ 7", Officer, Noon.AddDays(5));
    internal static readonly CaseEvent.Appealed Appealed = new(Id, Venue, Said, Frozen, Noon.AddDays(6));

    internal static CaseCommand.Decide Deciding(CaseOutcome outcome, DateTimeOffset? at = null) => new(outcome, "art. 462", Officer, at ?? Noon.AddDays(3));
    internal static CaseCommand.SetPenalty Penalty(decimal mci) => new(mci, "№ 7", Officer, Noon.AddDays(5), Known);
    internal static CaseCommand.DecideAppeal Reviewing(AppealOutcome outcome, Guid by, params Guid[] involved) => new(outcome, "read again", by, Noon.AddDays(9), involved);

    [Fact] public void It_is_opened_once() => Decider.Given()
        .When(new CaseCommand.Open(Id, Venue, DutySpecs.Id, DutySpecs.Matter, Order, null, Noon, Barred, Noon.AddMinutes(1))).Then(Opened());

    [Fact] public void The_size_of_the_business_gives_the_amount() => Decider.Given(Opened()).When(new CaseCommand.SetSize(SizeClass.Medium, Known)).Then(Sized);

    [Fact] public void A_size_of_which_no_amount_was_read_gives_none() => Decider
        .Given(Opened()).When(new CaseCommand.SetSize(SizeClass.Individual, Known)).Then(new CaseEvent.SizeSet(Id, Venue, SizeClass.Individual, null));

    static readonly Guid Before = new("00000000-0000-0000-0000-0000000000c0");
    static readonly Charge Repeat = Order with { Sanction = "KOAP-132r", Article = "132(2)", Stage = Stage.Repeat, Earlier = Before }, First = Order with { Sanction = "KOAP-132", Article = "132(1)" };
    static readonly CaseCommand.ChargeAnew Anew = new(First, Before, Known, Noon.AddDays(4));

    [Fact] public void A_repeat_whose_earlier_ruling_was_cancelled_is_charged_as_a_first_one() => Decider
        .Given(Opened(Repeat)).When(Anew).Then(new CaseEvent.ChargedAnew(Id, Venue, First, Before, Noon.AddDays(4)));

    [Fact] public void Its_amount_follows_the_size_that_was_set() => Decider
        .Given(Opened(Repeat), Sized).When(Anew).Then(new CaseEvent.ChargedAnew(Id, Venue, First.For(SizeClass.Medium, Noon, Known), Before, Noon.AddDays(4)));

    static readonly CaseEvent.ChargedAnew ToldAnew = new(Id, Venue, First.For(SizeClass.Medium, Noon, Known), Before, Noon.AddDays(4));
    static readonly CaseEvent.PenaltyLifted Lifted = new(Id, Venue, 200, "№ 7", Before, Noon.AddDays(4));

    static readonly CaseEvent[] Penalty200 = [Opened(Repeat), Sized, Ruled(CaseOutcome.Referred), Penalised];

    [Fact] public void A_penalty_that_was_set_as_of_a_repeat_is_lifted_with_it()
    {
        Decider.Given(Penalty200).When(Anew).Then(ToldAnew, Lifted);
        Decider.Given([.. Penalty200, Appealed]).When(Anew).Then(ToldAnew, Lifted);
        Decider.Given([.. Penalty200, new CaseEvent.Settled(Id, Venue, "paid", Noon.AddDays(5))]).When(Anew).Then(ToldAnew, Lifted);
        Decider.Given([.. Penalty200, Appealed, new CaseEvent.AppealDecided(Id, Venue, AppealOutcome.Cancelled, "no", Other, Noon.AddDays(6))]).When(Anew).Then(ToldAnew);
    }

    [Fact] public void An_officer_sets_it_anew_though_two_months_have_passed_and_never_above_the_one_before()
    {
        CaseCommand.SetPenalty Set(decimal mci, DateTimeOffset? at = null) => new(mci, "№ 9", Other, at ?? Barred.AddDays(1), Known);
        var anew = Decider.Given([.. Penalty200, ToldAnew, Lifted]);
        anew.When(Set(30)).Then(new CaseEvent.PenaltySet(Id, Venue, 30, 2026, 129_750, "№ 9", Other, Barred.AddDays(1)));
        anew.When(Set(201)).ThenRefused("case.amount-worse", "mci");
        Decider.Given([.. Penalty200, new CaseEvent.Settled(Id, Venue, "paid", Noon.AddDays(5)), ToldAnew, Lifted]).When(Set(30))
            .Then(new CaseEvent.PenaltySet(Id, Venue, 30, 2026, 129_750, "№ 9", Other, Barred.AddDays(1)));
        Decider.Given(Opened(Repeat), Ruled(CaseOutcome.Referred)).When(Set(30)).ThenRefused("case.time-barred");
    }

    [Fact] public void Charged_anew_an_officer_may_rule_more_mildly_than_he_had_referred()
    {
        var late = Barred.AddDays(1);
        CaseEvent[] charged = [.. Penalty200, ToldAnew, Lifted];
        var warned = Ruled(CaseOutcome.Warning) with { At = late };
        Decider.Given(charged).When(Deciding(CaseOutcome.Warning, late)).Then(warned);
        Decider.Given(charged).When(Deciding(CaseOutcome.Referred, late) with { Grounds = "again" }).ThenRefused("case.decided");
        Decider.Given([.. charged, warned]).When(Deciding(CaseOutcome.Dismissed, late)).ThenRefused("case.decided");
        Decider.Given([.. charged, warned]).When(Penalty(30)).ThenRefused("case.not-referred");
        Decider.Given(Opened(Repeat), Sized, Ruled(CaseOutcome.Referred), ToldAnew).When(Deciding(CaseOutcome.Warning, late)).ThenRefused("case.time-barred");
        Decider.Given(Opened(Repeat), Sized, Ruled(CaseOutcome.Referred)).When(Deciding(CaseOutcome.Warning)).ThenRefused("case.decided");
        var row = CaseRow.View.Build(Of([.. charged.Append(warned).Select(f => (Id, (object)f))]))[Id];
        Assert.Equal((CaseOutcome.Warning, null, false, Penalised.At), (row.Ruling!.Outcome, row.Lifted, row.IsAnew, row.PenalisedAt!.Value));
    }

    [Fact] public void No_penalty_is_set_before_the_size_of_the_business()
    {
        Decider.Given(Opened(), Ruled(CaseOutcome.Referred)).When(Penalty(100_000)).ThenRefused("case.size-missing");
        Decider.Given(Opened(), Ruled(CaseOutcome.Referred)).When(new CaseCommand.SetSize(SizeClass.Medium, Known)).Then(Sized);
        Decider.Given(Opened(), Ruled(CaseOutcome.Referred), Sized).When(Penalty(200)).Then(Penalised);
        Decider.Given(Opened(), Ruled(CaseOutcome.Referred), Sized, Penalised).When(new CaseCommand.SetSize(SizeClass.Small, Known)).ThenRefused("case.decided");
    }

    [Fact] public void An_amount_that_was_never_read_is_the_officers_with_the_document_that_gives_it()
    {
        CaseEvent[] unread = [Opened(), Sized with { Size = SizeClass.Individual, Fine = null }, Ruled(CaseOutcome.Referred)];
        Decider.Given(unread).When(Penalty(200)).ThenRefused("case.amount-unread", "source");
        Decider.Given(unread).When(Penalty(200) with { Source = "KoAP 462(3), edition of 2026" })
            .Then(new CaseEvent.AmountSourced(Id, Venue, "KoAP 462(3), edition of 2026"), Penalised);
        Decider.Given(unread).When(Penalty(0) with { Source = "KoAP" }).ThenRefused("case.amount-outside", "mci");
    }

    [Fact] public void What_is_barred_may_still_be_ordered_to_be_put_right()
    {
        var barred = new CaseEvent.TimeBarred(Id, Venue, Barred);
        Decider.Given(Opened(), barred).When(Deciding(CaseOutcome.Prescription, Barred.AddDays(1))).Then(Ruled(CaseOutcome.Prescription) with { At = Barred.AddDays(1) });
        Decider.Given(Opened(), barred).When(Deciding(CaseOutcome.Referred, Barred.AddDays(1))).ThenRefused("case.time-barred");
        Decider.Given(Opened(wording: Wording.Recommended), barred).When(Deciding(CaseOutcome.Prescription, Barred.AddDays(1))).ThenRefused("case.time-barred");
    }

    [Fact] public void The_row_says_that_it_was_lifted_and_stands_with_what_is_to_be_decided()
    {
        var row = CaseRow.View.Build(Of([.. Penalty200.Append(new CaseEvent.Settled(Id, Venue, "paid", Noon.AddDays(5))).Append(ToldAnew).Append(Lifted).Select(f => (Id, (object)f))]))[Id];
        Assert.Equal((CaseState.Decided, null, 200m), (row.State, row.Penalty, row.Lifted!.Mci));
    }

    [Fact] public void What_was_decided_barred_or_closed_is_charged_anew_too()
    {
        var told = new CaseEvent.ChargedAnew(Id, Venue, First, Before, Noon.AddDays(4));
        Decider.Given(Opened(Repeat), Ruled(CaseOutcome.Referred)).When(Anew).Then(told);
        Decider.Given(Opened(Repeat), Ruled(CaseOutcome.Referred), Appealed).When(Anew).Then(told);
        Decider.Given(Opened(Repeat), Ruled(CaseOutcome.Warning), new CaseEvent.Settled(Id, Venue, "№ 1", Noon)).When(Anew).Then(told);
        Decider.Given(Opened(Repeat), new CaseEvent.TimeBarred(Id, Venue, Noon)).When(Anew).Then(told);
    }

    [Fact] public void A_penalty_set_afterwards_lies_within_the_amount_of_a_first_one() => Decider
        .Given(Opened(Repeat), Sized, new CaseEvent.ChargedAnew(Id, Venue, First.For(SizeClass.Medium, Noon, Known), Before, Noon), Ruled(CaseOutcome.Referred))
        .When(Penalty(500)).ThenRefused("case.amount-outside", "mci");

    [Fact] public void A_case_that_counts_from_another_ruling_is_left_as_it_is() => Decider.Given(Opened(Repeat with { Earlier = Other })).When(Anew).ThenNothing();

    [Fact] public void An_owner_explains() => Decider
        .Given(Opened()).When(new CaseCommand.Answer(Plea.Explanation, Said, Noon)).Then(new CaseEvent.Pleaded(Id, Venue, Plea.Explanation, Said, Noon));

    [Fact] public void An_owner_claims_force_majeure() => Decider
        .Given(Opened()).When(new CaseCommand.Answer(Plea.ForceMajeure, Said, Noon)).Then(new CaseEvent.Pleaded(Id, Venue, Plea.ForceMajeure, Said, Noon));

    [Fact] public void What_was_excused_after_it_was_opened_is_put_before_an_officer_once()
    {
        var excused = new CaseEvent.DismissalProposed(Id, Venue, Noon.AddDays(2));
        Decider.Given(Opened()).When(new CaseCommand.ProposeDismissal(Noon.AddDays(2))).Then(excused);
        Decider.Given(Opened(), excused).When(new CaseCommand.ProposeDismissal(Noon.AddDays(4))).ThenNothing();
    }

    [Fact] public void What_was_excused_can_only_be_dismissed_by_name()
    {
        var excused = new CaseEvent.DismissalProposed(Id, Venue, Noon.AddDays(2));
        Decider.Given(Opened(), excused).When(Deciding(CaseOutcome.Warning)).ThenRefused("case.excused");
        Decider.Given(Opened(), excused).When(Deciding(CaseOutcome.Dismissed)).Then(Ruled(CaseOutcome.Dismissed));
    }

    [Fact] public void What_turns_out_to_lie_with_the_owner_after_all_can_be_decided_again()
    {
        CaseEvent excused = new CaseEvent.DismissalProposed(Id, Venue, Noon.AddDays(2)), back = new CaseEvent.DismissalWithdrawn(Id, Venue, Noon.AddDays(3));
        var withdraw = new CaseCommand.WithdrawDismissal(Noon.AddDays(3));
        Decider.Given(Opened()).When(withdraw).ThenNothing();
        Decider.Given(Opened(), excused).When(withdraw).Then(back);
        Decider.Given(Opened(), excused, back).When(withdraw).ThenNothing();
        Decider.Given(Opened(), excused, back).When(Deciding(CaseOutcome.Warning)).Then(Ruled(CaseOutcome.Warning));
        Decider.Given(Opened(), excused, back).When(new CaseCommand.ProposeDismissal(Noon.AddDays(4))).Then(new CaseEvent.DismissalProposed(Id, Venue, Noon.AddDays(4)));
    }

    [Fact] public void Of_the_limitation_those_who_decide_are_warned_on_day_45()
    {
        Decider.Given(Opened()).When(new CaseCommand.Assess(Noon.AddDays(45).AddTicks(-1))).ThenNothing();
        Decider.Given(Opened()).When(new CaseCommand.Assess(Noon.AddDays(45))).Then(new CaseEvent.WarnedOfLimitation(Id, Venue, Barred, Noon.AddDays(45)));
    }

    [Fact] public void After_two_months_it_is_barred()
    {
        Decider.Given(Opened()).When(new CaseCommand.Assess(Barred)).Then(new CaseEvent.TimeBarred(Id, Venue, Barred));
        Decider.Given(Opened()).When(Deciding(CaseOutcome.Warning, Barred)).ThenRefused("case.time-barred");
        Decider.Given(Opened(), new CaseEvent.TimeBarred(Id, Venue, Barred)).When(Deciding(CaseOutcome.Dismissed)).ThenRefused("case.time-barred");
    }

    [Fact] public void What_was_decided_in_time_is_not_barred() => Decider
        .Given(Opened(), Ruled(CaseOutcome.Referred)).When(new CaseCommand.Assess(Barred.AddDays(1))).ThenNothing();

    [Theory]
    [InlineData(CaseOutcome.Dismissed), InlineData(CaseOutcome.Warning), InlineData(CaseOutcome.Prescription), InlineData(CaseOutcome.Referred)]
    public void A_named_officer_decides_on_grounds(CaseOutcome outcome) => Decider.Given(Opened()).When(Deciding(outcome)).Then(Ruled(outcome));

    [Fact] public void No_decision_goes_without_grounds()
    {
        Decider.Given(Opened()).When(Deciding(CaseOutcome.Warning) with { Grounds = " " }).ThenRefused("case.grounds-missing", "grounds");
        Decider.Given(Opened(), Ruled(CaseOutcome.Referred)).When(Penalty(200) with { Document = "" }).ThenRefused("case.grounds-missing", "document");
        Decider.Given(Opened(), Ruled(CaseOutcome.Warning), Appealed).When(Reviewing(AppealOutcome.Upheld, Other) with { Grounds = "" }).ThenRefused("case.grounds-missing", "grounds");
        Decider.Given(Opened(), Ruled(CaseOutcome.Warning)).When(new CaseCommand.Settle("", Noon)).ThenRefused("case.grounds-missing", "document");
    }

    [Fact] public void What_is_no_law_is_at_most_recommended()
    {
        var charge = new Charge(Route.Recommendation, null, null, Stage.First, null, null, null, null);
        Decider.Given(Opened(charge, Wording.Recommended)).When(Deciding(CaseOutcome.Warning)).ThenRefused("case.not-law");
        Decider.Given(Opened(charge, Wording.Recommended)).When(Deciding(CaseOutcome.Referred)).ThenRefused("case.not-law");
        Decider.Given(Opened(charge, Wording.Recommended)).When(Deciding(CaseOutcome.Recommendation)).Then(Ruled(CaseOutcome.Recommendation, Route.Recommendation));
    }

    [Fact] public void Nothing_is_referred_without_an_article() => Decider
        .Given(Opened(Order with { Route = Route.Prescription, Sanction = null })).When(Deciding(CaseOutcome.Referred)).ThenRefused("case.no-article");

    [Fact] public void It_is_decided_once() => Decider.Given(Opened(), Ruled(CaseOutcome.Warning)).When(Deciding(CaseOutcome.Dismissed)).ThenRefused("case.decided");

    [Fact] public void Nobody_pleads_after_the_decision() => Decider
        .Given(Opened(), Ruled(CaseOutcome.Warning)).When(new CaseCommand.Answer(Plea.Explanation, Said, Noon)).ThenRefused("case.decided");

    [Fact] public void A_penalty_that_comes_after_the_limitation_comes_too_late() => Decider.Given(Opened(), Sized, Ruled(CaseOutcome.Referred))
        .When(Penalty(200) with { At = Barred }).ThenRefused("case.time-barred");

    [Fact] public void A_penalty_is_in_indices_and_in_tenge_of_the_year() => Decider.Given(Opened(), Sized, Ruled(CaseOutcome.Referred)).When(Penalty(200)).Then(Penalised);

    [Theory, InlineData(99), InlineData(501), InlineData(0)]
    public void A_penalty_stays_within_the_article(int mci) => Decider
        .Given(Opened(), Sized, Ruled(CaseOutcome.Referred)).When(Penalty(mci)).ThenRefused("case.amount-outside", "mci");

    [Fact] public void Only_what_was_referred_is_penalised() => Decider.Given(Opened(), Ruled(CaseOutcome.Warning)).When(Penalty(200)).ThenRefused("case.not-referred");

    [Fact] public void A_penalty_is_set_once() => Decider.Given(Opened(), Sized, Ruled(CaseOutcome.Referred), Penalised).When(Penalty(300)).ThenRefused("case.penalised");

    [Fact] public void Without_the_index_of_the_year_there_is_no_amount() => Decider
        .Given(Opened() with { OffenceAt = Noon.AddYears(-10) }, Sized with { Fine = null }, Ruled(CaseOutcome.Referred)).When(Penalty(200)).ThenRefused("case.mci-unknown");

    [Fact] public void A_decision_is_appealed_with_the_evidence_frozen() => Decider
        .Given(Opened(), Ruled(CaseOutcome.Warning)).When(new CaseCommand.Appeal(Said, Frozen, Noon.AddDays(6))).Then(Appealed);

    [Fact] public void What_was_dismissed_is_not_appealed() => Decider
        .Given(Opened(), Ruled(CaseOutcome.Dismissed)).When(new CaseCommand.Appeal(Said, Frozen, Noon)).ThenRefused("case.nothing-to-appeal");

    [Fact] public void Nobody_appeals_before_the_decision() => Decider.Given(Opened()).When(new CaseCommand.Appeal(Said, Frozen, Noon)).ThenRefused("case.undecided");

    [Fact] public void Whoever_decided_does_not_decide_the_appeal()
    {
        Decider.Given(Opened(), Ruled(CaseOutcome.Warning), Appealed).When(Reviewing(AppealOutcome.Upheld, Officer)).ThenRefused("case.same-officer");
        Decider.Given(Opened(), Ruled(CaseOutcome.Warning), Appealed).When(Reviewing(AppealOutcome.Upheld, Other, Other)).ThenRefused("case.involved-officer");
        Decider.Given(Opened(), Ruled(CaseOutcome.Referred), Penalised with { OfficerId = Other }, Appealed).When(Reviewing(AppealOutcome.Upheld, Other)).ThenRefused("case.same-officer");
    }

    [Fact] public void Somebody_else_does() => Decider
        .Given(Opened(), Ruled(CaseOutcome.Warning), Appealed)
        .When(Reviewing(AppealOutcome.Cancelled, Other))
        .Then(new CaseEvent.AppealDecided(Id, Venue, AppealOutcome.Cancelled, "read again", Other, Noon.AddDays(9)));

    [Fact] public void There_is_no_second_appeal() => Decider
        .Given(Opened(), Ruled(CaseOutcome.Warning), Appealed, new CaseEvent.AppealDecided(Id, Venue, AppealOutcome.Upheld, "x", Other, Noon))
        .When(new CaseCommand.Appeal(Said, Frozen, Noon)).ThenRefused("case.reviewed");

    [Fact] public void An_appeal_that_was_not_made_is_not_decided() => Decider
        .Given(Opened(), Ruled(CaseOutcome.Warning)).When(Reviewing(AppealOutcome.Upheld, Other)).ThenRefused("case.not-appealed");

    [Fact] public void While_an_appeal_runs_nothing_is_settled() => Decider
        .Given(Opened(), Ruled(CaseOutcome.Warning), Appealed).When(new CaseCommand.Settle("№ 9", Noon)).ThenRefused("case.under-appeal");

    [Fact] public void It_is_settled_and_closed()
    {
        var settled = new CaseEvent.Settled(Id, Venue, "№ 9", Noon.AddDays(20));
        Decider.Given(Opened(), Ruled(CaseOutcome.Warning)).When(new CaseCommand.Settle("№ 9", Noon.AddDays(20))).Then(settled);
        Decider.Given(Opened(), Ruled(CaseOutcome.Warning), settled).When(new CaseCommand.Appeal(Said, Frozen, Noon)).ThenRefused("case.closed");
    }

    [Fact] public void Other_grounds_are_another_decision() => Decider
        .Given(Opened(), Ruled(CaseOutcome.Warning)).When(Deciding(CaseOutcome.Warning) with { Grounds = "art. 410" }).ThenRefused("case.decided");

    [Fact] public void What_was_never_opened_is_not_decided() => Decider.Given().When(Deciding(CaseOutcome.Warning)).ThenRefused("case.unknown");

    [Fact]
    public void The_list_tells_the_whole_case()
    {
        var log = Of([.. new CaseEvent[] { Opened(), Sized, new CaseEvent.Pleaded(Id, Venue, Plea.Explanation, Said, Noon), new CaseEvent.WarnedOfLimitation(Id, Venue, Barred, Noon.AddDays(45)), Ruled(CaseOutcome.Referred), Penalised, Appealed, new CaseEvent.AppealDecided(Id, Venue, AppealOutcome.Upheld, "x", Other, Noon) }.Select(f => (Id, (object)f))]);
        var row = CaseRow.View.Build(log)[Id];
        Assert.Equal((CaseState.Decided, Medium, 200m, Penalised.At, AppealOutcome.Upheld, Other), (row.State, row.Charge.Fine, row.Penalty!.Mci, row.PenalisedAt!.Value, row.Appeal!.Outcome!.Value, row.Appeal.OfficerId!.Value));
        Assert.Equal(log.Select(r => r.EventId), row.EventIds);
        Assert.Equal(Plea.Explanation, Assert.Single(row.Pleadings).Plea);
    }

    [Fact]
    public void Evidence_that_was_changed_is_found()
    {
        var log = Of((Id, Opened()), (Id, Sized), (Id, Ruled(CaseOutcome.Warning)));
        var frozen = Evidences.Freeze(log[..2]);
        Assert.Equal([log[0].EventId, log[1].EventId], frozen.EventIds);
        Assert.True(frozen.IsOf(log));
        Assert.False(frozen.IsOf([log[0], log[1] with { Data = new byte[] { 1 } }, log[2]]));
        Assert.False(frozen.IsOf([log[0], log[2]]));
    }
}
