using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Outages;
using Compliance.Domain.Rulebooks;
using static Compliance.Domain.Rulebooks.Outcome;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Duties;

/// <summary>What the record itself makes of an outage: a duty with its instants.</summary>
public sealed class DutyPolicyTests
{
    static readonly Guid Outage = new("00000000-0000-0000-0000-00000000000f");
    static readonly Guid Device = new("00000000-0000-0000-0000-00000000000c");
    static readonly Guid Venue = new("00000000-0000-0000-0000-00000000000a");
    static readonly Guid Notice = new("00000000-0000-0000-0000-0000000000b0");
    static readonly Guid Person = new("00000000-0000-0000-0000-00000000000e");

    static readonly Policy[] Policies = [RaiseDutyWhenOutageOpens.Policy, RaiseDutyWhenRuleTurnsToFail.Policy, NotifyWhenDutyArises.Policy, FixDutyWhenOutageCloses.Policy, MarkDutyWhenItsNoticeArrives.Policy];

    static OutageEvent.Opened Opened(DeviceKind kind, Verdict verdict) => new(Outage, Device, Venue, kind, verdict, Noon.AddMinutes(-5), "");
    static NoticeEvent.Issued Issued(NoticeKind kind = NoticeKind.OutageOpened) => new(Notice, Venue, kind, Device, Outage, Verdict.Covered, Noon);

    /// <summary>Tells the facts to a log and reacts to each, twice; the duty's row as it then is.</summary>
    static async Task<DutyRow?> Told(params object[] facts) => (await Rows(facts)).GetValueOrDefault(RaiseDutyWhenOutageOpens.DutyOf(Outage));

    static async Task<IReadOnlyDictionary<Guid, DutyRow>> Rows(params object[] facts)
    {
        var ct = TestContext.Current.CancellationToken;
        var log = new MemoryEventLog(TimeProvider.System);
        var story = Of([.. facts.Select(f => (f switch { OutageEvent o => o.OutageId, NoticeEvent n => n.NoticeId, DeviceEvent d => d.DeviceId, ComplianceEvent c => c.VenueId, _ => Guid.Empty }, f))]);
        foreach (var told in story)
            await log.Append(told.Stream, told.Revision - 1, [EventCatalog.Decode(told)!], told.Origin, ct);
        for (var time = 0; time < 2; time++)
            foreach (var recorded in story)
                foreach (var policy in Policies)
                    foreach (var reaction in policy.React(EventCatalog.Decode(recorded)!, recorded))
                        await reaction.Execute(log, new(EventIds.From(recorded.EventId, policy.Name), "reaction:test"), ct);
        Guid[] duties = [RaiseDutyWhenOutageOpens.DutyOf(Outage), OfRule];
        List<Recorded> written = [];
        foreach (var duty in duties) written.AddRange(await log.Read(new("duty", duty), ct).ToListAsync(ct));
        return DutyRow.View.Build(written);
    }

    static readonly Guid OfRule = RaiseDutyWhenRuleTurnsToFail.DutyOf(Venue, "kz", "KZ.FIRE.007");

    static ComplianceEvent.RuleTurned Turned(
        Compliance.Domain.Rulebooks.Outcome from, Compliance.Domain.Rulebooks.Outcome to, Wording? wording = null, string rule = "KZ.FIRE.007", Answerable by = Answerable.Owner) =>
        new(Venue, "kz", "1", rule, from, to, wording, false, Severity.Critical, "KOAP-410", by, Noon.AddMinutes(-1));

    static readonly ComplianceEvent.RuleTurned Fails = Turned(Unknown, Fail, Wording.Violation);

