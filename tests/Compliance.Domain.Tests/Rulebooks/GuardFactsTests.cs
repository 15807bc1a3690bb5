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

    static VenueFacts Facts(double hour, params object[] facts) => FactSheet.Of(Club, At(hour), Story.Of([(Club, Venue), .. facts.Select(f => (f is BookEvent ? Entry : Club, f))]))!;

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

    /// <summary>So many nights of guards who came and left, up to the night before this one.</summary>
    static IEnumerable<ShiftEvent> Kept(int nights, Witness by = Witness.Code) => Enumerable.Range(1, nights).Reverse().SelectMany(back =>
    {
        var (night, id) = (Night.AddDays(-back), EventIds.From(Ann, $"{back}"));
        return (ShiftEvent[])[new ShiftEvent.Planned(Club, night, id, Ann, At(4 - (24 * back)), At(12 - (24 * back))), new ShiftEvent.CheckedIn(Club, night, id, Ann, At(4 - (24 * back)), Ann),
            new ShiftEvent.CheckedOut(Club, night, id, Ann, At(12 - (24 * back)), by)];
    });

    [Fact]
    public void A_log_is_as_old_as_its_first_sheet()
    {
        Assert.Equal(Outcome.Fail, Ask("KZ.GRD.004", 24, Two).Outcome);
        Assert.Equal(new Known.Number(10), Facts(6, [Signed, .. Kept(10)]).Venue["guardLogDays"] is Known.Number days ? days with { By = null, From = default } : null);
        Assert.Equal(Outcome.Fail, Ask("KZ.GRD.004", 11, [Signed, .. Kept(182)]).Outcome);
        Assert.Equal(Outcome.Pass, Ask("KZ.GRD.004", 11, [Signed, .. Kept(183)]).Outcome);
    }

    [Fact]
    public void A_log_with_an_open_end_or_a_night_without_guards_is_not_whole()
    {
        Assert.Equal((true, Provenance.Measured), Log(11, [.. Kept(8)]));
        Assert.Equal((true, Provenance.Registered), Log(11, [.. Kept(8, Witness.Venue)]));
        Assert.Equal((false, Provenance.Registered), Log(11, [.. Kept(8).Where(f => f.Night != Night.AddDays(-4))]));
        Assert.Equal((false, Provenance.Registered), Log(11, [.. Kept(8).Where(f => f.Night != Night.AddDays(-4) || f is ShiftEvent.Planned)]));
        var open = new ShiftEvent.LeftOpen(Club, Night, Ann, Ann, At(12));
        Assert.Equal((false, Provenance.Measured), Log(14, [.. Two, open]));
        Assert.Equal((true, Provenance.Registered), Log(14, [.. Two, open, new ShiftEvent.CheckedOut(Club, Night, Ann, Ann, At(12), Witness.Venue)]));

        static (bool, Provenance) Log(double hour, params object[] facts) => Facts(hour, facts).Venue["guardLogComplete"] is Known.Flag flag ? (flag.Value, flag.From) : default;
    }

    [Fact]
    public void A_date_beyond_all_clocks_stops_no_evaluation() =>
        Assert.Equal(Outcome.Pass, Ask("KZ.GRD.001", 6, Signed, new GuardingEvent.LicenceRecorded(Club, Contract, new("KZ 1", "1", DateOnly.MaxValue))).Outcome);

    [Fact]
    public void An_incident_is_written_up_within_a_day()
    {
        BookEvent.Opened happened = new(Entry, Club, IncidentKind.Ejection, Story.Noon, null);
        BookEvent.WrittenUp written = new(Entry, Club, new(Entry, "hash"));
        Assert.Equal(Outcome.Unknown, Ask("KZ.GRD.006", 6, Signed).Outcome);
        Assert.Equal(Outcome.Pass, Ask("KZ.GRD.006", 6, happened).Outcome);
        Assert.Equal(Outcome.Fail, Ask("KZ.GRD.006", 25, happened).Outcome);
        Assert.Equal(Outcome.Pass, Ask("KZ.GRD.006", 25, happened, written).Outcome);
        Assert.Equal(Outcome.NotApplicable, Ask("KZ.GRD.006", 24 * 70, happened).Outcome);
        Assert.Equal(Outcome.Pass, Ask("KZ.CAM.009", 25, happened, written, new BookEvent.FootageHeld(Entry, Club, new(2027, 6, 1))).Outcome);
    }

    static readonly object[] Early = [.. Two[..5], Came(Ann) with { At = At(0) }, Came(Bob) with { At = At(0) }];

    /// <summary>A visit, ten minutes after noon, that named these as all there were.</summary>
    static object[] Seen(InspectionKind kind, params Guid[] shifts) =>
    [
        new InspectionEvent.Scheduled(Entry, Club, kind, Night, "book", "", "", []),
        new InspectionEvent.ItemRecorded(Entry, Club, "R", null, [.. shifts.Select(s => new Statement("guardShift", $"{s}", "", "onDuty", new Known.Flag(true)))],
            [new("guardShift", [.. shifts.Select(s => new ListedThing($"{s}", ""))], true)], null, null),
        kind == InspectionKind.SelfCheck ? new InspectionEvent.SelfCheckCompleted(Entry, Club, Guid.Empty) : new InspectionEvent.ActIssued(Entry, Club, "book", "1", "hash", []),
    ];

    [Fact]
    public void Who_checked_in_is_the_venues_word_and_an_inspector_who_counts_knows_better()
    {
        Assert.All(Facts(6, Two).Of("guardShift"), shift => Assert.Equal(Provenance.Registered, shift["onDuty"]!.From));
        Assert.Equal(2, Facts(6, Early).Of("guardShift").Count);
        var seen = Assert.Single(Facts(6, [.. Early, .. Seen(InspectionKind.Scheduled, Ann)]).Of("guardShift"));
        Assert.Equal(($"{Ann}", Provenance.Inspector), (seen.Id, seen["onDuty"]!.From));
        Assert.Equal(2, Facts(6, [.. Early, .. Seen(InspectionKind.SelfCheck, Ann)]).Of("guardShift").Count);
    }

    [Fact]
    public void What_an_inspector_counted_holds_for_that_night_and_for_who_had_come_by_then()
    {
        Assert.Equal(2, Facts(6, [.. Early[..6], .. Seen(InspectionKind.Scheduled, Ann), Came(Bob)]).Of("guardShift").Count);
        Assert.Empty(Facts(30, [.. Early, .. Seen(InspectionKind.Scheduled, Ann)]).Of("guardShift"));
    }

    [Fact]
    public void The_checklist_asks_officers_which_guards_there_are_and_not_the_owner()
    {
        var book = RulebookShelf.All[RulebookShelf.Usual];
        var kept = Facts(11, [.. Two, .. Kept(190)]);
        Assert.Equal(ItemState.Measured, Item(Checklist.Of(kept, book, ""), "KZ.GRD.004").State);
        Assert.DoesNotContain(Item(Checklist.Of(kept, book, ""), "KZ.GRD.003").Questions, q => q.Kind == "guardShift");
        Assert.Contains(Item(Checklist.Of(kept, book, "", byOfficer: true), "KZ.GRD.003").Questions, q => q is { Kind: "guardShift", Attribute: "" });
        Assert.NotNull(Item(Checklist.Of(kept, book, ""), "KZ.GRD.001").Questions.Single().Found);

        static ChecklistItem Item(Checklist list, string rule) => list.Items.Single(i => i.Rule.RuleId == rule);
    }
}
