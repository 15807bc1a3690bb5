using Compliance.Domain.Guards;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Tests.Rulebooks;

/// <summary>What a venue keeps of its guards decides the rules on guards: they are unknown no longer.</summary>
public sealed class GuardFactsTests
{
    static readonly Guid Club = new("00000000-0000-0000-0000-00000000000a"), Contract = Guid.NewGuid(), Ann = Guid.NewGuid(), Bob = Guid.NewGuid(), Entry = Guid.NewGuid();
    static readonly DateOnly Night = new(2026, 6, 1);

    /// <summary>Recorded at noon in UTC, five in the afternoon; asked at eleven at night.</summary>
    static DateTimeOffset At(double hour) => Story.Noon.AddHours(hour);

    static readonly VenueEvent.Registered Venue = new(Club, new("Клуб", "Клуб", "990140000384", "Абай 1", "Алмалы", new(43.2, 76.9), true), 250,
        [.. Enum.GetValues<DayOfWeek>().Select(day => new OpeningHours(day, new(20, 0), new(5, 0)))]);

    static readonly GuardingEvent.ContractSigned Signed = new(Club, new(Contract, "Күзет", "990140000384", "№ 1", new("KZ 1", "1", new(2027, 1, 1)), new(2026, 1, 1), new(2026, 12, 31)));

    static ShiftEvent.Planned Planned(Guid guard) => new(Club, Night, guard, guard, At(4), At(12));
    static ShiftEvent.CheckedIn Came(Guid guard, Guid? handset = null) => new(Club, Night, guard, guard, At(4), handset ?? guard);

    static readonly object[] Two = [Signed, new GuardingEvent.GuardRostered(Club, Ann, 1, new(2027, 1, 1)), new GuardingEvent.GuardRostered(Club, Bob, 2, new(2027, 1, 1)), Planned(Ann), Planned(Bob), Came(Ann), Came(Bob)];

    static VenueFacts Facts(double hour, params object[] facts) => FactSheet.Of(Club, At(hour), Story.Of([(Club, Venue), .. facts.Select(f => (f is IncidentEvent ? Entry : Club, f))]))!;

    static RuleResult Ask(string rule, double hour, params object[] facts) =>
        RulebookShelf.All[RulebookShelf.Usual].Evaluate(Facts(hour, facts)).Single(r => r.Rule.Id == rule);

    [Theory]
    [InlineData("KZ.GRD.001"), InlineData("KZ.GRD.002"), InlineData("KZ.GRD.004"), InlineData("KZ.GRD.003")]
    public void Unknown_while_nothing_is_kept(string rule) => Assert.Equal(Outcome.Unknown, Ask(rule, 6).Outcome);

    [Fact]
    public void A_firm_with_a_licence_that_holds_passes()
    {
        Assert.Equal(Outcome.Pass, Ask("KZ.GRD.001", 6, Signed).Outcome);
        Assert.Equal(Outcome.Pass, Ask("KZ.GRD.002", 6, Signed).Outcome);
        Assert.Equal(Outcome.Fail, Ask("KZ.GRD.002", 6, Signed, new GuardingEvent.LicenceRecorded(Club, Contract, new("KZ 1", "2", new(2027, 1, 1)))).Outcome);
        Assert.Equal(Outcome.Fail, Ask("KZ.GRD.001", 6, Signed, new GuardingEvent.LicenceRecorded(Club, Contract, new("KZ 1", "1", new(2026, 5, 31)))).Outcome);
    }

    [Fact]
    public void A_licence_holds_through_its_last_day() =>
        Assert.Equal(Outcome.Pass, Ask("KZ.GRD.001", 6, Signed, new GuardingEvent.LicenceRecorded(Club, Contract, new("KZ 1", "1", new(2026, 6, 1)))).Outcome);

    [Fact]
    public void Guards_who_stand_there_after_the_contract_ended_come_from_no_firm()
    {
        var ended = new GuardingEvent.ContractEnded(Club, Contract, new(2026, 5, 31));
        Assert.Equal(Outcome.Fail, Ask("KZ.GRD.001", 6, [.. Two, ended]).Outcome);
        Assert.Equal(Outcome.NotApplicable, Ask("KZ.GRD.001", 6, Signed, ended).Outcome);
    }

