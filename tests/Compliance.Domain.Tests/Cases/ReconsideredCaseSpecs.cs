using Compliance.Domain.Cases;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Tests.Cases.CaseSpecs;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Cases;

/// <summary>A case that was ruled before it turned out to rest on minutes in other hands.</summary>
public sealed class ReconsideredCaseSpecs
{
    static readonly Decider<Case, CaseCommand, CaseEvent> Decider = Case.Decider;

    static readonly CaseEvent.DismissalProposed Proposed = new(Id, Venue, Noon.AddDays(70));
    static readonly CaseCommand.ProposeDismissal Propose = new(Noon.AddDays(70));
    static readonly CaseEvent.Settled Paid = new(Id, Venue, "paid", Noon.AddDays(6));

    [Fact] public void What_turns_out_excused_after_the_ruling_is_put_before_an_officer_too()
    {
        Decider.Given(Opened(), Ruled(CaseOutcome.Warning)).When(Propose).Then(Proposed);
        Decider.Given(Opened(), Sized, Ruled(CaseOutcome.Referred), Penalised).When(Propose).Then(Proposed);
        Decider.Given(Opened(), Ruled(CaseOutcome.Warning), Appealed).When(Propose).Then(Proposed);
        Decider.Given(Opened(), Ruled(CaseOutcome.Warning), Paid).When(Propose).Then(Proposed);
        Decider.Given(Opened(), Ruled(CaseOutcome.Dismissed)).When(Propose).ThenNothing();
        Decider.Given(Opened(), Ruled(CaseOutcome.Warning), Appealed, new CaseEvent.AppealDecided(Id, Venue, AppealOutcome.Cancelled, "no", Other, Noon.AddDays(9))).When(Propose).ThenNothing();
    }

    [Fact] public void The_ruling_is_taken_back_whenever_that_is_and_the_penalty_with_it()
    {
        CaseEvent[] excused = [Opened(), Sized, Ruled(CaseOutcome.Referred), Penalised, Paid, Proposed];
        var back = Deciding(CaseOutcome.Dismissed, Noon.AddDays(80)) with { Grounds = "it lay in other hands", OfficerId = Other };
        var taken = new CaseEvent.Decided(Id, Venue, CaseOutcome.Dismissed, Route.Article462Part3, "it lay in other hands", Other, Noon.AddDays(80));
        Decider.Given(excused).When(back).Then(taken);
        Decider.Given(excused).When(Deciding(CaseOutcome.Warning, Noon.AddDays(80))).ThenRefused("case.excused");
        Decider.Given(Opened(), Sized, Ruled(CaseOutcome.Referred), Proposed).When(Penalty(200)).ThenRefused("case.excused");
        Decider.Given(Opened(), Ruled(CaseOutcome.Warning), Proposed).When(new CaseCommand.Settle("№ 9", Noon)).ThenRefused("case.excused");
        Decider.Given([.. excused, taken]).When(Propose).ThenNothing();
        Decider.Given([.. excused, taken]).When(Penalty(200)).ThenRefused("case.not-referred");

        CaseRow Row(params CaseEvent[] facts) => CaseRow.View.Build(Of([.. facts.Select(f => (Id, (object)f))]))[Id];
        Assert.Equal((CaseState.Decided, true, true), Row(excused) is var before ? (before.State, before.IsToBeReconsidered, before.IsUrgent) : default);
        Assert.Equal((CaseOutcome.Dismissed, null, null, false), Row([.. excused, taken]) is var after ? (after.Ruling!.Outcome, after.Penalty, after.PenalisedAt, after.IsUrgent) : default);
        Assert.Equal(Id, Assert.Single(RepeatedCases.View.Build(Of([.. excused.Append(taken).Select(f => (Id, (object)f))]))[Venue].Cancelled));
    }

    [Fact] public void Where_the_minutes_come_back_to_the_owner_all_is_as_it_was()
    {
        var back = new CaseEvent.DismissalWithdrawn(Id, Venue, Noon.AddDays(71));
        var withdraw = new CaseCommand.WithdrawDismissal(Noon.AddDays(71));
        Decider.Given(Opened(), Ruled(CaseOutcome.Warning), Proposed).When(withdraw).Then(back);
        Decider.Given(Opened(), Ruled(CaseOutcome.Warning), Paid, Proposed).When(withdraw).Then(back);
        Decider.Given(Opened(), Ruled(CaseOutcome.Warning), Paid, Proposed, back).When(new CaseCommand.Settle("№ 9", Noon)).ThenRefused("case.closed");
        Decider.Given(Opened(), Ruled(CaseOutcome.Warning), Proposed, back).When(Deciding(CaseOutcome.Dismissed) with { Grounds = "x" }).ThenRefused("case.decided");
        var row = CaseRow.View.Build(Of((Id, Opened()), (Id, Ruled(CaseOutcome.Warning)), (Id, Paid), (Id, Proposed), (Id, back)))[Id];
        Assert.Equal((CaseState.Settled, false), (row.State, row.IsUrgent));
    }

    [Fact] public void What_was_settled_is_not_appealed_and_an_appeal_of_before_stays_in_sight()
    {
        Decider.Given(Opened(), Ruled(CaseOutcome.Warning), Paid, Proposed).When(new CaseCommand.Appeal(Said, Frozen, Noon.AddDays(71))).ThenRefused("case.closed");
        CaseEvent[] appealed = [Opened(), Ruled(CaseOutcome.Warning), Paid, Proposed, Appealed, new CaseEvent.DismissalWithdrawn(Id, Venue, Noon.AddDays(71))];
        Assert.IsType<Case.Appealed>(Decider.Fold(appealed));
        var row = CaseRow.View.Build(Of([.. appealed.Select(f => (Id, (object)f))]))[Id];
        Assert.Equal((CaseState.Appealed, true), (row.State, row.IsUrgent));
    }

    [Fact] public void A_penalty_that_holds_no_more_is_set_anew_though_the_case_had_been_settled()
    {
        var lifted = new CaseEvent.PenaltyLifted(Id, Venue, 200, "№ 7", Other, Noon.AddDays(71));
        CaseEvent[] facts = [Opened(), Sized, Ruled(CaseOutcome.Referred), Penalised, Paid, Proposed, lifted, new CaseEvent.DismissalWithdrawn(Id, Venue, Noon.AddDays(72))];
        Assert.IsType<Case.Decided>(Decider.Fold(facts));
        Assert.Equal((CaseState.Decided, true), CaseRow.View.Build(Of([.. facts.Select(f => (Id, (object)f))]))[Id] is var row ? (row.State, row.IsUrgent) : default);
    }

    [Fact] public void An_open_case_that_can_only_be_dismissed_waits_for_an_officer() =>
        Assert.True(CaseRow.View.Build(Of((Id, Opened()), (Id, Proposed)))[Id].IsUrgent);
}
