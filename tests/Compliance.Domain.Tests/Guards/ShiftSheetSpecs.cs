using Compliance.Domain.Guards;
using Compliance.Domain.Notices;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Guards.ShiftCommand;

namespace Compliance.Domain.Tests.Guards;

public sealed class ShiftSheetSpecs
{
    static readonly Guid Club = new("00000000-0000-0000-0000-00000000000a"), Late = new("00000000-0000-0000-0000-0000000000b1"), Phone = new("00000000-0000-0000-0000-0000000000f1");
    static readonly Guid Ann = new("00000000-0000-0000-0000-0000000000e1"), Bob = new("00000000-0000-0000-0000-0000000000e2");
    static readonly DateOnly Night = new(2026, 6, 1);

    /// <summary>Noon in UTC is five in the afternoon in Almaty: the shift goes from ten to five.</summary>
    static DateTimeOffset At(double hour) => Story.Noon.AddHours(hour);

    static readonly ShiftEvent.Planned Planned = new(Club, Night, Late, Ann, At(5), At(12));
    static readonly ShiftEvent.CheckedIn Came = new(Club, Night, Late, Ann, At(4.9), Phone);
    static ShiftEvent.CheckedOut Left(double hour, Witness by = Witness.Code) => new(Club, Night, Late, Ann, At(hour), by);

    static Given<ShiftSheet, ShiftCommand, ShiftEvent> Given(params ShiftEvent[] facts) => ShiftSheet.Decider.Given(facts);
    static Plan Ask(double from = 5, double until = 12, double now = 0, Guid? shift = null, Guid? guard = null) => new(shift ?? Late, guard ?? Ann, At(from), At(until), Club, At(now));

    [Fact] public void A_shift_is_planned() => Given().When(Ask()).Then(Planned);
    [Fact] public void It_may_begin_at_once() => Given().When(Ask(now: 6)).Then(Planned);
    [Fact] public void Not_when_it_is_over() => Given().When(Ask(now: 12)).ThenRefused("shift.past", "until");
    [Fact] public void Nor_for_next_season() => Given().When(Ask(from: 24 * 61, until: (24 * 61) + 7)).ThenRefused("shift.far", "from");
    [Fact] public void Nobody_stands_for_a_whole_day() => Given().When(Ask(until: 22)).ThenRefused("shift.length-impossible", "until");
    [Fact] public void Nobody_stands_twice() => Given(Planned).When(Ask(from: 6, shift: Bob)).ThenRefused("shift.overlaps");
    [Fact] public void Two_guards_may() => Given(Planned).When(Ask(shift: Bob, guard: Bob)).Then(Planned with { ShiftId = Bob, GuardId = Bob });
    [Fact] public void It_is_cancelled_ahead() => Given(Planned).When(new Cancel(Late, At(4))).Then(new ShiftEvent.Cancelled(Club, Night, Late));
    [Fact] public void What_should_have_begun_is_not_made_undone() => Given(Planned).When(new Cancel(Late, At(5))).ThenRefused("shift.begun");

    [Fact] public void A_guard_comes() => Given(Planned).When(new CheckIn(Ann, Phone, At(4.9))).Then(Came);
    [Fact] public void Not_hours_before() => Given(Planned).When(new CheckIn(Ann, Phone, At(3))).ThenRefused("shift.none-now");
    [Fact] public void Not_after_it() => Given(Planned).When(new CheckIn(Ann, Phone, At(12))).ThenRefused("shift.none-now");
    [Fact] public void Not_for_another() => Given(Planned).When(new CheckIn(Bob, Phone, At(5))).ThenRefused("shift.none-now");
    [Fact] public void Who_is_there_comes_no_second_time() => Given(Planned, Came).When(new CheckIn(Ann, Phone, At(6))).ThenNothing();
    [Fact] public void A_guard_leaves() => Given(Planned, Came).When(new CheckOut(Ann, At(11.5))).Then(Left(11.5));
    [Fact] public void Who_never_came_does_not_leave() => Given(Planned).When(new CheckOut(Ann, At(11.5))).ThenRefused("shift.not-in");
    [Fact] public void Who_has_left_is_in_no_more() => Given(Planned, Came, Left(11.5)).When(new CheckOut(Ann, At(11.6))).ThenRefused("shift.not-in");
    [Fact] public void Of_two_shifts_the_one_that_is_open_is_left() => Given(Planned, Came, new ShiftEvent.Planned(Club, Night, Bob, Ann, At(1), At(4)), new ShiftEvent.CheckedIn(Club, Night, Bob, Ann, At(1), Phone), new ShiftEvent.CheckedOut(Club, Night, Bob, Ann, At(4), Witness.Code))
        .When(new CheckOut(Ann, At(11.5))).Then(Left(11.5));
    [Fact] public void A_forgotten_end_is_written_down_by_the_venue() => Given(Planned, Came).When(new WriteEnd(Late, At(12), At(20))).Then(Left(12, Witness.Venue));
    [Fact] public void Nobody_left_before_coming() => Given(Planned, Came).When(new WriteEnd(Late, At(4), At(20))).ThenRefused("shift.end-impossible", "at");
    [Fact] public void Nobody_left_in_the_future() => Given(Planned, Came).When(new WriteEnd(Late, At(11), At(10))).ThenRefused("shift.end-impossible", "at");

