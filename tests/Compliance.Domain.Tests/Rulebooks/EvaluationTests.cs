using Compliance.Domain.Devices;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;
using static Compliance.Domain.Tests.Rulebooks.VenueFactsBuilder;

namespace Compliance.Domain.Tests.Rulebooks;

/// <summary>The edges of the check language: what nobody knows, and nights that pass midnight.</summary>
public sealed class EvaluationTests
{
    static readonly Sentence Any = new("Талап.", "Требование.", "A requirement.");
    static readonly Standing ForUto = new(Basis.LawUto, Confidence.Read, new Check.Is("venue.uto", "true"));
    static readonly Check Never = new Check.Is("venue.pyrotechnicsAbsent", "false");

    static Outcome Ask(Check check, VenueFacts facts, Check? scope = null, Standing? standing = null, string[]? holidays = null) =>
        new Rulebook("x", "1", Any, "KZ", default, null, holidays ?? [], new Dictionary<string, Source>(),
            [new("X", "x", Any, check, Severity.Info, [standing ?? new(Basis.Law, Confidence.Read)], [], Answerable.Owner, Scope: scope)])
            .Evaluate(facts).Single().Outcome;

    static VenueFacts Open(TimeOnly opens, TimeOnly closes, VenueFactsBuilder? club = null) => (club ?? Exemplary()).Facts with
    {
        OpeningHours = OpeningWeeks.Always([.. Enum.GetValues<DayOfWeek>().Select(day => new OpeningHours(day, opens, closes))]),
    };

    static DateTimeOffset Clock(int hour, int minute = 0, int day = 17) => VenueZone.At(new(2026, 5, day), new(hour, minute));

    [Fact]
    public void Things_all_good_of_an_unknown_number_are_no_pass() => Assert.Equal(Outcome.Unknown,
        Ask(new Check.Each("exit", new Check.Is("free", "true")), Exemplary().Unlisted("exit").Facts));

    [Theory]
    [InlineData("2026-05-01T00:00:00+05:00", Outcome.Pass), InlineData("2036-05-01T00:00:00+05:00", Outcome.Fail), InlineData("9999-12-31T00:00:00+00:00", Outcome.Fail)]
    public void What_is_said_to_have_been_done_in_the_future_is_not_done_and_stops_no_evaluation(string drill, Outcome outcome)
    {
        var facts = Exemplary().Set("venue", ("drillAt", DateTimeOffset.Parse(drill, null))).Facts;
        Assert.Equal(outcome, Ask(new Check.Age("venue.drillAt", new CalendarSpan(6, 0, 0, default)), facts));
    }

    [Fact]
    public void One_bad_thing_of_an_unknown_number_is_a_fail() => Assert.Equal(Outcome.Fail,
        Ask(new Check.Each("exit", new Check.Is("free", "true")), Exemplary().Add("exit", ("free", false)).Unlisted("exit").Facts));

    [Fact]
    public void A_bad_thing_that_may_not_be_meant_is_unknown() => Assert.Equal(Outcome.Unknown, Ask(
        new Check.Each("camera", new Check.AtLeast("fps", 25), new Check.Is("entrance", "true")), Exemplary().Add("camera", ("fps", 5)).Facts));

    [Theory]
    [InlineData(24.75, Outcome.Pass), InlineData(24.5, Outcome.Pass), InlineData(24.49, Outcome.Fail)]
    public void A_rate_has_the_tolerance_its_rulebook_states(double fps, Outcome outcome) => Assert.Equal(outcome,
        RulebookShelf.All[RulebookShelf.Usual].Evaluate(Exemplary().Set("camera", ("fps", (decimal)fps)).Facts).Single(r => r.Rule.Id == "KZ.CAM.006").Outcome);

    [Fact]
    public void A_condition_that_does_not_hold_is_no_fault()
    {
        var slow = RulebookShelf.All[RulebookShelf.Usual].Evaluate(Exemplary().Set("camera", ("fps", 12), ("entrance", false)).Facts).Single(r => r.Rule.Id == "KZ.CAM.006");
        Assert.Equal(["fps"], slow.Grounds.Where(g => g.Outcome == Outcome.Fail).Select(g => g.Attribute));
    }

    [Fact]
    public void Nothing_to_ask_of_does_not_apply() => Assert.Equal(Outcome.NotApplicable,
        Ask(new Check.Each("noise", new Check.IsKnown("at")), Exemplary().Facts));

    [Fact]
    public void A_doubtful_scope_leaves_a_failure_open() => Assert.Equal(Outcome.Unknown,
        Ask(Never, Exemplary().Forget("uto").Facts, new Check.Is("venue.uto", "true")));