    [Fact]
    public async Task Law_that_is_broken_is_owed_until_the_rules_pass()
    {
        var owed = (await Rows(Fails))[OfRule];
        Assert.Equal((DutyState.Owed, Noon.AddDays(10), Noon), (owed.State, owed.Clock.Due!.Value, owed.Clock.Detected));
        var met = (await Rows(Fails, Turned(Fail, Pass)))[OfRule];
        Assert.Equal((DutyState.Met, VerifiedBy.Reevaluation), (met.State, met.VerifiedBy!.Value));
        Assert.Equal(LapsedBecause.NotApplicable, (await Rows(Fails, Turned(Fail, NotApplicable)))[OfRule].Lapsed);
        Assert.Equal(DutyState.Owed, (await Rows(Fails, Turned(Fail, Unknown)))[OfRule].State);
    }

    [Fact]
    public async Task What_was_not_known_in_between_is_met_or_lapses_all_the_same()
    {
        var unknown = Turned(Fail, Unknown);
        Assert.Equal(DutyState.Met, (await Rows(Fails, unknown, Turned(Unknown, Pass)))[OfRule].State);
        Assert.Equal(LapsedBecause.NotApplicable, (await Rows(Fails, unknown, Turned(Unknown, NotApplicable)))[OfRule].Lapsed);
    }

    [Theory]
    [InlineData(Wording.Recommended), InlineData(Wording.ToBeConfirmed)]
    public async Task What_may_be_called_a_violation_no_more_is_not_owed(Wording wording) =>
        Assert.Equal(LapsedBecause.NoLegalBasis, (await Rows(Fails, Turned(Fail, Fail, wording)))[OfRule].Lapsed);

    [Fact]
    public async Task What_the_venue_answers_for_no_more_is_not_owed() =>
        Assert.Equal(LapsedBecause.NoLegalBasis, (await Rows(Fails, Turned(Fail, Fail, Wording.Violation, by: Answerable.Police)))[OfRule].Lapsed);

    [Fact]
    public async Task What_passed_before_it_failed_does_not_meet_it_when_reacted_to_again() =>
        Assert.Equal(DutyState.Owed, (await Rows(Turned(Unknown, Pass), Fails with { From = Pass }))[OfRule].State);

    [Fact]
    public async Task A_rule_that_fails_again_is_owed_anew_whenever_it_is_reacted_to()
    {
        var row = (await Rows(Fails, Turned(Fail, Pass), Fails with { From = Pass }))[OfRule];
        Assert.Equal((DutyState.Owed, Noon.AddMinutes(2)), (row.State, row.Clock.Detected));
    }

    [Fact]
    public async Task What_is_no_violation_or_not_the_venues_or_owed_already_raises_nothing() => Assert.Empty(await Rows(
        Turned(Unknown, Fail, Wording.Recommended), Turned(Unknown, Fail, Wording.ToBeConfirmed), Turned(Unknown, Fail, Wording.Violation, by: Answerable.Police),
        Turned(Unknown, Fail, Wording.Violation, "KZ.EXIT.003"), Turned(Fail, Pass)));

    [Fact]
    public async Task An_act_orders_what_is_law_until_the_end_of_the_day_it_names()
    {
        var ct = TestContext.Current.CancellationToken;
        var log = new MemoryEventLog(TimeProvider.System);
        Finding Named(string rule, Wording wording) => new(Guid.NewGuid(), rule, Severity.Critical, wording, true, "KOAP-410", new(2026, 6, 11), "boxes");
        var act = new InspectionEvent.ActIssued(Device, Venue, "kz", "1", "", [Named("KZ.EXIT.003", Wording.Violation), Named("KZ.FIRE.001", Wording.ToBeConfirmed), Named("KZ.CAM.014", Wording.Recommended)]);
        var recorded = Of((Device, act))[0];
        foreach (var reaction in RaiseDutyWhenActNamesFinding.Policy.React(act, recorded)) await reaction.Execute(log, new(Person, "reaction:test"), ct);
        var due = new List<DateTimeOffset?>();
        foreach (var finding in act.Findings) due.Add(((await log.Load(Duty.Decider, new("duty", RaiseDutyWhenActNamesFinding.DutyOf(finding.FindingId)), ct)).State as Duty.Owed)?.Clock.Due);
        Assert.Equal([new(2026, 6, 11, 19, 0, 0, TimeSpan.Zero), new(2026, 6, 11, 19, 0, 0, TimeSpan.Zero), null], due);
    }