    [Fact]
    public void As_many_as_the_heads_require()
    {
        Assert.Equal(Outcome.Pass, Ask("KZ.GRD.003", 6, [.. Two, new ShiftEvent.HeadsCounted(Club, Night, 100, At(5.5))]).Outcome);
        Assert.Equal(Outcome.Fail, Ask("KZ.GRD.003", 6, [.. Two, new ShiftEvent.HeadsCounted(Club, Night, 101, At(5.5))]).Outcome);
    }

    [Fact]
    public void An_old_count_says_nothing_and_one_guard_is_too_few_for_anybody()
    {
        Assert.Equal(Outcome.Unknown, Ask("KZ.GRD.003", 8, [.. Two, new ShiftEvent.HeadsCounted(Club, Night, 100, At(5.5))]).Outcome);
        Assert.Equal(Outcome.Fail, Ask("KZ.GRD.003", 8, Two[..6]).Outcome);
    }

    [Fact]
    public void As_of_before_they_came_they_were_not_there() =>
        Assert.Empty(FactSheet.Of(Club, At(3), Story.Of([(Club, Venue), .. Two.Select(f => (Club, f))]))!.Of("guardShift"));

    [Fact]
    public void A_log_with_an_open_end_is_not_whole()
    {
        Assert.Equal(Outcome.Pass, Ask("KZ.GRD.004", 6, Two).Outcome);
        var open = new ShiftEvent.LeftOpen(Club, Night, Ann, Ann, At(12));
        Assert.Equal(Outcome.Fail, Ask("KZ.GRD.004", 14, [.. Two, open]).Outcome);
        Assert.Equal(Outcome.Pass, Ask("KZ.GRD.004", 14, [.. Two, open, new ShiftEvent.CheckedOut(Club, Night, Ann, Ann, At(12), Witness.Venue)]).Outcome);
    }

    [Fact]
    public void An_incident_is_written_up_within_a_day()
    {
        IncidentEvent.Opened happened = new(Entry, Club, IncidentKind.Ejection, Story.Noon, null);
        IncidentEvent.WrittenUp written = new(Entry, Club, new(Entry, "hash"));
        Assert.Equal(Outcome.NotApplicable, Ask("KZ.GRD.006", 6, Signed).Outcome);
        Assert.Equal(Outcome.Pass, Ask("KZ.GRD.006", 6, happened).Outcome);
        Assert.Equal(Outcome.Fail, Ask("KZ.GRD.006", 25, happened).Outcome);
        Assert.Equal(Outcome.Pass, Ask("KZ.GRD.006", 25, happened, written).Outcome);
        Assert.Equal(Outcome.NotApplicable, Ask("KZ.GRD.006", 24 * 70, happened).Outcome);
        Assert.Equal(Outcome.Pass, Ask("KZ.CAM.009", 25, happened, written, new IncidentEvent.FootageHeld(Entry, Club, new(2027, 6, 1))).Outcome);
    }

    [Fact]
    public void What_the_code_showed_is_measured_and_a_shared_telephone_is_only_said()
    {
        var said = Facts(6, [.. Two[..5], Came(Ann, Club), Came(Bob, Club)]).Of("guardShift");
        Assert.All(said, shift => Assert.Equal(Provenance.Registered, shift["onDuty"]!.From));
        Assert.All(Facts(6, Two).Of("guardShift"), shift => Assert.Equal(Provenance.Measured, shift["onDuty"]!.From));
    }

    [Fact]
    public void The_checklist_is_filled_in_and_asks_nobody_which_guards_there_are()
    {
        var list = Checklist.Of(Facts(6, Two), RulebookShelf.All[RulebookShelf.Usual], "");
        Assert.Equal(ItemState.Measured, list.Items.Single(i => i.Rule.RuleId == "KZ.GRD.004").State);
        var counted = list.Items.Single(i => i.Rule.RuleId == "KZ.GRD.003");
        Assert.DoesNotContain(counted.Questions, q => q.Kind == "guardShift");
        Assert.NotNull(list.Items.Single(i => i.Rule.RuleId == "KZ.GRD.001").Questions.Single().Found);
    }
}
