using Compliance.Domain.Devices;
using Compliance.Domain.Panels;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Panels.Panel;
using static Compliance.Domain.Panels.PanelCommand;

namespace Compliance.Domain.Tests.Panels;

public sealed class PanelSpecs
{
    internal static readonly Guid Id = new("00000000-0000-0000-0000-0000000000f1"), Club = new("00000000-0000-0000-0000-00000000000a"), Test = new("00000000-0000-0000-0000-0000000000d1");
    internal static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    internal static readonly PanelZone[] Zones = [new(1, ZoneUse.Detector, "Фойе", "Фойе"), new(2, ZoneUse.CallPoint, "Бар", "Бар")];
    internal static readonly PanelEvent.Enrolled Enrolled = new(Id, Club, "1234", true, null, 60);
    internal static readonly PanelEvent.ZonesMapped Mapped = new(Id, Club, Zones);
    internal static readonly PanelEvent.LinkChanged Up = new(Id, Club, PanelLink.Unknown, PanelLink.Up, Noon, Noon);
    internal static readonly PanelWorth Ready = new(Verdict.Ready, "PanelAnswers"), Unproved = new(Verdict.Unknown, "ZonesUnproved 2");
    static readonly PanelEvent[] Connected = [Enrolled, Mapped, Up, new PanelEvent.WorthChanged(Id, Club, PanelWorth.Unheard, Unproved, Noon, Noon)];
    static readonly PanelEvent.TestOpened Opened = new(Id, Club, Test, 2, Noon, Noon.AddMinutes(30));
    static readonly PanelEvent[] Begun = [.. Connected, Opened, new PanelEvent.TestBegun(Id, Club, Test, Noon), new PanelEvent.ConditionBegan(Id, Club, PanelSignal.TestMode, 0, Noon)];

    internal static PanelEvent[] Proved { get; } =
    [
        .. Begun, Alarmed(2, 1), Restored(2, 2), Alarmed(1, 3), Restored(1, 4), new PanelEvent.WorthChanged(Id, Club, Unproved, Ready, At(4), At(4)),
        new PanelEvent.ConditionEnded(Id, Club, PanelSignal.TestMode, 0, At(5)), new PanelEvent.TestClosed(Id, Club, Test, true, [], At(5)),
    ];

    internal static DateTimeOffset At(int minute) => Noon.AddMinutes(minute);

    static PanelEvent.ZoneAlarmed Alarmed(int zone, int minute, bool counts = true) => new(Id, Club, Test, zone, counts, At(minute).AddSeconds(-1), At(minute));
    static PanelEvent.ZoneRestored Restored(int zone, int minute) => new(Id, Club, Test, zone, At(minute));
    static Hear Said(PanelSignal signal, bool on, int zone, int minute, bool isOpen = false) => new(signal, on, zone, At(minute).AddSeconds(-1), At(minute), isOpen);

    [Fact] public void A_panel_is_enrolled() => Decider.Given().When(new Enrol(Id, Club, "1234", true, null, 60)).Then(Enrolled);
    [Fact] public void An_account_is_hexadecimal() => Decider.Given().When(new Enrol(Id, Club, "12G4", true, null, 60)).ThenRefused("panel.account-malformed", "account");
    [Fact] public void Without_a_key_it_is_heard_from_one_place_only() => Decider.Given().When(new Enrol(Id, Club, "1234", false, null, 60)).ThenRefused("panel.unprotected", "source");
    [Fact] public void A_place_is_an_address() => Decider.Given().When(new Enrol(Id, Club, "1234", false, "the cellar", 60)).ThenRefused("panel.source-malformed", "source");
    [Fact] public void It_polls_every_minute_at_least() => Decider.Given().When(new Enrol(Id, Club, "1234", true, null, 61)).ThenRefused("panel.poll-impossible", "pollSeconds");
    [Fact] public void Nothing_is_said_of_a_panel_that_is_not_enrolled() => Decider.Given().When(Said(PanelSignal.Fire, true, 1, 0)).ThenRefused("panel.unknown");

