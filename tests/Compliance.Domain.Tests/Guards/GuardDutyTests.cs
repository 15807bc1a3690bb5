using Compliance.Domain.Guards;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Tests.Guards;

/// <summary>How many stand there, and how many should, at each moment of an opening.</summary>
public sealed class GuardDutyTests
{
    static readonly Guid Club = Guid.NewGuid(), Ann = Guid.NewGuid(), Bob = Guid.NewGuid();
    static readonly DateOnly Night = new(2026, 6, 5);
    static readonly OpeningHours[] Hours = [new(DayOfWeek.Friday, new(20, 0), new(5, 0))];
    static readonly HeadFormula Formula = HeadFormula.In(RulebookShelf.All[RulebookShelf.Usual])!;

    static DateTimeOffset At(int hour, int minute = 0) => VenueZone.At(hour < 12 ? Night.AddDays(1) : Night, new(hour, minute));

    static Shift Stands(Guid guard, DateTimeOffset from, DateTimeOffset? left = null) => new(Guid.NewGuid(), guard, At(20), At(5), from, left, left is null ? null : Witness.Code, Guid.NewGuid(), false, false);

    static GuardDuty Duty(DateTimeOffset at, IReadOnlyList<HeadCount> heads, params Shift[] shifts) => GuardDuty.Of(Club, at, 250, OpeningWeeks.Always(Hours), Formula, [new(Club, Night, shifts, heads)]);

    [Theory]
    [InlineData(0, 2), InlineData(100, 2), InlineData(101, 3), InlineData(200, 3), InlineData(201, 4), InlineData(350, 5)]
    public void The_formula_is_the_rulebooks(int persons, int needed) => Assert.Equal(("KZ.GRD.003", needed), (Formula.RuleId, Formula.Needed(persons)));

    [Fact]
    public void Before_ten_nobody_is_asked_for_and_after_closing_neither()
    {
        Assert.Null(Duty(At(21), []).Needed);
        Assert.Equal(4, Duty(At(22), []).Needed);
        Assert.Null(Duty(At(5), []).Needed);
    }

    [Fact]
    public void Uncounted_the_house_is_taken_to_be_full()
    {
        Assert.Equal((4, null), (Duty(At(23), []).Needed, Duty(At(23), []).Persons));
        Assert.Equal((2, 80), (Duty(At(23), [new(80, At(22, 30))]).Needed, Duty(At(23), [new(80, At(22, 30))]).Persons));
        Assert.Equal(4, Duty(At(23, 31), [new(80, At(22, 30))]).Needed);
    }

    [Fact]
    public void A_guard_counts_once() => Assert.Equal(1, Duty(At(23), [], Stands(Ann, At(20)), Stands(Ann, At(21))).OnDuty);

    [Fact]
    public void The_night_is_told_step_by_step()
    {
        var steps = Duty(At(1), [new(150, At(22))], Stands(Ann, At(20)), Stands(Bob, At(21, 30), At(0))).Steps;
        Assert.Equal([(At(20), 1, null), (At(21, 30), 2, null), (At(22), 2, 3), (At(23), 2, 4), (At(0), 1, 4)], steps.Select(s => (s.From, s.OnDuty, s.Needed)));
        Assert.Equal(At(1), steps[^1].Until);
        Assert.True(steps[2].IsShort);
    }

    [Fact]
    public void While_it_is_closed_nothing_is_told() => Assert.Equal((null, 0), (Duty(At(12), []).Opens, Duty(At(12), []).Steps.Count));
}
