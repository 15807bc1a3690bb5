using System.Text.Json;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Tests.Evidence;

public sealed class VenueAuditTests
{
    static readonly Guid Club = new("00000000-0000-0000-0000-00000000000a");
    static readonly Guid Door = new("00000000-0000-0000-0000-00000000000d");
    static readonly Guid Outage = new("00000000-0000-0000-0000-00000000000f");
    static readonly Guid Owner = new("00000000-0000-0000-0000-0000000000e1");

    /// <summary>The ten days from 10 to 19 June.</summary>
    static readonly Period June = Period.Days(new(2026, 6, 10), new(2026, 6, 19));

    static readonly VenueDetails Old = new("Ескі", "Старое", "123456789013", "Абай 1", "Алмалы", new(43.2, 76.9), false);
    static readonly VenueEvent.Registered Venue = new(Club, Old, 200, []);
    static readonly DeviceEvent.Registered Exit = new(Door, Club, new ExitSpec("Артқы есік", "Чёрный ход", 1200, 2000, OpeningDirection.Outward, LockType.None));

    static DateTimeOffset Day(double day) => June.From.AddDays(day - 10);

    static DeviceEvent.VerdictChanged Said(Verdict verdict, double since, Guid? outage = null) =>
        new(Door, Club, DeviceKind.Exit, Verdict.Unknown, verdict, Day(since), Day(since), outage, "", null);

    static OutageEvent.Opened Opened(double day) => new(Outage, Door, Club, DeviceKind.Exit, Verdict.Blocked, Day(day), "chairs");

    static OutageEvent.Closed Ended(double day) => new(Outage, Door, Club, Verdict.Blocked, Day(day));

    /// <summary>Facts as the log would hold them, each recorded on the day of June given.</summary>
    static Recorded[] Log(params (double Day, object Fact)[] facts)
    {
        var revisions = new Dictionary<StreamId, long>();
        return [.. facts.OrderBy(f => f.Day).Select((f, i) =>
        {
            var stream = f.Fact switch
            {
                VenueEvent fact => new StreamId("venue", fact.VenueId),
                DeviceEvent fact => new StreamId("device", fact.DeviceId),
                MaintenanceEvent fact => new StreamId("maintenance", fact.MaintenanceId),
                _ => new StreamId("outage", ((OutageEvent)f.Fact).OutageId),
            };
            var revision = revisions[stream] = revisions.GetValueOrDefault(stream, -1) + 1;
            return new Recorded(stream, revision, new((ulong)i + 1, (ulong)i + 1), EventIds.From(Club, $"{i}"),
                EventCatalog.NameOf(f.Fact), EventCatalog.Encode(f.Fact), Day(f.Day), new(Club, "user:test"));
        })];
    }

    static VenueAudit Audit(params (double Day, object Fact)[] facts) => VenueAudit.Of(Club, June, Log(facts))!;

    static (double Up, double Down, double Unknown) Days(VenueAudit audit) => audit.Devices[0].Availability.Value is var sum
        ? (sum.Up.TotalDays, sum.Down.TotalDays, sum.Unknown.TotalDays) : default;

    [Fact]
    public void A_period_runs_from_midnight_to_midnight_in_Almaty() =>
        Assert.Equal((new DateTimeOffset(2026, 6, 9, 19, 0, 0, TimeSpan.Zero), TimeSpan.FromDays(10)), (June.From, June.Length));

    [Fact]
    public void Up_down_and_unknown_make_up_the_period()
    {
        var audit = Audit((1, Venue), (1, Exit), (12, Said(Verdict.Clear, 12)), (15, Said(Verdict.Blocked, 15)), (16, Said(Verdict.Clear, 16)), (18, Said(Verdict.Unknown, 18)));
        Assert.Equal((5, 1, 4), Days(audit));
        Assert.Equal(5.0 / 6, audit.Availability(DeviceKind.Exit).Value.Share);
    }

