using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Kernel;
using Compliance.Domain.Venues;
using Result = Compliance.Domain.Rulebooks.Outcome;

namespace Compliance.Domain.Tests.Rulebooks;

/// <summary>What was known of a venue at an instant follows from what the log held then, and from nothing later.</summary>
public sealed class FactSheetTests
{
    static readonly Guid Club = new("00000000-0000-0000-0000-00000000000a"), Camera = new("00000000-0000-0000-0000-00000000000c");
    static readonly Guid Door = new("00000000-0000-0000-0000-00000000000d"), Lost = new("00000000-0000-0000-0000-00000000000f");

    static readonly VenueEvent.Registered Venue = new(Club, new("Клуб", "Клуб", "240140012345", "Абай 1", "Алмалы", new(43.2, 76.9), true), 200, []);
    static readonly DeviceEvent.Registered Watching = new(Camera, Club, new CameraSpec("Есік", "Вход", CameraPurpose.Entrance, [], [],
        new Feed(new Uri("rtsp://camera.example/main"), null, FeedTransport.Tcp)));

    static readonly OutageEvent.Opened Opened = new(Lost, Camera, Club, DeviceKind.Camera, Verdict.Unreachable, Story.Noon, "");

    static VenueFacts? At(double minutes, params (Guid, object)[] facts) => FactSheet.Of(Club, Story.Noon.AddMinutes(minutes), Story.Of(facts));

    static T Of<T>(VenueFacts? facts, string kind, string attribute) where T : Known => Assert.IsType<T>(Assert.Single(facts!.Of(kind))[attribute]);

    [Fact]
    public void Before_its_registration_nothing_is_known() => Assert.Null(At(-1, (Club, Venue)));

    [Fact]
    public void What_was_recorded_later_is_not_known_yet()
    {
        (Guid, object)[] facts = [(Club, Venue), (Club, new VenueEvent.CapacitySet(Club, 300))];
        Assert.Equal(200, Assert.IsType<Known.Number>(At(0.5, facts)!.Venue["capacity"]).Value);
        Assert.Equal(300, Assert.IsType<Known.Number>(At(5, facts)!.Venue["capacity"]).Value);
    }

    [Fact]
    public void What_the_media_showed_is_known_by_the_fact_that_said_it()
    {
        var log = Story.Of((Club, Venue), (Camera, Watching), (Camera, new DeviceEvent.Admitted(Camera, Club, new("H264", 1920, 1080, 25, 4_000, 2, -1_500), Story.Noon)));
        var facts = FactSheet.Of(Club, Story.Noon.AddHours(1), log);
        Assert.Equal(new Known.Number(1920, log[2].EventId) { From = Provenance.Measured }, Of<Known.Number>(facts, "camera", "width"));
        Assert.Equal(1.5m, Of<Known.Number>(facts, "camera", "clockOffset").Value);
    }

    [Fact]
    public void A_running_outage_has_lasted_until_now_and_is_not_repaired()
    {
        var facts = At(90, (Club, Venue), (Camera, Watching), (Lost, Opened));
        Assert.Equal(Story.Noon.AddMinutes(90), Of<Known.Instant>(facts, "outage", "lastedUntil").Value);
        Assert.Null(facts!.Of("outage")[0]["repairedAt"]);
    }

    [Fact]
    public void An_outage_whose_duty_ended_owes_no_repair_from_then_on()
    {
        var ended = Story.Noon.AddMinutes(30);
        var facts = At(90, (Club, Venue), (Camera, Watching), (Lost, Opened),
            (Lost, new OutageEvent.DutyEnded(Lost, Camera, Club, Verdict.Unreachable, Verdict.NoLegalBasis, ended)));
        Assert.Equal(ended, Of<Known.Instant>(facts, "outage", "repairedAt").Value);
    }

    [Fact]
    public void What_nobody_knows_of_an_exit_is_absent()
    {
        var exit = new DeviceEvent.Registered(Door, Club, new ExitSpec("Артқы есік", "Чёрный ход", 1_200, 2_000, OpeningDirection.Outward, LockType.None));
        DeviceEvent Said(Verdict now) => new DeviceEvent.VerdictChanged(Door, Club, DeviceKind.Exit, Verdict.Unknown, now, Story.Noon, Story.Noon, null, "", null);
        Assert.False(Of<Known.Flag>(At(90, (Club, Venue), (Door, exit), (Door, Said(Verdict.Blocked))), "exit", "free").Value);
        Assert.Null(At(90, (Club, Venue), (Door, exit), (Door, Said(Verdict.Blocked)), (Door, Said(Verdict.VenueClosed)))!.Of("exit")[0]["free"]);
    }

