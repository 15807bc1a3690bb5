using Compliance.Domain.Devices;
using Compliance.Domain.Tests.Kernel;
using Compliance.Domain.Venues;
using static Compliance.Domain.Devices.Device;
using static Compliance.Domain.Devices.DeviceCommand;
using static Compliance.Domain.Devices.DeviceEvent;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Devices;

public sealed class DeviceSpecs
{
    static readonly Guid Camera = new("00000000-0000-0000-0000-00000000000c");
    static readonly Guid Venue = new("00000000-0000-0000-0000-00000000000a");
    static readonly Guid Outage = new("00000000-0000-0000-0000-00000000000f");
    static readonly Feed Feed = new(new("rtsp://10.0.0.7/main"), null, FeedTransport.Tcp);
    static readonly CameraSpec OverTheBar = new("Бар үстінде", "Над баром", CameraPurpose.Bar, [], ["bar"], Feed);
    static readonly ExitSpec NorthStair = new("Солтүстік", "Север", 1200, 2000, OpeningDirection.Outward, LockType.PanicBar);
    static readonly FireAlarmSpec Panel = new("Кіреберіс", "Вход", "Bolid S2000", ["hall"], null, null);
    static readonly Measured Good = new("H264", 1920, 1080, 25, 4000, 2, 12);
    static readonly Registered Card = new(Camera, Venue, OverTheBar);
    static readonly Admitted Seen = new(Camera, Venue, Good, Noon);
    static readonly VerdictChanged Online = Says(Verdict.Unknown, Verdict.Online, Noon, null);
    static readonly VerdictChanged Lost = Says(Verdict.Online, Verdict.Unreachable, Noon.AddMinutes(1), Outage);

    static VerdictChanged Says(Verdict from, Verdict to, DateTimeOffset at, Guid? outage, DeviceKind kind = DeviceKind.Camera) =>
        new(Camera, Venue, kind, from, to, at, at, outage, "", null);

    static ReportVerdict Report(Verdict verdict, DateTimeOffset at, Measured? measured = null) => new(verdict, at, at, Outage, "", measured);

    [Fact] public void A_new_device_is_registered() => Decider
        .Given()
        .When(new Register(Camera, Venue, OverTheBar))
        .Then(Card);

    [Fact] public void Nobody_tested_tomorrow() => Decider
        .Given(new Registered(Camera, Venue, Panel))
        .When(new RecordPanelTest(new(9999, 12, 31), true, "", new(2026, 6, 1)))
        .ThenRefused("device.day-ahead", "day");

    [Fact] public void Nor_was_anything_serviced_tomorrow() => Decider
        .Given(new Registered(Camera, Venue, Panel))
        .When(new RecordService(new(2026, 6, 2), "", new(2026, 6, 1)))
        .ThenRefused("device.day-ahead", "day");

    [Fact] public void The_venue_takes_no_failing_device_away() => Decider
        .Given(Card, Seen, Online, Lost)
        .When(new Retire("sold", Noon.AddMinutes(2), ByOwner: true))
        .ThenRefused("device.out-of-order");

    [Fact] public void A_verdict_on_a_picture_comes_with_it() => Decider
        .Given(Card, Seen, Online)
        .When(Report(Verdict.Covered, Noon.AddMinutes(1)) with { Still = new(Noon.AddMinutes(2), "abc") })
        .Then(Says(Verdict.Online, Verdict.Covered, Noon.AddMinutes(1), Outage), new StillKept(Camera, Venue, Noon.AddMinutes(2), "abc"));

    [Fact] public void The_same_verdict_for_another_reason_joins_the_outage_that_runs() => Decider
        .Given(Card, Seen, Online, Lost with { Detail = "NotConnected ConnectionRefused" })
        .When(Report(Verdict.Unreachable, Noon.AddMinutes(9)) with { Since = Noon.AddMinutes(4), OutageId = Venue, Detail = "Flapping 4; NoAnswer", Answer = "RTSP/1.0 500" })
        .Then(new ReasonChanged(Camera, Venue, Verdict.Unreachable, Outage, Noon.AddMinutes(4), Noon.AddMinutes(9), "Flapping 4; NoAnswer"), new AnswerKept(Camera, Venue, "RTSP/1.0 500"));