    [Fact]
    public void A_broken_law_is_told_and_a_term_that_passed_too()
    {
        var told = Of((OfRule, new DutyEvent.Arose(OfRule, Venue, new DutySource.OfRule("kz", "1"), DutySpecs.Matter, Noon, Noon)), (OfRule, new DutyEvent.Overstayed(OfRule, Venue, DutySpecs.Order, DutySpecs.Matter, Noon)))
            .SelectMany(r => NotifyWhenDutyArises.Policy.React(EventCatalog.Decode(r)!, r)).Select(r => $"{r}").ToArray();
        Assert.Contains("DutyArose", told[0], StringComparison.Ordinal);
        Assert.Contains("DutyOverstayed", told[1], StringComparison.Ordinal);
        var duty = RaiseDutyWhenOutageOpens.DutyOf(Outage);
        var ofOutage = Of((duty, new DutyEvent.Arose(duty, Venue, new DutySource.OfOutage(Outage, Device, DeviceKind.Camera, Verdict.Covered), DutySpecs.Matter, Noon, Noon)))[0];
        Assert.Empty(NotifyWhenDutyArises.Policy.React(EventCatalog.Decode(ofOutage)!, ofOutage));
    }

    [Fact]
    public async Task An_outage_raises_one_duty_and_its_notice_marks_it()
    {
        var row = (await Told(Opened(DeviceKind.Camera, Verdict.Covered), Issued(), new NoticeEvent.Delivered(Notice, Venue, Person), new NoticeEvent.Read(Notice, Venue, Person),
            new OutageEvent.Closed(Outage, Device, Venue, Verdict.Covered, Noon.AddHours(1))))!;
        Assert.Equal(new(Noon.AddMinutes(-5), Noon, Noon.AddMinutes(1), Noon.AddMinutes(2), Noon.AddMinutes(3), Noon.AddHours(48), Noon.AddHours(1), Noon.AddHours(1)), row.Clock);
        Assert.Equal((DutyState.Met, VerifiedBy.Probe, 7), (row.State, row.VerifiedBy!.Value, row.EventIds.Count));
    }

    [Fact]
    public async Task What_is_told_of_the_end_is_no_notice_of_the_duty() =>
        Assert.Null((await Told(Opened(DeviceKind.Camera, Verdict.Covered), Issued(NoticeKind.OutageClosed), new NoticeEvent.Read(Notice, Venue, Person)))!.Clock.Read);

    [Fact]
    public async Task An_exit_that_is_reported_clear_awaits_an_inspector()
    {
        var row = (await Told(Opened(DeviceKind.Exit, Verdict.Blocked), new OutageEvent.Closed(Outage, Device, Venue, Verdict.Blocked, Noon.AddHours(1))))!;
        Assert.Equal((DutyState.Mended, "KZ.EXIT.003", true), (row.State, row.Matter.RuleId, row.IsOpen));
    }

    [Fact]
    public async Task Where_nothing_is_owed_any_more_the_duty_lapses()
    {
        Assert.Equal(LapsedBecause.VenueClosed, (await Told(Opened(DeviceKind.Camera, Verdict.Covered), new OutageEvent.DutyEnded(Outage, Device, Venue, Verdict.Covered, Verdict.VenueClosed, Noon)))!.Lapsed);
        Assert.Equal(LapsedBecause.NoLegalBasis, (await Told(Opened(DeviceKind.Camera, Verdict.Covered), new OutageEvent.DutyEnded(Outage, Device, Venue, Verdict.Covered, Verdict.NoLegalBasis, Noon)))!.Lapsed);
        Assert.Equal(LapsedBecause.DeviceRetired, (await Told(Opened(DeviceKind.Camera, Verdict.Covered), new DeviceEvent.Retired(Device, Venue, "sold", Outage, Noon)))!.Lapsed);
    }

