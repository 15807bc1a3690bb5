using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;
using Compliance.Domain.Tests.Kernel;
using OpeningHours = Compliance.Domain.Venues.OpeningHours;
using OpeningWeeks = Compliance.Domain.Venues.OpeningWeeks;
using static Compliance.Domain.Duties.Duty;
using static Compliance.Domain.Tests.Duties.DutySpecs;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Duties;

/// <summary>
/// What nobody asks for a while goes on when it is asked again: no withdrawal of a consent and no closing time gives a fresh term. The duty
/// of these specs arises at noon and is due ten days later.
/// </summary>
public sealed class WentOnSpecs
{
    static readonly Guid Venue = DutySpecs.Venue;
    static readonly Guid Camera = new("00000000-0000-0000-0000-00000000000c"), First = new("00000000-0000-0000-0000-0000000000f1"), Another = new("00000000-0000-0000-0000-0000000000f2");
    static readonly DutySource Again = new DutySource.OfOutage(Another, Camera, DeviceKind.Camera, Verdict.Stalled);

    static DateTimeOffset Day(double days) => Noon.AddDays(days);

    static DutyEvent.Lapsed Lapsed(double day, LapsedBecause because = LapsedBecause.NoLegalBasis) => new(Id, Venue, because, Day(day));

    static DutyCommand.Arise Asked(double day) => new(Id, Venue, Again, Matter, Day(day), Day(day), Day(day + 10), DutyTerms.Of(Domain.Rulebooks.Severity.Critical));

    static DutyEvent.WentOn WentOn(double day, double due) => new(Id, Venue, Again, Day(due), Day(day));

    static Given<Duty, DutyCommand, DutyEvent> After(params DutyEvent[] more) => Decider.Given([.. Arisen(), .. more]);

    [Theory, InlineData(LapsedBecause.NoLegalBasis), InlineData(LapsedBecause.NotApplicable)]
    public void Asked_again_the_term_goes_on_where_it_stood(LapsedBecause because) => After(Lapsed(4, because)).When(Asked(20)).Then(WentOn(20, 26));

    [Theory, InlineData(LapsedBecause.VenueClosed), InlineData(LapsedBecause.Excused), InlineData(LapsedBecause.DeviceRetired)]
    public void What_is_over_for_good_is_owed_anew(LapsedBecause because) => After(Lapsed(4, because)).When(Asked(20)).Then(
        new DutyEvent.Arose(Id, Venue, Again, Matter, Day(20), Day(20)), new DutyEvent.DueSet(Id, Venue, Day(30), DutyTerms.Of(Domain.Rulebooks.Severity.Critical)));

    [Fact] public void However_often_it_is_withdrawn() => After(Lapsed(4), WentOn(20, 26), Lapsed(22)).When(Asked(30)).Then(WentOn(30, 34));

    [Fact] public void Said_twice_it_goes_on_once() => After(Lapsed(4), WentOn(20, 26)).When(Asked(20)).ThenNothing();

    [Fact] public void An_old_failure_told_again_asks_for_nothing() => After(Lapsed(4)).When(Asked(3)).ThenNothing();

    [Fact] public void Past_what_was_left_it_is_overstayed() => After(Lapsed(4), WentOn(20, 26)).When(new DutyCommand.Assess(Day(26)))
        .Then(new DutyEvent.Overstayed(Id, Venue, Again, Matter, Day(26)));

    [Fact] public void A_consent_withdrawn_after_the_term_saves_nobody() => After().When(new DutyCommand.Lapse(LapsedBecause.NoLegalBasis, Day(10.1)))
        .Then(new DutyEvent.Overstayed(Id, Venue, Order, Matter, Day(10)), Lapsed(10.1));

    [Fact] public void What_had_overstayed_opens_no_second_case() =>
        After(new DutyEvent.Overstayed(Id, Venue, Order, Matter, Day(10)), Lapsed(11), WentOn(20, 20)).When(new DutyCommand.Assess(Day(30))).ThenNothing();

    [Fact] public void What_stood_still_before_is_counted_once() => After(new DutyEvent.TermStayed(Id, Venue, First, Day(2), Day(6)))
        .When(new DutyCommand.Lapse(LapsedBecause.NoLegalBasis, Day(4))).Then(new DutyEvent.TermResumed(Id, Venue, Day(12), Day(4)), Lapsed(4));

    [Fact] public void Seen_to_work_when_it_is_asked_again_it_is_met_and_in_time() => After(Lapsed(4)).When(new DutyCommand.Meet(VerifiedBy.Probe, Day(20)))
        .Then(new DutyEvent.Fixed(Id, Venue, Day(20)), new DutyEvent.Verified(Id, Venue, VerifiedBy.Probe, "", Day(20)));

