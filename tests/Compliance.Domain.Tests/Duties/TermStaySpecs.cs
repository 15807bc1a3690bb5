using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Duties.Duty;
using static Compliance.Domain.Tests.Duties.DutySpecs;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Duties;

/// <summary>A term does not run while its device may rest. The duty of these specs arises at noon and is due ten days later.</summary>
public sealed class TermStaySpecs
{
    static readonly Guid Window = new("00000000-0000-0000-0000-0000000000a1"), Another = new("00000000-0000-0000-0000-0000000000a2");

    static DateTimeOffset Day(double days) => Noon.AddDays(days);

    static DutyEvent.TermStayed Stayed(double from, double until, Guid? window = null) => new(Id, Venue, window ?? Window, Day(from), Day(until));

    static DutyCommand.StayTerm Stay(double from, double until) => new(Window, Day(from), Day(until));

    static DutyCommand.Assess Ask(double day) => new(Day(day));

    static Given<Duty, DutyCommand, DutyEvent> After(params DutyEvent[] more) => Decider.Given([.. Arisen(), .. more]);

    [Fact] public void A_window_stops_the_term() => After().When(Stay(2, 4)).Then(Stayed(2, 4));

    [Fact] public void Only_from_when_the_duty_was_known() => After().When(Stay(-1, 4)).Then(Stayed(0, 4));

    [Fact] public void What_begins_after_the_term_stops_nothing() => After().When(Stay(10, 12)).ThenNothing();

    [Fact] public void While_it_stands_still_nobody_is_late() => After(Stayed(9, 12)).When(Ask(11)).ThenNothing();

    [Fact] public void When_the_window_is_over_the_term_is_later_by_it() => After(Stayed(9, 12)).When(Ask(12.5)).Then(new DutyEvent.TermResumed(Id, Venue, Day(13), Day(12.5)));

    [Fact] public void Past_the_later_end_it_is_overstayed() => After(Stayed(9, 12)).When(Ask(13))
        .Then(new DutyEvent.TermResumed(Id, Venue, Day(13), Day(13)), new DutyEvent.Overstayed(Id, Venue, Order, Matter, Day(13)));

    [Fact] public void A_window_that_ended_early_gives_less() => After(Stayed(2, 6)).When(Stay(2, 3)).Then(Stayed(2, 3));

    [Fact] public void And_no_later_word_makes_it_longer() => After(Stayed(2, 3)).When(Stay(2, 6)).ThenNothing();

    [Fact] public void Windows_that_overlap_count_once() => After(Stayed(2, 4), Stayed(3, 5, Another)).When(Ask(10))
        .Then(new DutyEvent.TermResumed(Id, Venue, Day(13), Day(10)));

    [Fact] public void What_is_mended_in_the_window_is_in_time() => After(Stayed(9, 14)).When(new DutyCommand.Meet(VerifiedBy.Probe, Day(12)))
        .Then(new DutyEvent.TermResumed(Id, Venue, Day(13), Day(12)), new DutyEvent.Fixed(Id, Venue, Day(12)), new DutyEvent.Verified(Id, Venue, VerifiedBy.Probe, "", Day(12)));

    [Fact] public void What_had_overstayed_already_is_not_helped_by_a_later_window() => After(new DutyEvent.Overstayed(Id, Venue, Order, Matter, Day(10))).When(Stay(9, 14)).ThenNothing();

    [Fact] public void More_time_may_be_asked_for_while_the_term_stands_still() => After(Stayed(9, 12))
        .When(new DutyCommand.AskExtension(Day(20), DutySpecs.Why, Day(11))).Then(new DutyEvent.ExtensionAsked(Id, Venue, Day(20), DutySpecs.Why, Day(11)));

    [Fact] public void More_time_is_more_than_what_standing_still_gives() => After(Stayed(9, 12))
        .When(new DutyCommand.AskExtension(Day(12), DutySpecs.Why, Day(8))).ThenRefused("duty.extension-backward", "until");

    [Fact] public void A_window_that_was_counted_is_not_counted_again() => After(Stayed(2, 4), new DutyEvent.TermResumed(Id, Venue, Day(12), Day(4))).When(Stay(2, 3)).ThenNothing();

    [Fact] public void An_early_end_counts_also_for_what_is_said_to_be_mended() =>
        After(Stayed(2, 6), new DutyEvent.TermResumed(Id, Venue, Day(11), Day(3)), new DutyEvent.Fixed(Id, Venue, Day(3))).When(Stay(2, 4)).Then(Stayed(3, 4));