    static OutageEvent.CauseAttributed Named(Cause cause, int from, int? until = null) => new(Outage, Device, Venue, cause, Noon.AddMinutes(from), until is { } end ? Noon.AddMinutes(end) : null, "seen");
    static OutageEvent.ContestDecided Contest(bool accepted, int from, int until) => new(Outage, Device, Venue, Notice, Noon.AddMinutes(from), Noon.AddMinutes(until), Cause.Provider, accepted, "letter", "v");
    static OutageEvent.Excused Window(int from, int until) => new(Outage, Device, Venue, Notice, Noon.AddMinutes(from), Noon.AddMinutes(until));

    /// <summary>An outage from five minutes before noon to three days after it: its term was over.</summary>
    static readonly OutageEvent.Closed Ended = new(Outage, Device, Venue, Verdict.Covered, Noon.AddMinutes(DaysLater));
    const int DaysLater = 3 * 24 * 60;

    public static TheoryData<OutageEvent[]> Whole => new(
        [Named(Cause.ProbeFault, -5)], [Named(Cause.Power, -5)],
        [Window(-5, DaysLater), Ended], [Ended, Window(-5, DaysLater + 9)], [Ended, Contest(true, -5, DaysLater)], [Ended, Named(Cause.Power, -5, DaysLater)],
        [Window(-5, 60), Ended, Contest(true, 60, DaysLater)]);

    [Theory, MemberData(nameof(Whole))]
    public async Task What_was_excused_or_lay_in_other_hands_from_start_to_end_is_not_owed(OutageEvent[] said)
    {
        var row = (await Told([Opened(DeviceKind.Camera, Verdict.Covered), .. said]))!;
        Assert.Equal((DutyState.Lapsed, LapsedBecause.Excused, null), (row.State, row.Lapsed, row.OverstayedBy));
    }

    public static TheoryData<OutageEvent[]> Part => new(
        [Named(Cause.ProbeFault, 0)], [Named(Cause.Owner, -5)], [Named(Cause.Unknown, -5)], [Window(-5, DaysLater)],
        [Window(0, DaysLater), Ended], [Window(-5, DaysLater - 1), Ended], [Ended, Contest(false, -5, DaysLater)],
        [Window(-5, 60), Ended, Contest(true, 61, DaysLater)], [Contest(true, -5, DaysLater), Named(Cause.Owner, -5), Ended]);

    [Theory, MemberData(nameof(Part))]
    public async Task What_was_so_only_in_part_is_owed_all_the_same(OutageEvent[] said) =>
        Assert.NotEqual(DutyState.Lapsed, (await Told([Opened(DeviceKind.Camera, Verdict.Covered), .. said]))!.State);

    [Theory]
    [InlineData(DeviceKind.Camera), InlineData(DeviceKind.FireAlarm), InlineData(DeviceKind.Exit)]
    public void The_table_says_of_a_device_what_the_rulebook_says(DeviceKind kind)
    {
        var (matter, term) = DutyTerms.Of(kind);
        var rule = RulebookShelf.All[RulebookShelf.Usual].Rules.Single(r => r.Id == matter.RuleId);
        Assert.Equal(matter, new(rule.Id, rule.Severity, rule.Standings.Single().Wording, rule.HardStop, rule.Sanction));
        if (term.Source == rule.Id) Assert.Equal((term.Span, rule.Standings.Single().Confidence), (LapseOf(rule.Check), term.Confidence));
        else Assert.Equal(("own", Confidence.Project), (term.Source, term.Confidence));
    }

    static CalendarSpan? LapseOf(Check check) => check is Check.Each { Must: Check.Lapse lapse } ? lapse.Max : null;

    [Fact]
    public void The_usual_term_and_the_sanction_that_follows_it_name_one_source() =>
        Assert.Contains(DutyTerms.Of(Severity.Major).Source, Sanctions.Of("KOAP-149", Noon)!.Sources);
}