    [Theory, InlineData("NoAnswer 7"), InlineData("Flapping 5; NoAnswer"), InlineData("somebody pulled the plug"), InlineData("")]
    public void A_reason_that_stands_already_or_names_none_adds_nothing(string detail) => Decider
        .Given(Card, Seen, Online, Lost with { Detail = "NotConnected ConnectionRefused" }, new ReasonChanged(Camera, Venue, Verdict.Unreachable, Outage, Noon.AddMinutes(4), Noon.AddMinutes(9), "NoAnswer"))
        .When(Report(Verdict.Unreachable, Noon.AddMinutes(12)) with { Detail = detail })
        .ThenNothing();

    [Fact] public void What_ends_a_verdict_may_have_begun_before_its_last_reason_was_told() => Decider
        .Given(Card, Seen, Online, Lost, new ReasonChanged(Camera, Venue, Verdict.Unreachable, Outage, Noon.AddMinutes(4), Noon.AddMinutes(9), "NoAnswer"))
        .When(Report(Verdict.Online, Noon.AddMinutes(10)) with { Since = Noon.AddMinutes(8) })
        .Then(Says(Verdict.Unreachable, Verdict.Online, Noon.AddMinutes(8), Outage) with { ObservedAt = Noon.AddMinutes(10) });

    [Fact] public void What_a_panel_says_of_its_fault_in_other_words_is_no_fact() => Decider
        .Given(new Registered(Camera, Venue, Panel), Says(Verdict.Ready, Verdict.Fault, Noon, Outage, DeviceKind.FireAlarm) with { Detail = "PanelTrouble" })
        .When(Report(Verdict.Fault, Noon.AddMinutes(9)) with { Detail = "BatteryBad" })
        .ThenNothing();

    [Fact] public void A_picture_of_a_verdict_that_stands_already_adds_nothing() => Decider
        .Given(Card, Seen, Online, Says(Verdict.Online, Verdict.Covered, Noon.AddMinutes(1), Outage))
        .When(Report(Verdict.Covered, Noon.AddMinutes(3)) with { Still = new(Noon.AddMinutes(3), "def") })
        .ThenNothing();

    [Fact] public void What_the_camera_answered_stands_beside_the_verdict_bounded_and_plain() => Decider
        .Given(Card, Seen, Online)
        .When(Report(Verdict.AuthFailed, Noon.AddMinutes(1)) with { Answer = $"RTSP/1.0 401 Нет\r\nServer: {new string('x', 500)}" })
        .Then(Says(Verdict.Online, Verdict.AuthFailed, Noon.AddMinutes(1), Outage), new AnswerKept(Camera, Venue, $"RTSP/1.0 401 ???\nServer: {new string('x', RawAnswer.Longest - 27)}…".Replace("\n", "?\n", StringComparison.Ordinal)));

    [Fact] public void The_card_shows_the_answer_as_long_as_its_verdict_holds()
    {
        DeviceCard Of(params DeviceEvent[] facts) => DeviceCard.View.Build(Story.Of([.. facts.Select(f => (f.DeviceId, (object)f))]))[Camera];
        DeviceEvent[] refused = [Card, Says(Verdict.Online, Verdict.SessionLimit, Noon.AddMinutes(1), Outage), new AnswerKept(Camera, Venue, "SETUP > RTSP/1.0 453 ")];
        Assert.Equal("SETUP > RTSP/1.0 453 ", Of(refused).Answer);
        Assert.Null(Of([.. refused, Says(Verdict.SessionLimit, Verdict.Unreachable, Noon.AddMinutes(2), Outage)]).Answer);
    }

    static readonly Uri Onvif = new("http://camera.example:8000/onvif/device_service");

    [Fact] public void A_new_camera_may_say_where_it_answers_over_Onvif() => Decider
        .Given()
        .When(new Register(Camera, Venue, OverTheBar, Onvif))
        .Then(Card, new OnvifTold(Camera, Venue, Onvif));

    [Fact] public void The_Onvif_address_changes_with_the_feed_and_is_told_once() => Decider
        .Given(Card)
        .When(new ChangeFeed(OverTheBar.Feed, Onvif))
        .Then(new OnvifTold(Camera, Venue, Onvif));

    [Fact] public void The_same_feed_at_the_same_address_is_no_change() => Decider
        .Given(Card, new OnvifTold(Camera, Venue, Onvif))
        .When(new ChangeFeed(OverTheBar.Feed, Onvif))
        .ThenNothing();

    [Fact] public void Without_an_address_the_usual_place_counts_again() => Decider
        .Given(Card, new OnvifTold(Camera, Venue, Onvif))
        .When(new ChangeFeed(OverTheBar.Feed))
        .Then(new OnvifTold(Camera, Venue, null));