    [Fact] public void Its_zones_are_mapped() => Decider.Given(Enrolled).When(new MapZones(Zones, Noon)).Then(Mapped);
    [Fact] public void No_number_is_given_twice() => Decider.Given(Enrolled).When(new MapZones([Zones[0], Zones[0]], Noon)).ThenRefused("panel.zone-twice", "zones");
    [Fact] public void A_zone_that_is_mapped_anew_has_to_prove_itself_again() => Decider.Given(Proved).When(new MapZones([Zones[0], Zones[1] with { PlaceRu = "Склад" }], At(9)))
        .Then(new PanelEvent.ZonesMapped(Id, Club, [Zones[0], Zones[1] with { PlaceRu = "Склад" }]), new PanelEvent.WorthChanged(Id, Club, Ready, new(Verdict.Unknown, "ZonesUnproved 1"), At(9), At(9)));

    [Fact] public void A_panel_that_is_heard_is_not_ready_before_its_zones_are_tested() => Decider.Given(Enrolled, Mapped).When(new ReportLink(PanelLink.Up, Noon, Noon, false)).Then(Connected[2..]);
    [Fact] public void Silence_makes_it_suspect_and_takes_nothing_from_it_yet() => Decider.Given(Proved).When(new ReportLink(PanelLink.Suspect, At(5), At(8), false)).Then(new PanelEvent.LinkChanged(Id, Club, PanelLink.Up, PanelLink.Suspect, At(5), At(8)));
    [Fact] public void Longer_silence_is_a_fault_since_it_was_heard_last() => Decider.Given(Proved).When(new ReportLink(PanelLink.CommFault, At(5), At(8), false))
        .Then(new PanelEvent.LinkChanged(Id, Club, PanelLink.Up, PanelLink.CommFault, At(5), At(8)), new PanelEvent.WorthChanged(Id, Club, Ready, new(Verdict.CommFault, "PanelSilent"), At(5), At(8)));
    [Fact] public void While_no_probe_is_heard_nothing_is_known() => Decider.Given(Proved).When(new Assess(At(9), false, IsWatched: false)).Then(new PanelEvent.WorthChanged(Id, Club, Ready, PanelWorth.Unheard, At(9), At(9)));

    [Fact] public void A_fire_is_a_fact_and_takes_nothing_from_the_alarm() => Decider.Given(Proved).When(Said(PanelSignal.Fire, true, 1, 9)).Then(new PanelEvent.FireRaised(Id, Club, 1, At(9).AddSeconds(-1), At(9)));
    [Fact] public void A_fire_that_stands_already_is_not_raised_again() => Decider.Given([.. Proved, new PanelEvent.FireRaised(Id, Club, 1, null, At(9))]).When(Said(PanelSignal.Fire, true, 1, 10)).ThenNothing();
    [Fact] public void A_fire_is_over_when_the_panel_says_so() => Decider.Given([.. Proved, new PanelEvent.FireRaised(Id, Club, 1, null, At(9))]).When(Said(PanelSignal.Fire, false, 1, 10)).Then(new PanelEvent.FireRestored(Id, Club, 1, At(10).AddSeconds(-1), At(10)));
    [Fact] public void A_restore_of_nothing_is_nothing() => Decider.Given(Proved).When(Said(PanelSignal.Fire, false, 1, 10)).ThenNothing();
    [Fact] public void A_call_for_help_is_nothing_of_the_panels() => Assert.All((PanelEvent[][])[Proved, Begun], before => Decider.Given(before).When(Said(PanelSignal.Panic, true, 7, 9)).ThenNothing());
    [Fact] public void A_zone_nobody_mapped_may_burn_too() => Decider.Given(Proved).When(Said(PanelSignal.Fire, true, 77, 9)).Then(new PanelEvent.FireRaised(Id, Club, 77, At(9).AddSeconds(-1), At(9)));

    [Theory]
    [InlineData(PanelSignal.Fault, 2, Verdict.Fault, "PanelTrouble 2")]
    [InlineData(PanelSignal.Battery, 0, Verdict.Fault, "BatteryBad")]
    [InlineData(PanelSignal.Mains, 0, Verdict.Ready, "OnBattery")]
    public void Fault_battery_and_mains_are_kept_apart(PanelSignal signal, int zone, Verdict verdict, string detail) => Decider.Given(Proved).When(Said(signal, true, zone, 9))
        .Then(new PanelEvent.ConditionBegan(Id, Club, signal, zone, At(9)), new PanelEvent.WorthChanged(Id, Club, Ready, new(verdict, detail), At(9), At(9)));