    [Fact]
    public void What_a_device_answered_is_among_the_facts_of_the_audit()
    {
        var answer = new DeviceEvent.AnswerKept(Door, Club, "SETUP > RTSP/1.0 453 ");
        var audit = Audit((1, Venue), (1, Exit), (12, Said(Verdict.Clear, 12)), (15, Said(Verdict.Blocked, 15)), (15, answer), (16, Said(Verdict.Clear, 16)));
        Assert.Contains("device.answer-kept.v1", audit.Facts.Select(f => f.Name));
    }

    [Fact]
    public void After_the_venue_closed_nothing_was_owed_and_its_outage_is_over()
    {
        var audit = Audit((1, Venue), (1, Exit), (11, Said(Verdict.Clear, 10)), (12, Said(Verdict.Blocked, 12, Outage)), (12, Opened(12)),
            (15, new VenueEvent.Closed(Club, "sold")), (15, Said(Verdict.VenueClosed, 15, Outage)),
            (15, new OutageEvent.DutyEnded(Outage, Door, Club, Verdict.Blocked, Verdict.VenueClosed, Day(15))));
        Assert.Equal((2, 3, 0), Days(audit));
        Assert.Equal((5, 3), (audit.Devices[0].Availability.Value.NotOwed.TotalDays, audit.InOutage.Value.TotalDays));
        Assert.Equal((Day(15), Verdict.VenueClosed), (Assert.Single(audit.Outages).Row.EndedAt, audit.Outages[0].Row.DutyEndedBecause));
    }

    [Fact]
    public void Who_was_appointed_again_answered_before_too()
    {
        var (first, again) = (new Appointment(Owner, Post.Owner, new(2026, 1, 1), null, []), new Appointment(Owner, Post.Owner, new(2026, 6, 14), null, []));
        var audit = Audit((1, Venue), (2, new VenueEvent.PersonAppointed(Club, first)), (14, new VenueEvent.PersonAppointed(Club, again)));
        Assert.Equal([(first.From, new(2026, 6, 13)), (again.From, null)], audit.Papers.People.Select(p => (p.Appointment.From, p.Appointment.Until)));
        Assert.Equal([2, 1], audit.Papers.People.Select(p => p.RestsOn.Count));
    }

    [Fact]
    public void What_held_when_the_period_began_is_counted_from_its_beginning() =>
        Assert.Equal((8, 2, 0), Days(Audit((1, Venue), (1, Exit), (5, Said(Verdict.Blocked, 5)), (12, Said(Verdict.Clear, 12)), (25, Said(Verdict.Blocked, 25)))));

    [Fact]
    public void A_verdict_that_came_late_counts_from_when_it_began() =>
        Assert.Equal((8, 2, 0), Days(Audit((1, Venue), (1, Exit), (2, Said(Verdict.Clear, 2)), (30, Said(Verdict.Blocked, 18)))));

    [Fact]
    public void Nothing_is_forgotten_after_ninety_days() =>
        Assert.Equal((9, 1, 0), Days(Audit((1, Venue), (1, Exit), (2, Said(Verdict.Blocked, 2)), (11, Said(Verdict.Clear, 11)), (300, Said(Verdict.Blocked, 300)))));

    [Fact]
    public void Time_outside_the_register_is_not_counted()
    {
        var audit = Audit((1, Venue), (12, Exit), (12, Said(Verdict.Clear, 12)), (15, new DeviceEvent.Retired(Door, Club, "walled up", null, Day(15))));
        Assert.Equal((3, 0, 0), Days(audit));
        Assert.Equal("walled up", audit.Devices[0].Retired!.Value.Reason);
    }

    [Fact]
    public void A_device_retired_before_the_period_or_registered_after_it_is_absent()
    {
        Assert.Empty(Audit((1, Venue), (2, Exit), (5, new DeviceEvent.Retired(Door, Club, "", null, Day(5)))).Devices);
        Assert.Empty(Audit((1, Venue), (20, Exit)).Devices);
    }

    [Fact]
    public void A_device_retired_after_the_period_still_stands_in_it() =>
        Assert.Null(Assert.Single(Audit((1, Venue), (2, Exit), (25, new DeviceEvent.Retired(Door, Club, "", null, Day(25)))).Devices).Retired);