    [Fact] public void A_view_approved_twice_is_approved_once() => Decider
        .Given(Card, new ViewApproved(Camera, Venue, Outage))
        .When(new ApproveView(Outage))
        .ThenNothing();

    [Fact] public void A_view_is_approved_anew_with_another_id() => Decider
        .Given(Card, new ViewApproved(Camera, Venue, Outage))
        .When(new ApproveView(Venue))
        .Then(new ViewApproved(Camera, Venue, Venue));

    [Fact] public void Another_feed_ends_the_approval() => Decider
        .Given(Card, new ViewApproved(Camera, Venue, Outage), new FeedChanged(Camera, Venue, Feed with { Transport = FeedTransport.Udp }))
        .When(new ApproveView(Outage))
        .Then(new ViewApproved(Camera, Venue, Outage));

    [Fact] public void Another_feed_says_that_the_approval_ended()
    {
        var other = Feed with { Transport = FeedTransport.Udp };
        Decider.Given(Card, new ViewApproved(Camera, Venue, Outage)).When(new ChangeFeed(other)).Then(new FeedChanged(Camera, Venue, other), new ViewEnded(Camera, Venue, Outage));
        Decider.Given(Card).When(new ChangeFeed(other)).Then(new FeedChanged(Camera, Venue, other));
    }

    [Fact] public void Whoever_approves_views_sees_which_are_to_be_approved_anew()
    {
        var (ended, club) = (new ViewEnded(Camera, Venue, Outage), new VenueEvent.Registered(Venue, new("Клуб", "Клуб", "240140012345", "Абай 1", "Алмалы", new(43.2, 76.9), true), 200, []));
        VenueCard Row(params DeviceEvent[] facts) => VenueCard.View.Build(Story.Of([(Venue, club), .. facts.Select(f => (f.DeviceId, (object)f))]))[Venue];
        DeviceCard Of(params DeviceEvent[] facts) => DeviceCard.View.Build(Story.Of([.. facts.Select(f => (f.DeviceId, (object)f))]))[Camera];
        Assert.Equal([Camera], Row(Card, ended).ViewsEnded);
        Assert.Empty(Row(Card, ended, new ViewApproved(Camera, Venue, Venue)).ViewsEnded);
        Assert.Empty(Row(Card, ended, new Retired(Camera, Venue, "x", null, Story.Noon)).ViewsEnded);
        Assert.Equal((Story.Noon.AddMinutes(1), null), (Of(Card, ended).ViewEndedAt!.Value, Of(Card, ended, new ViewApproved(Camera, Venue, Venue)).ViewEndedAt));
    }

    [Fact] public void Only_a_camera_has_a_view() => Decider
        .Given(new Registered(Camera, Venue, NorthStair))
        .When(new ApproveView(Outage))
        .ThenRefused("device.not-a-camera");

    [Fact] public void An_id_is_not_reused_for_another_device() => Decider
        .Given(Card)
        .When(new Register(Camera, Venue, NorthStair))
        .ThenRefused("device.already-registered");

    [Fact] public void An_exit_has_the_size_of_a_door() => Decider
        .Given()
        .When(new Register(Camera, Venue, NorthStair with { ClearWidthMm = 12 }))
        .ThenRefused("device.exit-impossible", "spec");

    [Fact] public void The_first_good_verdict_admits_a_camera() => Decider
        .Given(Card)
        .When(Report(Verdict.Online, Noon, Good))
        .Then(Seen, Online with { Measured = Good });

    [Fact] public void A_camera_that_goes_dark_names_one_outage() => Decider
        .Given(Card, Seen, Online)
        .When(Report(Verdict.Unreachable, Noon.AddMinutes(1)))
        .Then(Lost);

    [Fact] public void A_second_report_of_the_same_darkness_adds_nothing() => Decider
        .Given(Card, Seen, Online, Lost)
        .When(Report(Verdict.Unreachable, Noon.AddMinutes(2)))
        .ThenNothing();

    [Fact] public void Another_bad_verdict_stays_in_the_same_outage() => Decider
        .Given(Card, Seen, Online, Lost)
        .When(Report(Verdict.AuthFailed, Noon.AddMinutes(2)) with { OutageId = Guid.Empty })
        .Then(Says(Verdict.Unreachable, Verdict.AuthFailed, Noon.AddMinutes(2), Outage));