    [Fact] public void Supervisory_is_written_down_and_takes_nothing() => Decider.Given(Proved).When(Said(PanelSignal.Supervisory, true, 2, 9)).Then(new PanelEvent.ConditionBegan(Id, Club, PanelSignal.Supervisory, 2, At(9)));
    [Fact] public void A_bypass_while_the_venue_is_closed_takes_nothing() => Decider.Given(Proved).When(Said(PanelSignal.Bypass, true, 2, 9)).Then(new PanelEvent.ConditionBegan(Id, Club, PanelSignal.Bypass, 2, At(9)));
    [Fact] public void A_bypass_in_opening_hours_is_a_fault() => Decider.Given([.. Proved, new PanelEvent.ConditionBegan(Id, Club, PanelSignal.Bypass, 2, At(9))]).When(new Assess(At(20), true, true))
        .Then(new PanelEvent.WorthChanged(Id, Club, Ready, new(Verdict.Fault, "ZonesBypassed 2"), At(20), At(20)));

    [Fact] public void The_panel_tests_itself_daily() => Decider.Given(Proved).When(Said(PanelSignal.AutomaticTest, true, 0, 9)).Then(new PanelEvent.SelfTested(Id, Club, At(9)));
    [Fact] public void One_that_tests_itself_every_minute_is_written_down_hourly() => Decider.Given([.. Proved, new PanelEvent.SelfTested(Id, Club, At(9))]).When(Said(PanelSignal.AutomaticTest, true, 0, 68)).ThenNothing();
    [Fact] public void A_test_that_does_not_come_is_missed_once() => Decider.Given([.. Proved, new PanelEvent.SelfTested(Id, Club, At(9))]).When(new Assess(At(9).AddHours(25), false, true)).Then(new PanelEvent.SelfTestMissed(Id, Club, At(9).AddHours(25)));
    [Fact] public void The_first_is_expected_a_day_after_the_panel_was_heard() => Decider.Given(Proved).When(new Assess(Noon.AddHours(25), false, true)).Then(new PanelEvent.SelfTestMissed(Id, Club, Noon.AddHours(25)));