    [Fact]
    public void The_list_tells_how_much_is_left_and_then_the_new_day()
    {
        DutyRow Row(params DutyEvent[] more) => DutyRow.View.Build(Of([.. Arisen().Concat(more).Select(f => (Id, (object)f))]))[Id];
        var paused = Row(Lapsed(4)).AsOf(Day(9));
        Assert.Equal((DutyState.Lapsed, null, new TermStill(Day(4), null, TimeSpan.FromDays(5), TimeSpan.FromDays(6))), (paused.State, paused.Clock.Due, paused.Still));
        var on = Row(Lapsed(4), WentOn(20, 26)).AsOf(Day(21));
        Assert.Equal((DutyState.Owed, Day(26), Noon, null, null), (on.State, on.Clock.Due!.Value, on.Clock.Detected, on.Still, on.Lapsed));
    }

    static DeviceEvent.VerdictChanged Says(Verdict from, Verdict to, double day, Guid? outage, Guid? continues = null) =>
        new DeviceEvent.VerdictChanged(Camera, Venue, DeviceKind.Camera, from, to, Day(day), Day(day), outage, "", null, continues);

    static readonly DeviceEvent.Registered Card = new(Camera, Venue, new CameraSpec("кассада", "у кассы", CameraPurpose.Entrance, [], [], new Feed(new("rtsp://192.0.2.1/1"))));

    [Fact]
    public void A_camera_that_still_fails_when_consent_is_granted_anew_continues_its_outage()
    {
        DeviceEvent[] failed = [Card, Says(Verdict.Unknown, Verdict.Stalled, 1, First), Says(Verdict.Stalled, Verdict.NoLegalBasis, 2, First), Says(Verdict.NoLegalBasis, Verdict.Unknown, 3, null, First)];
        DeviceCommand.ReportVerdict Report(Verdict verdict, double day, Guid outage) => new(verdict, Day(day), Day(day), outage, "", null);
        Device.Decider.Given(failed).When(Report(Verdict.Stalled, 4, Another)).Then(Says(Verdict.Unknown, Verdict.Stalled, 4, Another, First));
        Device.Decider.Given([.. failed, Says(Verdict.Unknown, Verdict.Stalled, 4, Another, First), Says(Verdict.Stalled, Verdict.NoLegalBasis, 5, Another, First)])
            .When(Report(Verdict.Stalled, 6, Id)).Then(Says(Verdict.NoLegalBasis, Verdict.Stalled, 6, Id, First));
        Device.Decider.Given([.. failed, Says(Verdict.Unknown, Verdict.Online, 4, null, First)]).When(Report(Verdict.Stalled, 6, Id)).Then(Says(Verdict.Online, Verdict.Stalled, 6, Id));
    }

    static readonly Policy[] Policies = [OpenOutageWhenDutyFails.Policy, RaiseDutyWhenOutageOpens.Policy, FixDutyWhenOutageCloses.Policy];

    [Theory, InlineData(LapsedBecause.DeviceRetired), InlineData(LapsedBecause.VenueClosed), InlineData(LapsedBecause.Excused)]
    public void What_waits_to_be_asked_again_ends_when_nothing_can_ask_any_more(LapsedBecause because)
    {
        After(Lapsed(4)).When(new DutyCommand.Lapse(because, Day(6))).Then(Lapsed(6, because));
        After(Lapsed(4), Lapsed(6, because)).When(new DutyCommand.Lapse(because, Day(7))).ThenNothing();
        After(Lapsed(4)).When(new DutyCommand.Lapse(LapsedBecause.NoLegalBasis, Day(6))).ThenNothing();
        After(Lapsed(4), Lapsed(6, because)).When(Asked(20)).Then(
            new DutyEvent.Arose(Id, Venue, Again, Matter, Day(20), Day(20)), new DutyEvent.DueSet(Id, Venue, Day(30), DutyTerms.Of(Domain.Rulebooks.Severity.Critical)));
    }

    [Fact] public void An_excuse_for_the_outage_before_does_not_end_what_went_on()
    {
        After(Lapsed(4), WentOn(20, 26)).When(new DutyCommand.Lapse(LapsedBecause.Excused, Day(21), First)).ThenNothing();
        After(Lapsed(4), WentOn(20, 26)).When(new DutyCommand.Lapse(LapsedBecause.Excused, Day(21), Another)).Then(Lapsed(21, LapsedBecause.Excused));
    }