    [Fact] public void Not_knowing_neither_opens_nor_ends_an_outage()
    {
        Decider.Given(Card, Seen, Online).When(Report(Verdict.ProbeBlind, Noon.AddMinutes(1)))
            .Then(Says(Verdict.Online, Verdict.ProbeBlind, Noon.AddMinutes(1), null));
        Decider.Given(Card, Seen, Online, Lost).When(Report(Verdict.Unknown, Noon.AddMinutes(2)))
            .Then(Says(Verdict.Unreachable, Verdict.Unknown, Noon.AddMinutes(2), Outage));
    }

    /// <summary>A camera that is looked at once an hour: good at noon, bad at one, good at three.</summary>
    [Fact] public void Between_two_looks_that_disagree_it_is_unknown_and_neither_up_nor_down()
    {
        VerdictChanged unseen = Says(Verdict.Online, Verdict.Unknown, Noon, null) with { ObservedAt = Noon.AddHours(1) }, away = Says(Verdict.Unknown, Verdict.Unreachable, Noon.AddHours(1), Outage) with { ObservedAt = Noon.AddMinutes(61) };
        Decider.Given(Card, Seen, Online).When(new ReportVerdict(Verdict.Unknown, Noon, Noon.AddHours(1), Outage, "", null)).Then(unseen);
        Decider.Given(Card, Seen, Online, unseen).When(new ReportVerdict(Verdict.Unreachable, Noon.AddHours(1), Noon.AddMinutes(61), Outage, "", null)).Then(away);
        VerdictChanged again = Says(Verdict.Unreachable, Verdict.Unknown, Noon.AddHours(2), Outage) with { ObservedAt = Noon.AddHours(3) }, back = Says(Verdict.Unknown, Verdict.Online, Noon.AddHours(3), Outage);
        Decider.Given(Card, Seen, Online, unseen, away, again).When(Report(Verdict.Online, Noon.AddHours(3))).Then(back);
        var line = DeviceTimeline.View.Build(Story.Of([.. new DeviceEvent[] { Card, Online, unseen, away, again, back }.Select(fact => (Camera, (object)fact))]))[Camera];
        Assert.Equal(new AvailabilitySum(TimeSpan.FromHours(1), TimeSpan.FromHours(1), TimeSpan.FromHours(2)), line.Sum(Noon, Noon.AddHours(4)));
    }

    [Fact] public void A_good_verdict_names_the_outage_it_ends() => Decider
        .Given(Card, Seen, Online, Lost)
        .When(Report(Verdict.Online, Noon.AddMinutes(9)))
        .Then(Says(Verdict.Unreachable, Verdict.Online, Noon.AddMinutes(9), Outage));

    [Fact] public void What_comes_late_from_a_spool_changes_nothing() => Decider
        .Given(Card, Seen, Online, Lost)
        .When(Report(Verdict.Online, Noon.AddSeconds(30)))
        .ThenNothing();

    [Fact] public void Nothing_began_after_it_was_observed() => Decider
        .Given(Card, Seen, Online)
        .When(new ReportVerdict(Verdict.Stalled, Noon.AddHours(1), Noon.AddMinutes(1), Outage, "", null))
        .Then(Says(Verdict.Online, Verdict.Stalled, Noon.AddMinutes(1), Outage));

    static Receipt Received(DateTimeOffset at, double? offByMs = 0) => new(at, Noon.AddMinutes(-5), offByMs is { } ms ? new(ms == 0, ms) : null);

    [Fact] public void That_nothing_is_owed_is_not_for_a_probe_or_a_person_to_say() => Decider
        .Given(Card, Online)
        .When(Report(Verdict.VenueClosed, Noon.AddMinutes(1)) with { Receipt = Received(Noon.AddMinutes(1)) })
        .ThenRefused("device.verdict-unsuited");

    [Fact] public void When_nothing_is_owed_any_more_the_outage_is_named_and_the_next_one_is_another() => Decider
        .Given(Card, Online, Lost, Says(Verdict.Unreachable, Verdict.NoLegalBasis, Noon.AddMinutes(2), Outage))
        .When(Report(Verdict.Stalled, Noon.AddMinutes(3)) with { OutageId = Venue })
        .Then(Says(Verdict.NoLegalBasis, Verdict.Stalled, Noon.AddMinutes(3), Venue) with { Continues = Outage });

    [Fact] public void Nothing_began_before_the_last_verdict_was_observed() => Decider
        .Given(Card, Seen, Online)
        .When(Report(Verdict.Stalled, Noon.AddMinutes(1)) with { Since = Noon.AddYears(-1), Receipt = Received(Noon.AddMinutes(1)) })
        .Then(Says(Verdict.Online, Verdict.Stalled, Noon.AddMinutes(1), Outage) with { Since = Noon });