    [Fact]
    public void A_doubtful_scope_of_nothing_asked_does_not_apply() => Assert.Equal(Outcome.NotApplicable,
        Ask(new Check.Each("noise", new Check.IsKnown("at")), Exemplary().Forget("uto").Facts, new Check.Is("venue.uto", "true")));

    [Fact]
    public void A_rule_stands_on_nothing_outside_its_standing() => Assert.Equal(Outcome.NotApplicable,
        Ask(Never, Exemplary().Venue(("uto", false)).Facts, standing: ForUto));

    [Fact]
    public void A_rule_whose_standing_nobody_knows_is_unknown() => Assert.Equal(Outcome.Unknown, Ask(Never, Exemplary().Forget("uto").Facts, standing: ForUto));

    [Fact]
    public void A_value_nobody_has_read_is_unknown_whatever_is_found() => Assert.Equal(Outcome.Unknown,
        Ask(new Check.AtLeast("venue.uplink", null), Exemplary().Facts));

    [Fact]
    public void A_rule_that_is_not_expressed_is_unknown() => Assert.Equal(Outcome.Unknown, Ask(new Check.NotExpressed("Why."), Exemplary().Facts));

    [Theory]
    [InlineData(22, 6, 2, true)]   // open past one, and it is two
    [InlineData(2, 6, 3, true)]    // opened when one had passed
    [InlineData(18, 0, 23, false)] // closes before one comes
    [InlineData(10, 23, 11, false)]
    public void A_night_comes_after_its_evening(int opens, int closes, int now, bool late) => Assert.Equal(late ? Outcome.Pass : Outcome.Fail,
        Ask(new Check.Trading(new(1, 0)), Open(new(opens, 0), new(closes, 0), Exemplary().At(Clock(now)))));

    [Fact]
    public void Short_gaps_of_many_nights_are_not_added_up()
    {
        var gaps = new Check.Gaps("recording", 60, CalendarSpan.TryParse("P7D", out var week) ? week : default);
        Stretch Cut(int day, int second) => new(second == 0 ? Verdict.Unreachable : Verdict.Online, Clock(1, 0, day).AddSeconds(second), Clock(1, 0, second == 0 ? day : day + 1).AddSeconds(second == 0 ? 40 : 0), Guid.Empty);
        Stretch[] line = [.. Enumerable.Range(8, 9).SelectMany(day => (Stretch[])[Cut(day, 0), Cut(day, 40)])];
        Assert.Equal(Outcome.Pass, Ask(new Check.Each("camera", gaps), Exemplary().Set("camera", ("recording", line)).At(Clock(0, 30)).Facts));
    }

    [Theory]
    [InlineData(8, 30, Outcome.Fail)] // a Saturday: quiet until ten
    [InlineData(11, 0, Outcome.Pass)]
    public void A_weekend_has_a_window_of_its_own(int hour, int minute, Outcome outcome) => Assert.Equal(outcome,
        Ask(Quiet, Exemplary().Add("noise", ("at", Clock(hour, minute, 16))).Facts));

    [Fact]
    public void A_holiday_is_as_a_weekend()
    {
        var friday = Exemplary().Add("noise", ("at", Clock(22, 30, 15))).Facts;
        Assert.Equal(Outcome.Fail, Ask(Quiet, friday));
        Assert.Equal(Outcome.Pass, Ask(Quiet, friday, holidays: ["05-15"]));
    }

    [Fact]
    public void A_check_is_due_by_its_time_of_the_night()
    {
        var check = new Check.CheckedBeforeOpening("dailyCheck", null, new(0, 30));
        Assert.Equal(Outcome.Pass, Ask(check, Exemplary().None("dailyCheck").Add("dailyCheck", ("at", Clock(0, 20))).Facts));
        Assert.Equal(Outcome.Fail, Ask(check, Exemplary().None("dailyCheck").Add("dailyCheck", ("at", Clock(0, 40))).Facts));
    }

    [Theory]
    [InlineData("P6M")]
    [InlineData("P0D")]
    [InlineData("P1WD")]
    [InlineData("P1M2DT3H4M")]
    public void A_span_is_written_as_it_is_read(string text) =>
        Assert.Equal(text, CalendarSpan.TryParse(text, out var span) ? span.ToString() : null);

    [Fact]
    public void A_working_day_skips_the_weekend_and_the_holiday() => Assert.Equal(
        VenueZone.At(new(2026, 5, 12), new(15, 0)), new CalendarSpan(0, 0, 1, default).After(VenueZone.At(new(2026, 5, 8), new(15, 0)), ["05-11"]));

    static readonly Check Quiet = new Check.NoneDuring("noise", new(2, 0, 0, default), new(new(22, 0), new(9, 0)), new(new(23, 0), new(10, 0)));
}