    [Fact] public void Before_the_patience_ends_nothing_is_said() => Given(Planned).When(new Assess(At(5.2))).ThenNothing();
    [Fact] public void Who_has_not_come_is_late() => Given(Planned).When(new Assess(At(5.25))).Then(new ShiftEvent.Late(Club, Night, Late, Ann, At(5.25)));
    [Fact] public void Who_does_not_come_has_missed_it() => Given(Planned, new ShiftEvent.Late(Club, Night, Late, Ann, At(5.25))).When(new Assess(At(12))).Then(new ShiftEvent.Missed(Club, Night, Late, Ann, At(12)));
    [Fact] public void A_missed_tick_is_made_up() => Given(Planned).When(new Assess(At(100))).Then(new ShiftEvent.Late(Club, Night, Late, Ann, At(5.25)), new ShiftEvent.Missed(Club, Night, Late, Ann, At(12)));
    [Fact] public void Who_does_not_leave_is_left_open() => Given(Planned, Came).When(new Assess(At(13))).Then(new ShiftEvent.LeftOpen(Club, Night, Late, Ann, At(12)));
    [Fact] public void Who_left_is_waited_for_no_longer() => Given(Planned, Came, Left(11.5)).When(new Assess(At(13))).ThenNothing();

    [Fact] public void Heads_are_counted() => Given().When(new CountHeads(140, Club, At(6))).Then(new ShiftEvent.HeadsCounted(Club, Night, 140, At(6)));
    [Fact] public void Fewer_than_none_are_not() => Given().When(new CountHeads(-1, Club, At(6))).ThenRefused("shift.heads-impossible", "persons");

    [Fact] public void Nor_without_end() => Given([.. Enumerable.Range(0, 500).Select(i => new ShiftEvent.HeadsCounted(Club, Night, i, At(6)))]).When(new CountHeads(1, Club, At(7))).ThenRefused("shift.heads-many");

    [Fact]
    public void On_duty_is_who_came_and_has_not_left_and_whose_shift_runs()
    {
        ShiftSheet Sheet(params ShiftEvent[] facts) => ShiftSheet.View.Build(Story.Of([.. facts.Select(f => (ShiftSheet.IdOf(Club, Night), (object)f))]))[ShiftSheet.IdOf(Club, Night)];
        Assert.Empty(Sheet(Planned).OnDuty(At(6)));
        Assert.Single(Sheet(Planned, Came).OnDuty(At(6)));
        Assert.Empty(Sheet(Planned, Came).OnDuty(At(12.1)));
        Assert.Empty(Sheet(Planned, Came, Left(11)).OnDuty(At(11.5)));
    }

    [Fact]
    public void Two_guards_on_one_telephone_are_seen()
    {
        var sheet = ShiftSheet.Decider.Fold([Planned, Planned with { ShiftId = Bob, GuardId = Bob }, Came, Came with { ShiftId = Bob, GuardId = Bob }]);
        Assert.All(sheet.Shifts, shift => Assert.True(sheet.SharesHandset(shift)));
        Assert.False(ShiftSheet.Decider.Fold([Planned, Came]) is var alone && alone.SharesHandset(alone.Shifts[0]));
    }

    [Fact]
    public void The_venue_is_told_of_who_does_not_come()
    {
        var recorded = Story.Of((Club, new ShiftEvent.Late(Club, Night, Late, Ann, At(5.25))))[0];
        var reaction = Assert.Single(NotifyWhenGuardMissesOrEntryWaits.Policy.React(Compliance.Domain.Kernel.EventCatalog.Decode(recorded)!, recorded));
        Assert.Contains(nameof(NoticeKind.GuardLate), reaction.ToString(), StringComparison.Ordinal);
        Assert.Contains($"{Ann}", reaction.ToString(), StringComparison.Ordinal);
    }
}