    [Fact] public void A_test_asks_for_a_zone_that_was_drawn() => Decider.Given(Connected).When(new OpenTest(Test, 7, Noon)).Then(Opened);
    [Fact] public void No_test_is_opened_of_a_panel_that_was_never_heard() => Decider.Given(Enrolled, Mapped).When(new OpenTest(Test, 7, Noon)).ThenRefused("panel.not-heard");
    [Fact] public void Nor_without_zones() => Decider.Given(Enrolled, Up).When(new OpenTest(Test, 7, Noon)).ThenRefused("panel.zones-missing");
    [Fact] public void Nor_two_at_once() => Decider.Given([.. Connected, Opened]).When(new OpenTest(Id, 7, At(5))).ThenRefused("panel.test-running");
    [Fact] public void Nor_while_it_burns() => Decider.Given([.. Proved, new PanelEvent.FireRaised(Id, Club, 1, null, At(9))]).When(new OpenTest(Id, 7, At(10))).ThenRefused("panel.fire");
    [Fact] public void The_panel_goes_into_test() => Decider.Given([.. Connected, Opened]).When(Said(PanelSignal.TestMode, true, 0, 0)).Then(new PanelEvent.TestBegun(Id, Club, Test, Noon), new PanelEvent.ConditionBegan(Id, Club, PanelSignal.TestMode, 0, Noon));
    [Fact] public void The_zone_that_was_asked_for_counts() => Decider.Given(Begun).When(Said(PanelSignal.Fire, true, 2, 1)).Then(Alarmed(2, 1));
    [Fact] public void Another_one_before_it_does_not() => Decider.Given(Begun).When(Said(PanelSignal.Fire, true, 1, 1)).Then(Alarmed(1, 1, counts: false));
    [Fact] public void After_it_the_others_do() => Decider.Given([.. Begun, Alarmed(2, 1)]).When(Said(PanelSignal.ZoneTest, true, 1, 2)).Then(Alarmed(1, 2));
    [Fact] public void A_zone_has_proved_itself_when_it_comes_back() => Decider.Given([.. Begun, Alarmed(2, 1)]).When(Said(PanelSignal.Fire, false, 2, 2))
        .Then(Restored(2, 2), new PanelEvent.WorthChanged(Id, Club, Unproved, new(Verdict.Unknown, "ZonesUnproved 1"), At(2), At(2)));
    [Fact] public void When_all_did_and_the_panel_says_that_it_is_over_the_test_is_passed() => Decider.Given(Proved[..^2]).When(Said(PanelSignal.TestMode, false, 0, 5)).Then(Proved[^2..]);
    [Fact] public void A_zone_that_did_not_come_fails_it() => Decider.Given([.. Begun, Alarmed(2, 1), Restored(2, 2)]).When(Said(PanelSignal.TestMode, false, 0, 5))
        .Then(new PanelEvent.ConditionEnded(Id, Club, PanelSignal.TestMode, 0, At(5)), new PanelEvent.TestClosed(Id, Club, Test, false, [1], At(5)),
            new PanelEvent.WorthChanged(Id, Club, Unproved, new(Verdict.Unknown, "ZonesUnproved 1"), At(5), At(5)));
    [Fact] public void One_in_which_the_asked_zone_never_came_is_failed_with_all_zones_missing() => Decider.Given([.. Begun, Alarmed(1, 1, counts: false), Restored(1, 2)]).When(new Assess(At(30), false, true))
        .Then(new PanelEvent.TestClosed(Id, Club, Test, false, [1, 2], At(30)));
    [Fact] public void One_whose_time_passes_is_failed_though_every_zone_came() => Decider.Given(Proved[..^2]).When(new Assess(At(31), false, true)).Then(new PanelEvent.TestClosed(Id, Club, Test, false, [], At(30)));
    [Fact] public void An_alarm_that_still_stands_when_the_test_is_over_is_a_fire() => Decider.Given([.. Proved[..^2], Alarmed(1, 5, counts: false)]).When(Said(PanelSignal.TestMode, false, 0, 6))
        .Then(new PanelEvent.ConditionEnded(Id, Club, PanelSignal.TestMode, 0, At(6)), new PanelEvent.TestClosed(Id, Club, Test, true, [], At(6)), new PanelEvent.FireRaised(Id, Club, 1, null, At(5)));
    [Fact] public void A_zone_that_is_done_and_alarms_again_is_watched_and_takes_nothing_from_the_test() => Decider.Given(Proved[..^2]).When(Said(PanelSignal.Fire, true, 1, 5)).Then(Alarmed(1, 5, counts: false));
    [Fact] public void An_alarm_before_the_panel_is_in_test_is_a_fire() => Decider.Given([.. Connected, Opened]).When(Said(PanelSignal.Fire, true, 2, 1)).Then(new PanelEvent.FireRaised(Id, Club, 2, At(1).AddSeconds(-1), At(1)));
    [Fact] public void A_test_nobody_opened_hides_no_fire() => Decider.Given([.. Proved, new PanelEvent.ConditionBegan(Id, Club, PanelSignal.TestMode, 0, At(9))]).When(Said(PanelSignal.Fire, true, 1, 10)).Then(new PanelEvent.FireRaised(Id, Club, 1, At(10).AddSeconds(-1), At(10)));

    [Fact]
    public void The_card_shows_what_holds_and_how_the_last_test_went()
    {
        var card = PanelCard.View.Build(Story.Of([.. Proved.Append(new PanelEvent.ConditionBegan(Id, Club, PanelSignal.Mains, 0, At(9))).Select(f => (Id, (object)f))]))[Id];
        Assert.Equal([new HeldCondition(PanelSignal.Mains, 0, At(9))], card.Held);
        Assert.True(card.LastTest!.Passed);
        Assert.Equal((2, At(5)), (card.LastTest.AskedZone, card.PassedAt));
        Assert.All(card.LastTest.Trials, trial => Assert.Equal(TimeSpan.FromSeconds(1), trial.Delay));
        Assert.Equal((Verdict.Ready, null), (card.State.Worth.Verdict, card.State.Test));
    }
}