    [Fact]
    public void An_outage_across_both_borders_is_printed_whole_and_counted_within()
    {
        var line = Assert.Single(Audit((1, Venue), (1, Exit), (8.5, Opened(8)), (25, Ended(24))).Outages);
        Assert.Equal((Day(8), Day(24), Day(8.5)), (line.Row.StartedAt, line.Row.EndedAt, line.Row.DetectedAt));
        Assert.Equal((16, 10), (line.Duration.TotalDays, line.Within.Length.TotalDays));
    }

    [Fact]
    public void An_outage_that_still_runs_is_counted_to_the_end_of_the_period()
    {
        var audit = Audit((1, Venue), (1, Exit), (17, Said(Verdict.Blocked, 17, Outage)), (17, Opened(17)));
        Assert.Equal((3, 3), (audit.Outages[0].Duration.TotalDays, audit.InOutage.Value.TotalDays));
    }

    [Fact]
    public void What_nobody_knew_inside_an_outage_counts_for_nobody()
    {
        var audit = Audit((1, Venue), (1, Exit), (17, Said(Verdict.Blocked, 17, Outage)), (17, Opened(17)), (18, Said(Verdict.Unknown, 18, Outage)));
        Assert.Equal((3, 1), (audit.Outages[0].Duration.TotalDays, audit.InOutage.Value.TotalDays));
    }

    [Theory, InlineData(5, 10), InlineData(20, 22)]
    public void An_outage_that_only_meets_the_border_is_not_of_the_period(double from, double to) =>
        Assert.Empty(Audit((1, Venue), (1, Exit), (from, Opened(from)), (to, Ended(to))).Outages);

    [Fact]
    public void Names_and_capacity_stand_as_they_were_then()
    {
        var papers = Audit((1, Venue), (14, new VenueEvent.DetailsCorrected(Club, Old with { NameRu = "Новое" })),
            (15, new VenueEvent.CapacitySet(Club, 300)), (21, new VenueEvent.DetailsCorrected(Club, Old with { NameRu = "Позже" }))).Papers;
        Assert.Equal(["Старое", "Новое"], papers.Details.Select(d => d.Value.NameRu));
        Assert.Equal((Day(1), Day(14)), (papers.Details[0].From, papers.Details[0].Until));
        Assert.Equal([200, 300], papers.Capacity.Select(c => c.Value));
    }

    [Fact]
    public void A_correction_before_the_period_leaves_only_the_new_name() => Assert.Equal(["Новое"],
        Audit((1, Venue), (5, new VenueEvent.DetailsCorrected(Club, Old with { NameRu = "Новое" }))).Papers.Details.Select(d => d.Value.NameRu));

    [Fact]
    public void Posts_count_by_their_dates_and_terms_apart_stand_side_by_side()
    {
        static VenueEvent.PersonAppointed Term(int from, int? until) =>
            new(Club, new(Owner, Post.Owner, new(2026, 6, from), until is { } day ? new(2026, 6, day) : null, []));
        var people = Audit((1, Venue), (1, Term(1, 5)), (6, Term(6, null)), (12, new VenueEvent.PersonRelieved(Club, Owner, Post.Owner, new(2026, 6, 11))), (13, Term(15, null))).Papers.People;
        Assert.Equal([(6, 11), (15, 0)], people.Select(p => (p.Appointment.From.Day, p.Appointment.Until?.Day ?? 0)));
        Assert.Equal([2, 1], people.Select(p => p.RestsOn.Count));
    }

    [Fact]
    public void A_withdrawn_basis_says_when_and_why()
    {
        var basis = new LegalBasis(Guid.Empty, LegalBasisKind.Consent, "№ 1", "all feeds", new(2026, 1, 1), null);
        var held = Assert.Single(Audit((1, Venue), (1, new VenueEvent.LegalBasisGranted(Club, basis)), (13, new VenueEvent.LegalBasisWithdrawn(Club, Guid.Empty, "sold"))).Papers.Bases);
        Assert.Equal((Day(13), "sold"), (held.WithdrawnAt, held.WithdrawnBecause));
    }

