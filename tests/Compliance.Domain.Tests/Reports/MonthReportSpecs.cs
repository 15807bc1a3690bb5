using Compliance.Domain.Cases;
using Compliance.Domain.Complaints;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Reports;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Cases;
using Compliance.Domain.Tests.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Tests.Reports;

/// <summary>The report of a month: made once, when the month is over by the venue's clocks, and for each month in turn.</summary>
public sealed class MonthReportSpecs
{
    static readonly Guid Club = new("00000000-0000-0000-0000-00000000000a"), Camera = new("00000000-0000-0000-0000-00000000000c"), Order = new("00000000-0000-0000-0000-0000000000d0");
    static readonly DateOnly June = new(2026, 6, 1);
    static readonly DateTimeOffset First = VenueZone.Midnight(new(2026, 7, 1));

    static MonthReportEvent.Made Made => new(MonthReport.IdOf(Club, June), Club, June, AvailabilityFormula.Current, First);

    [Fact]
    public void A_month_that_is_over_has_its_report() => MonthReport.Decider.Given().When(new MonthReportCommand.Make(Club, June, First)).Then(Made);

    [Fact]
    public void Before_the_venues_midnight_it_is_not_over() => MonthReport.Decider.Given().When(new MonthReportCommand.Make(Club, June, First.AddTicks(-1))).ThenNothing();

    [Fact]
    public void It_is_made_once() => MonthReport.Decider.Given(Made).When(new MonthReportCommand.Make(Club, June, First.AddDays(3))).ThenNothing();

    [Fact]
    public void After_a_long_downtime_each_month_has_its_own() =>
        Assert.Equal([new(2026, 4, 1), new(2026, 5, 1), June], MonthReport.Missing(new(2026, 1, 1), new(2026, 3, 1), First.AddDays(9)));

    [Fact]
    public void Without_any_report_each_month_since_the_venue_came_is_made_up()
    {
        Assert.Equal([new(2026, 4, 1), new(2026, 5, 1), June], MonthReport.Missing(new(2026, 4, 1), null, First));
        Assert.Empty(MonthReport.Missing(new(2026, 7, 1), null, First));
        Assert.Empty(MonthReport.Missing(new(2025, 1, 1), June, First));
    }

    [Fact]
    public void Those_who_answer_for_the_venue_are_told()
    {
        var recorded = Story.Of((Made.ReportId, Made))[0];
        var id = EventIds.From(recorded.EventId, "notice");
        Assert.Equal([Reaction.Send(Notice.Decider, id, new NoticeCommand.Tell(id, Club, NoticeKind.MonthReportMade, Club, null, recorded.RecordedAt, June))],
            NotifyWhenMonthReportIsMade.Policy.React(Made, recorded));
        Assert.Empty(NotifyWhenMonthReportIsMade.Policy.React("else", recorded));
    }

    [Fact]
    public void It_counts_what_lay_in_the_month_and_nothing_else()
    {
        var noon = Story.Noon;
        Recorded[] facts = Story.Of(
            (Club, new VenueEvent.Registered(Club, new("Клуб", "Клуб", "240140012345", "Абай 1", "Алмалы", new(43.2, 76.9), true), 200, [])),
            (Camera, new DeviceEvent.Registered(Camera, Club, new CameraSpec("Есік", "Вход", CameraPurpose.Entrance, [], [], new Feed(new Uri("rtsp://camera.example/main"), null, FeedTransport.Tcp)))),
            (Camera, new DeviceEvent.VerdictChanged(Camera, Club, DeviceKind.Camera, Verdict.Unknown, Verdict.Online, noon.AddMinutes(2), noon.AddMinutes(2), null, "", null)),
            (Order, new DutyEvent.Arose(Order, Club, new DutySource.OfFinding(Club, Club), new("KZ.CAM.017", Severity.Major, Wording.Recommended, false, null), noon, noon)),
            (Order, new DutyEvent.DueSet(Order, Club, noon.AddDays(5), new(null, "act", Confidence.Read))),
            (Order, new DutyEvent.Overstayed(Order, Club, new DutySource.OfFinding(Club, Club), new("KZ.CAM.017", Severity.Major, Wording.Recommended, false, null), noon.AddDays(5))));
        var june = MonthFigures.Of(Club, June, facts, AvailabilityFormula.Current)!;
        Assert.Equal((1, 1, 1), (june.Audit.Devices.Count, june.Duties.Count, june.Overstayed));
        Assert.Equal(1, june.Audit.Devices[0].Score!.Value.Mandated.Share);
        Assert.Null(MonthFigures.Of(Club, June.AddMonths(-1), facts, AvailabilityFormula.Current));
        Assert.Equal(0, MonthFigures.Of(Club, June.AddMonths(1), facts, AvailabilityFormula.Current)!.Overstayed);
    }

