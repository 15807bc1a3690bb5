using Compliance.Domain.Duties;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Duties.Duty;
using static Compliance.Domain.Tests.Duties.DutySpecs;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Duties;

/// <summary>What waits for an official has a term of its own, is put before the authority when it passes, and never outlives the limitation in silence.</summary>
public sealed class OfficialWaitSpecs
{
    static DateTimeOffset Day(double days) => Noon.AddDays(days);

    static readonly DutyEvent.ExtensionAsked Wish = new(Id, Venue, Day(400), Why, Day(1));
    static readonly DutyEvent.Fixed Mended = new(Id, Venue, Day(2));

    /// <summary>1 June 2026 is a Monday: five working days after the second are the ninth, ten after the third the seventeenth.</summary>
    static readonly DateTimeOffset WishDue = OfficialTerms.Due(DutyWait.Extension, Day(1)), LookDue = OfficialTerms.Due(DutyWait.Repair, Day(2));

    static DutyEvent.WaitEscalated Told(DutyWait wait, WaitStage stage, DateTimeOffset due, DateTimeOffset? next, DateTimeOffset at) => new(Id, Venue, wait, stage, due, next, at);

    static Given<Duty, DutyCommand, DutyEvent> After(params DutyEvent[] more) => Decider.Given([.. Arisen(), .. more]);

    [Fact] public void The_terms_are_working_days_and_our_own_number()
    {
        Assert.Equal((Day(8), Day(16), Domain.Rulebooks.Confidence.Project), (WishDue, LookDue, OfficialTerms.Sureness));
    }

    [Fact] public void A_wish_nobody_decides_is_put_before_the_authority_once() => After(Wish).When(new DutyCommand.EscalateWaits(WishDue))
        .Then(Told(DutyWait.Extension, WaitStage.Term, WishDue, Day(55), WishDue));

    [Fact] public void Before_its_term_nothing_is_said() => After(Wish, Mended).When(new DutyCommand.EscalateWaits(WishDue.AddSeconds(-1))).ThenNothing();

    [Fact] public void A_repair_nobody_looks_at_too() => After(Mended).When(new DutyCommand.EscalateWaits(LookDue))
        .Then(Told(DutyWait.Repair, WaitStage.Term, LookDue, Day(55), LookDue));

    [Fact] public void And_once_more_two_weeks_before_the_limitation() => After(Mended, Told(DutyWait.Repair, WaitStage.Term, LookDue, Day(55), LookDue))
        .When(new DutyCommand.EscalateWaits(Day(55))).Then(Told(DutyWait.Repair, WaitStage.Limitation, LookDue, null, Day(55)));

    [Fact] public void What_was_mended_anew_waits_anew() => After(Mended, Told(DutyWait.Repair, WaitStage.Term, LookDue, Day(55), LookDue), new DutyEvent.Reopened(Id, Venue, "no", Day(17)), Mended with { At = Day(18) })
        .When(new DutyCommand.EscalateWaits(Day(20))).ThenNothing();

    [Fact] public void The_silence_of_an_officer_does_not_outlive_the_limitation()
    {
        After(Wish).When(new DutyCommand.Assess(Day(54))).ThenNothing();
        After(Wish).When(new DutyCommand.Assess(Day(55))).Then(new DutyEvent.Overstayed(Id, Venue, Order, Matter, Day(55)));
    }

    static OfficialWait? Row(params DutyEvent[] more) => OfficialWait.View.Build(Of([.. Arisen().Concat(more).Select(f => (Id, (object)f))])).GetValueOrDefault(Id);

    [Fact]
    public void The_list_holds_what_waits_and_nothing_else()
    {
        Assert.Null(Row());
        Assert.Equal([DutyWait.Extension, DutyWait.Repair], Row(Wish, Mended)!.Waits.Select(wait => wait.Kind));
        Assert.Equal(WishDue, Row(Wish, Mended)!.NextAt);
        Assert.Equal([DutyWait.Repair], Row(Wish, Mended, new DutyEvent.ExtensionRefused(Id, Venue, "no", Day(3)))!.Waits.Select(wait => wait.Kind));
        Assert.Null(Row(Wish, Mended, new DutyEvent.Verified(Id, Venue, VerifiedBy.Inspector, "seen", Day(3))));
        var told = Row(Wish, Told(DutyWait.Extension, WaitStage.Term, WishDue, Day(55), WishDue))!;
        Assert.Equal((Day(55), WishDue, WishDue), (told.NextAt, told.Waits[0].EscalatedAt!.Value, told.Waits[0].Due));
    }
}