    [Fact]
    public void A_venue_registered_after_the_period_has_no_audit_in_it() => Assert.Null(VenueAudit.Of(Club, June, Log((20, Venue))));

    /// <summary>Blocked from the 15th to the 17th: one of the two days is contested, half a day was maintenance that had been approved.</summary>
    static VenueAudit Attributed() => Audit((1, Venue), (1, Exit), (2, Said(Verdict.Clear, 2)),
        (3, new DeviceEvent.HoursMandated(Door, Club, MandatedHours.AllHours)),
        (4, new MaintenanceEvent.Requested(Work, Club, [Door], Day(15.5), Day(16), WorkKind.Repair, "WO-1")), (5, new MaintenanceEvent.Approved(Work, Club, [Door], Day(15.5), Day(16))),
        (15, Said(Verdict.Blocked, 15, Outage)), (15.01, Opened(15)), (17, Said(Verdict.Clear, 17, Outage)), (17.01, Ended(17)),
        (18, new OutageEvent.Contested(Outage, Door, Club, Work, Day(16), Day(17), Cause.Authority, new("raid 5"))));

    static readonly Guid Work = new("00000000-0000-0000-0000-00000000000e");

    [Fact]
    public void A_score_says_what_counts_what_is_contested_and_what_left_the_sum()
    {
        var audit = Attributed();
        var score = audit.Score(DeviceKind.Exit)!.Value;
        Assert.Equal((8, 0.5, 1, 0.5), (score.Up.TotalDays, score.Against.TotalDays, score.InContest.TotalDays, score.NotOwed(Owed.Maintenance).TotalDays));
        Assert.Equal((AvailabilityFormula.Current, score.Down), (audit.Formula, audit.Split(Assert.Single(audit.Outages)).Down));
        Assert.Equal(Work, Assert.Single(audit.Maintenance).MaintenanceId);
        Assert.All(audit.Score(DeviceKind.Exit)!.RestsOn, id => Assert.Contains(audit.Facts, f => f.EventId == id));
        Assert.Distinct(audit.Facts.Select(f => f.EventId));
    }

    [Fact]
    public void An_audit_of_the_first_formula_can_be_computed_again()
    {
        var facts = Attributed().Facts;
        var first = VenueAudit.Of(Club, June, [.. facts.OrderBy(f => f.Position)], AvailabilityFormula.First)!;
        Assert.Equal((AvailabilityFormula.First, 8.0 / 10), (first.Formula, first.Availability(DeviceKind.Exit).Value.Share));
        Assert.Null(first.Score(DeviceKind.Exit));
        Assert.DoesNotContain(first.Facts, f => f.Stream.Category == "maintenance");
    }

    [Fact]
    public void The_cited_facts_alone_give_the_same_score_again()
    {
        var audit = Attributed();
        var again = VenueAudit.Of(Club, June, [.. audit.Facts.OrderBy(f => f.Position)])! with { Position = audit.Position };
        Assert.Equal(Text(audit), Text(again));
    }

    /// <summary>What the attached facts promise: nobody needs the rest of the log to check a figure.</summary>
    [Fact]
    public void The_cited_facts_alone_give_the_same_audit_again()
    {
        var audit = Audit((1, Venue), (1, Exit), (2, Said(Verdict.Clear, 2)), (3, Said(Verdict.Blocked, 3, Outage)), (8, Opened(8)), (9, Said(Verdict.Clear, 9)),
            (12, Ended(12)), (12, Said(Verdict.Unknown, 12)), (13, new VenueEvent.CapacitySet(Club, 300)), (30, Said(Verdict.Blocked, 19)), (31, Said(Verdict.Clear, 31)));
        var again = VenueAudit.Of(Club, June, [.. audit.Facts.OrderBy(f => f.Position)])! with { Position = audit.Position };
        Assert.Equal(Text(audit), Text(again));
        Assert.True(audit.Facts.Count < 11);
    }

    static string Text(VenueAudit audit) => JsonSerializer.Serialize(audit, EventCatalog.Json);
}