    /// <summary>What became of complaints is counted in print; who complained, where and when does not leave with the facts.</summary>
    [Fact]
    public void Nothing_of_a_complaint_is_attached()
    {
        var complaint = new Guid("00000000-0000-0000-0000-0000000000e0");
        var facts = Story.Of(
            (Club, new VenueEvent.Registered(Club, new("Клуб", "Клуб", "240140012345", "Абай 1", "Алмалы", new(43.2, 76.9), true), 200, [])),
            (complaint, new ComplaintEvent.Received(complaint, "A", ComplaintChannel.Web, ComplaintCategory.Noise, Club, "Алмалы", Story.Noon, false)),
            (complaint, new ComplaintEvent.Answered(complaint, ComplaintCategory.Noise, "Алмалы", ComplaintOutcome.Confirmed)),
            (Made.ReportId, Made));
        var june = MonthFigures.Of(Club, June, facts, AvailabilityFormula.Current)!;
        Assert.Equal(1, june.Complaints[ComplaintOutcome.Confirmed]);
        var attached = june.FactsAmong(facts);
        Assert.DoesNotContain(attached, fact => fact.Stream.Category == "complaint");
        Assert.DoesNotContain(Figures.Of(june).Keys, name => name.StartsWith("complaints.", StringComparison.Ordinal));
        Assert.Equal(Figures.Of(june), Figures.Again(new(Made.ReportId, MonthFigures.ReportFormula, attached)));
        Assert.Equal(1, Figures.Again(new(Made.ReportId, MonthFigures.WithComplaints, facts))!["complaints.confirmed"]); // reports that were issued before stay checkable
    }

    [Fact]
    public void A_case_that_waited_when_the_month_ended_stands_in_it_whatever_was_decided_before_the_report_was_made()
    {
        var facts = Story.Of(
            (Club, new VenueEvent.Registered(Club, new("Клуб", "Клуб", "240140012345", "Абай 1", "Алмалы", new(43.2, 76.9), true), 200, [])),
            (CaseSpecs.Id, CaseSpecs.Opened()),
            (CaseSpecs.Id, new CaseEvent.Decided(CaseSpecs.Id, Club, CaseOutcome.Dismissed, Route.Article462Part3, "art. 462", Club, First.AddHours(3))));
        Recorded[] told = [.. facts[..2], facts[2] with { RecordedAt = First.AddHours(3) }];
        var row = Assert.Single(MonthFigures.Of(Club, June, told, AvailabilityFormula.Current)!.Cases);
        Assert.Equal((CaseState.Open, null), (row.State, row.Ruling));
        Assert.Equal(CaseState.Decided, Assert.Single(MonthFigures.Of(Club, June, facts, AvailabilityFormula.Current)!.Cases).State);
    }

    [Fact]
    public void What_is_told_a_moment_late_counts_when_it_was()
    {
        var (source, matter) = (new DutySource.OfFinding(Club, Club), new DutyMatter("KZ.CAM.017", Severity.Major, Wording.Recommended, false, null));
        var facts = Story.Of(
            (Club, new VenueEvent.Registered(Club, new("Клуб", "Клуб", "240140012345", "Абай 1", "Алмалы", new(43.2, 76.9), true), 200, [])),
            (Order, new DutyEvent.Arose(Order, Club, source, matter, Story.Noon, Story.Noon)),
            (Order, new DutyEvent.DueSet(Order, Club, First.AddSeconds(-30), new(null, "act", Confidence.Read))),
            (Order, new DutyEvent.Overstayed(Order, Club, source, matter, First.AddSeconds(-30))));
        facts[3] = facts[3] with { RecordedAt = First.AddSeconds(20) };
        var june = MonthFigures.Of(Club, June, facts, AvailabilityFormula.Current)!;
        Assert.Equal((1, 3), (june.Overstayed, Assert.Single(june.Duties).EventIds.Count));
    }
}