    /// <summary>Twenty days of a camera that was seen, then two in which it was covered.</summary>
    static RuleResult Access(params (Guid, object)[] more)
    {
        DeviceEvent Turned(Verdict to, int hours) => new DeviceEvent.VerdictChanged(Camera, Club, DeviceKind.Camera, Verdict.Unknown, to, Story.Noon.AddHours(hours), Story.Noon.AddHours(hours), Lost, "", null);
        (Guid, object)[] facts = [(Club, Venue), (Camera, Watching), (Camera, Turned(Verdict.Online, 1)), (Camera, Turned(Verdict.Covered, 480)), (Lost, Opened with { Verdict = Verdict.Covered, StartedAt = Story.Noon.AddHours(480) }), .. more];
        return RulebookShelf.All[RulebookShelf.Usual].Evaluate(At(60 * 528, facts)!).Single(r => r.Rule.Id == "KZ.POL.002");
    }

    [Fact]
    public void Police_access_is_asked_by_the_attributed_formula()
    {
        Assert.Equal(Result.Fail, Access().Outcome);
        Assert.Equal(Result.Pass, Access((Lost, new OutageEvent.CauseAttributed(Lost, Camera, Club, Cause.Power, Story.Noon.AddHours(480), null, "grid report 3"))).Outcome);
        Assert.Equal("1", Assert.Single(Access((Lost, new OutageEvent.CauseAttributed(Lost, Camera, Club, Cause.Power, Story.Noon.AddHours(480), null, "grid report 3"))).Grounds).Found);
    }

    [Fact]
    public void What_an_act_ordered_is_an_order_with_its_day_and_whether_it_was_done()
    {
        var source = new DutySource.OfFinding(Club, Lost);
        var matter = new DutyMatter("KZ.CAM.017", Severity.Major, Wording.Violation, false, null);
        (Guid, object)[] ordered = [(Club, Venue), (Door, new DutyEvent.Arose(Door, Club, source, matter, Story.Noon, Story.Noon)),
            (Door, new DutyEvent.DueSet(Door, Club, Story.Noon.AddDays(3), new(null, "act", Confidence.Read)))];
        Result Asked(double days, params (Guid, object)[] more) =>
            RulebookShelf.All[RulebookShelf.Usual].Evaluate(At(days * 1440, [.. ordered, .. more])!).Single(r => r.Rule.Id == "KZ.OWN.006").Outcome;
        Assert.Equal(Story.Noon.AddDays(3), Of<Known.Instant>(At(5, ordered), "order", "dueAt").Value);
        var done = (Door, (object)new DutyEvent.Fixed(Door, Club, Story.Noon.AddDays(2)));
        Assert.Equal((Result.Pass, Result.Fail, Result.Pass), (Asked(1), Asked(4), Asked(4, done)));
        Assert.Equal(Result.Fail, Asked(4, done, (Door, new DutyEvent.Reopened(Door, Club, "boxes", Story.Noon.AddDays(2.5)))));
        Assert.Equal(Result.NotApplicable, Asked(4, (Door, new DutyEvent.Lapsed(Door, Club, LapsedBecause.VenueClosed, Story.Noon.AddDays(1)))));
        Assert.Equal(Result.NotApplicable, RulebookShelf.All[RulebookShelf.Usual].Evaluate(At(5, (Club, Venue))!).Single(r => r.Rule.Id == "KZ.OWN.006").Outcome);
    }

    [Fact]
    public void A_basis_counts_while_it_holds()
    {
        var basis = new LegalBasis(Guid.Empty, LegalBasisKind.Consent, "№ 1", "all", new(2026, 6, 1), new(2026, 6, 2));
        (Guid, object)[] facts = [(Club, Venue), (Club, new VenueEvent.LegalBasisGranted(Club, basis))];
        Assert.Single(At(5, facts)!.Of("legalBasis"));
        Assert.Empty(At(60 * 72, facts)!.Of("legalBasis"));
    }
}