    [Fact] public void A_wish_for_more_time_waits_on_from_when_it_can_be_decided_again()
    {
        var wish = new DutyEvent.ExtensionAsked(Id, Venue, Day(40), Why, Day(1));
        After(wish, Lapsed(4), WentOn(20, 26)).When(new DutyCommand.EscalateWaits(Day(20.5))).ThenNothing();
        OfficialWait? Row(params DutyEvent[] more) => OfficialWait.View.Build(Of([.. Arisen().Concat(more).Select(f => (Id, (object)f))])).GetValueOrDefault(Id);
        Assert.Equal((true, 0, DateTimeOffset.MaxValue), Row(wish, Lapsed(4)) is { } rests ? (rests.Rests, rests.Waits.Count, rests.NextAt) : default);
        Assert.Equal((false, DutyWait.Extension, Day(20)), Row(wish, Lapsed(4), WentOn(20, 26)) is { } on ? (on.Rests, on.Waits.Single().Kind, on.Waits[0].Since) : default);
        Assert.Null(Row(wish, Lapsed(4, LapsedBecause.VenueClosed)));
        Assert.Null(Row(wish, Lapsed(4), Lapsed(6, LapsedBecause.DeviceRetired)));
        Assert.Null(Row(Lapsed(4), WentOn(20, 26)));
    }

    /// <summary>Tells a log what the camera did and lets the record react until nothing more follows, twice.</summary>
    static async Task<DutyRow> Lived(params object[] facts)
    {
        var ct = TestContext.Current.CancellationToken;
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Noon);
        var log = new MemoryEventLog(clock);
        for (var i = 0; i < facts.Length; i++)
        {
            if (facts[i] is DeviceEvent.VerdictChanged { ObservedAt: var at }) clock.SetUtcNow(at);
            StreamId stream = facts[i] is OutageEvent of ? new("outage", of.OutageId) : new("device", Camera);
            await log.Append(stream, await log.Read(stream, ct).CountAsync(ct) - 1, [facts[i]], new(EventIds.From(Id, $"{i}"), "user:test"), ct);
            for (var reacted = 0; reacted < 2; reacted++)
                foreach (var recorded in await ((IEventLog)log).ReadMany([new("device", Camera), new("outage", First), new("outage", Another)], ct).ToListAsync(ct))
                    foreach (var policy in Policies)
                        foreach (var reaction in policy.React(EventCatalog.Decode(recorded)!, recorded))
                            await reaction.Execute(log, new(EventIds.From(recorded.EventId, policy.Name), "reaction:test"), ct);
        }