    [Fact] public void A_term_that_would_end_in_closed_hours_ends_at_the_next_opening()
    {
        var (moved, waits) = (new DutyEvent.TermMovedToOpening(Id, Venue, Day(10.5)), new DutyCommand.AwaitOpening(Day(10), Day(10.5)));
        After().When(waits).Then(moved);
        After(moved).When(waits).ThenNothing();
        After(Stayed(2, 4)).When(waits).ThenNothing();
        After(moved).When(Ask(10.4)).ThenNothing();
        After(moved).When(new DutyCommand.Meet(null, Day(10.4))).Then(new DutyEvent.Fixed(Id, Venue, Day(10.4)));
        After(moved).When(Ask(10.5)).Then(new DutyEvent.Overstayed(Id, Venue, Order, Matter, Day(10.5)));
    }

    [Fact]
    public async Task An_outage_that_is_excused_stops_the_term_of_its_duty()
    {
        var ct = TestContext.Current.CancellationToken;
        var excused = new OutageEvent.Excused(Id, Another, Venue, Window, Day(1), Day(2));
        var log = new MemoryEventLog(TimeProvider.System);
        var duty = RaiseDutyWhenOutageOpens.DutyOf(Id);
        await log.Append(new("outage", Id), -1, [new OutageEvent.Opened(Id, Another, Venue, DeviceKind.Camera, Verdict.Covered, Noon, ""), excused], new(Id, "user:test"), ct);
        await log.Append(new("duty", duty), -1, [new DutyEvent.Arose(duty, Venue, Order, Matter, Noon, Noon), new DutyEvent.DueSet(duty, Venue, Day(10), DutyTerms.Of(Domain.Rulebooks.Severity.Critical))], new(Window, "user:test"), ct);
        var recorded = (await log.Read(new("outage", Id), ct).ToListAsync(ct))[1];
        foreach (var reaction in StayTermWhenOutageIsExcused.Policy.React(excused, recorded)) await reaction.Execute(log, new(Another, "reaction:test"), ct);
        Assert.Equal([new DutyEvent.TermStayed(duty, Venue, Window, Day(1), Day(2))], ((Owed)(await log.Load(Decider, new("duty", duty), ct)).State).Stays);
    }

    static DutyRow Row(params DutyEvent[] more) => DutyRow.View.Build(Story.Of([.. Arisen().Concat(more).Select(f => (Id, (object)f))]))[Id];

    [Fact]
    public void While_it_stands_still_no_day_is_told_but_how_long_it_stood_and_what_is_left()
    {
        var told = Row(Stayed(8, 12)).AsOf(Day(9));
        Assert.Equal((null, new TermStill(Day(8), Day(12), TimeSpan.FromDays(1), TimeSpan.FromDays(2))), (told.Clock.Due, told.Still));
        Assert.All([7.9, 12], day => Assert.Equal((Day(10), null), (Row(Stayed(8, 12)).AsOf(Day(day)).Clock.Due!.Value, Row(Stayed(8, 12)).AsOf(Day(day)).Still)));
    }

    [Fact]
    public void Where_two_windows_overlap_a_minute_stood_still_once()
    {
        var row = Row(Stayed(6, 9), Stayed(8, 12, Another));
        Assert.Equal(new TermStill(Day(8), Day(12), TimeSpan.FromDays(4), TimeSpan.FromDays(4)), row.AsOf(Day(10)).Still);
        Assert.Equal(Day(9), row.StayedUntil);
        var resumed = Row(Stayed(6, 9), Stayed(8, 12, Another), new DutyEvent.TermResumed(Id, Venue, Day(13), Day(9)));
        Assert.Equal((Day(12), Day(13), TimeSpan.FromDays(4)), (resumed.StayedUntil!.Value, resumed.Clock.Due!.Value, resumed.AsOf(Day(10)).Still!.Left));
    }

    [Fact]
    public void The_list_says_until_when_it_stands_still()
    {
        Assert.Equal((Day(12), Day(10)), (Row(Stayed(9, 12)).StayedUntil!.Value, Row(Stayed(9, 12)).Clock.Due!.Value));
        var resumed = Row(Stayed(9, 12), new DutyEvent.TermResumed(Id, Venue, Day(13), Day(12.5)));
        Assert.Equal((null, Day(13)), (resumed.StayedUntil, resumed.Clock.Due!.Value));
    }
}