    [Fact] public void Nothing_began_before_its_author_watched_the_device() => Decider
        .Given(Card)
        .When(Report(Verdict.Unreachable, Noon) with { Since = Noon.AddYears(-1), Receipt = Received(Noon) })
        .Then(Says(Verdict.Unknown, Verdict.Unreachable, Noon, Outage) with { Since = Noon.AddMinutes(-5) });

    [Fact] public void Who_did_not_watch_yet_observed_nothing() => Decider
        .Given(Card)
        .When(Report(Verdict.Unreachable, Noon.AddMinutes(-6)) with { Receipt = Received(Noon) })
        .ThenRefused("device.observed-before-watched");

    [Theory, InlineData(600_000, false), InlineData(600_000, true), InlineData(-3_600_000, false)]
    public void What_a_doubtful_clock_says_counts_from_when_it_came_and_is_marked(double offBy, bool believesItself)
    {
        var said = Noon.AddMinutes(1).AddMilliseconds(offBy);
        Decider.Given(Card, Seen, Online)
            .When(Report(Verdict.Stalled, said) with
            {
                Since = said.AddSeconds(-8), Receipt = Received(Noon.AddMinutes(1)) with { Clock = new(believesItself, believesItself ? 0 : offBy) },
            })
            .Then(Says(Verdict.Online, Verdict.Stalled, Noon.AddMinutes(1), Outage) with { Since = Noon.AddSeconds(52) },
                new ClockDoubted(Camera, Venue, said.AddSeconds(-8), said, offBy));
    }

    [Fact] public void A_clock_that_was_doubted_holds_up_nothing_later() => Decider
        .Given(Card, Seen, Online, Lost, new ClockDoubted(Camera, Venue, Noon.AddDays(1), Noon.AddDays(1), 86_400_000))
        .When(Report(Verdict.Online, Noon.AddMinutes(2)) with { Receipt = Received(Noon.AddMinutes(2)) })
        .Then(Says(Verdict.Unreachable, Verdict.Online, Noon.AddMinutes(2), Outage));

    [Fact] public void A_camera_cannot_be_blocked_like_an_exit() => Decider
        .Given(Card)
        .When(Report(Verdict.Blocked, Noon))
        .ThenRefused("device.verdict-unsuited");

    [Fact] public void An_exit_can_be_blocked() => Decider
        .Given(Card with { Spec = NorthStair })
        .When(Report(Verdict.Blocked, Noon))
        .Then(Says(Verdict.Unknown, Verdict.Blocked, Noon, Outage, DeviceKind.Exit));

    [Fact] public void Only_a_camera_has_a_feed() => Decider
        .Given(Card with { Spec = NorthStair })
        .When(new ChangeFeed(Feed))
        .ThenRefused("device.not-a-camera");

    [Fact] public void A_changed_feed_must_be_admitted_anew() => Decider
        .Given(Card, Seen, Online, new FeedChanged(Camera, Venue, Feed), Lost)
        .When(Report(Verdict.Online, Noon.AddMinutes(9), Good))
        .Then(Seen with { ObservedAt = Noon.AddMinutes(9) },
            Says(Verdict.Unreachable, Verdict.Online, Noon.AddMinutes(9), Outage) with { Measured = Good });

    [Fact] public void A_changed_feed_that_works_at_once_is_admitted() => Decider
        .Given(Card, Seen, Online, new FeedChanged(Camera, Venue, Feed))
        .When(Report(Verdict.Online, Noon.AddMinutes(9), Good))
        .Then(Seen with { ObservedAt = Noon.AddMinutes(9) });

    [Fact] public void A_panel_test_is_recorded_once() => Decider
        .Given(Card with { Spec = Panel })
        .When(new RecordPanelTest(new(2026, 6, 1), true, "", new(2026, 6, 1)))
        .Then(new PanelTested(Camera, Venue, new(2026, 6, 1), true, ""));

    [Fact] public void A_retired_device_answers_nobody() => Decider
        .Given(Card, new Retired(Camera, Venue, "sold", null, Noon))
        .When(Report(Verdict.Online, Noon))
        .ThenRefused("device.retired");

    [Fact] public void A_device_retired_in_the_dark_names_its_outage() => Decider
        .Given(Card, Seen, Online, Lost)
        .When(new Retire("sold", Noon.AddHours(1)))
        .Then(new Retired(Camera, Venue, "sold", Outage, Noon.AddHours(1)));
}