        return DutyRow.View.Build(await log.Read(new("duty", RaiseDutyWhenOutageOpens.DutyOf(First)), ct).ToListAsync(ct)).Values.Single();
    }

    static readonly DeviceEvent[] Withdrawn = [Card, Says(Verdict.Unknown, Verdict.Stalled, 1, First), Says(Verdict.Stalled, Verdict.NoLegalBasis, 2, First)];

    [Fact]
    public async Task Consent_withdrawn_and_granted_anew_leaves_one_duty_with_one_term()
    {
        var row = await Lived([.. Withdrawn, Says(Verdict.NoLegalBasis, Verdict.Stalled, 9, Another, First)]);
        Assert.Equal((DutyState.Owed, Day(1), Day(10)), (row.State, row.Clock.Detected, row.Clock.Due!.Value)); // 48 hours, one of two days left
        Assert.Equal(Another, ((DutySource.OfOutage)row.Source).OutageId);
    }

    [Fact]
    public async Task An_excuse_for_the_first_outage_leaves_the_duty_of_the_second() => Assert.Equal(DutyState.Owed,
        (await Lived([.. Withdrawn, Says(Verdict.NoLegalBasis, Verdict.Stalled, 9, Another, First), Excuse(First)])).State);

    [Fact]
    public async Task An_excuse_for_the_outage_it_rests_on_ends_it() => Assert.Equal((DutyState.Lapsed, LapsedBecause.Excused),
        await Lived([.. Withdrawn, Says(Verdict.NoLegalBasis, Verdict.Stalled, 9, Another, First), Excuse(Another)]) is var row ? (row.State, row.Lapsed!.Value) : default);

    static OutageEvent.CauseAttributed Excuse(Guid outage) => new(outage, Camera, Venue, Cause.Power, Noon, null, "the street was dark");

    [Fact]
    public async Task Retired_while_nothing_is_asked_it_waits_no_more() => Assert.Equal((DutyState.Lapsed, LapsedBecause.DeviceRetired),
        await Lived([.. Withdrawn, new DeviceEvent.Retired(Camera, Venue, "rebuilt", null, Day(3))]) is var row ? (row.State, row.Lapsed!.Value) : default);

    [Fact]
    public async Task A_venue_that_closes_for_good_while_nothing_is_asked_ends_it() => Assert.Equal((DutyState.Lapsed, LapsedBecause.VenueClosed),
        await Lived([.. Withdrawn, Says(Verdict.NoLegalBasis, Verdict.VenueClosed, 3, null, First)]) is var row ? (row.State, row.Lapsed!.Value) : default);

    [Fact]
    public void A_camera_that_failed_before_consent_was_withdrawn_is_not_its_owners_to_retire()
    {
        Device.Decider.Given(Withdrawn).When(new DeviceCommand.Retire("rebuilt", Day(3), ByOwner: true)).ThenRefused("device.out-of-order");
        Device.Decider.Given(Withdrawn).When(new DeviceCommand.Retire("rebuilt", Day(3))).Then(new DeviceEvent.Retired(Camera, Venue, "rebuilt", null, Day(3)));
    }

    [Fact]
    public async Task Mended_after_it_was_granted_anew_the_one_duty_is_met() =>
        Assert.Equal(DutyState.Met, (await Lived([.. Withdrawn, Says(Verdict.NoLegalBasis, Verdict.Stalled, 9, Another, First), Says(Verdict.Stalled, Verdict.Online, 9.5, Another, First)])).State);

    [Fact]
    public async Task Seen_well_at_once_it_is_met_too() =>
        Assert.Equal(DutyState.Met, (await Lived([.. Withdrawn, Says(Verdict.NoLegalBasis, Verdict.Online, 9, null, First)])).State);

    [Fact]
    public void What_was_stored_before_it_could_continue_anything_is_read_as_continuing_nothing()
    {
        static object Read(object old) => EventCatalog.Decode(EventCatalog.NameOf(old), EventCatalog.Encode(old))!;
        Assert.Equal(Says(Verdict.Online, Verdict.Stalled, 1, First), Read(new VerdictChangedV1(Camera, Venue, DeviceKind.Camera, Verdict.Online, Verdict.Stalled, Day(1), Day(1), First, "", null)));
        Assert.Equal(new OutageEvent.Opened(First, Camera, Venue, DeviceKind.Camera, Verdict.Stalled, Noon, ""), Read(new OutageOpenedV1(First, Camera, Venue, DeviceKind.Camera, Verdict.Stalled, Noon, "")));
    }

    static readonly OpeningWeeks Nights = OpeningWeeks.Always([.. Enum.GetValues<DayOfWeek>().Select(day => new OpeningHours(day, new(22, 0), new(2, 0)))]);

    static DeviceCard Exit(Verdict verdict, DateTimeOffset since) =>
        new(Camera, Venue, new ExitSpec("есік", "дверь", 900, 2000, OpeningDirection.Outward, LockType.PanicBar), 1, true, verdict, "", since, since, First, null, null);

    /// <summary>Almaty is five hours ahead: two in the morning there is nine in the evening before.</summary>
    static readonly DateTimeOffset Closing = new(2026, 6, 1, 21, 0, 0, TimeSpan.Zero), Opening = new(2026, 6, 2, 17, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_locked_exit_keeps_its_outage_over_the_closed_hours()
    {
        DeviceEvent Door(Verdict from, Verdict to, double day, Guid? outage) => new DeviceEvent.VerdictChanged(Camera, Venue, DeviceKind.Exit, from, to, Day(day), Day(day), outage, "", null);
        var shut = Door(Verdict.Locked, Verdict.OutOfHours, 2, First);
        Device.Decider.Given(Card with { Spec = Exit(Verdict.Locked, Noon).Spec }, Door(Verdict.Unknown, Verdict.Locked, 1, First), shut)
            .When(new DeviceCommand.ReportVerdict(Verdict.Locked, Day(3), Day(3), Another, "", null)).Then(Door(Verdict.OutOfHours, Verdict.Locked, 3, First));
        Assert.Empty(OpenOutageWhenDutyFails.Policy.React(shut, Of((Camera, shut))[0]));
    }

    [Fact]
    public void Closing_time_stays_the_term_until_the_next_opening()
    {
        var stay = ClosingTime.Of(Id, Exit(Verdict.OutOfHours, Closing), Nights)!;
        Assert.Equal((Closing, Opening), (stay.From, stay.Until));
        Assert.Equal(stay, ClosingTime.Of(Id, Exit(Verdict.OutOfHours, Closing), Nights));
        Assert.Null(ClosingTime.Of(Id, Exit(Verdict.Locked, Closing), Nights));
        Assert.True(ClosingTime.IsAwaited(Exit(Verdict.Locked, Closing), Nights, Closing.AddSeconds(3)));
        Assert.False(ClosingTime.IsAwaited(Exit(Verdict.Locked, Closing), Nights, Closing.AddSeconds(-3)));
        After().When(stay).Then(new DutyEvent.TermStayed(Id, Venue, stay.MaintenanceId, Closing, Opening));
    }

    [Theory, InlineData(Verdict.OutOfHours, Verdict.VenueClosed), InlineData(Verdict.VenueClosed, null)]
    public void A_venue_that_closes_for_good_ends_it_also_by_night(Verdict held, Verdict? instead) =>
        Assert.Equal(instead, Domain.Probes.Doubt.Instead(new(Verdict.VenueClosed, Noon), DeviceKind.Exit, held));
}
