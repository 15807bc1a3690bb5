using Compliance.Domain.Cases;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Outages;
using Compliance.Domain.Tests.Cases;
using Compliance.Domain.Tests.Duties;
using Compliance.Domain.Tests.Kernel;
using Compliance.Domain.Venues;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Evidence;

/// <summary>The report of an outage is read by inspectors, who read no cases.</summary>
public sealed class OutageReportSpecs
{
    static readonly Guid Club = DutySpecs.Venue, Door = new("00000000-0000-0000-0000-00000000000d"), Outage = new("00000000-0000-0000-0000-00000000000f");
    static readonly Guid Late = new("00000000-0000-0000-0000-000000000091"), Charged = new("00000000-0000-0000-0000-000000000092");

    static readonly Recorded[] Facts = Of(
        (Club, new VenueEvent.Registered(Club, new("Клуб", "Клуб", "240140012345", "Абай 1", "Алмалы", new(43.2, 76.9), true), 200, [])),
        (Door, new DeviceEvent.Registered(Door, Club, new ExitSpec("Артқы есік", "Чёрный ход", 1200, 2000, OpeningDirection.Outward, LockType.None))),
        (Door, new DeviceEvent.VerdictChanged(Door, Club, DeviceKind.Exit, Verdict.Unknown, Verdict.Blocked, Noon.AddMinutes(2), Noon.AddMinutes(2), Outage, "", null)),
        (Outage, new OutageEvent.Opened(Outage, Door, Club, DeviceKind.Exit, Verdict.Blocked, Noon.AddMinutes(2), "chairs")),
        (DutySpecs.Id, DutySpecs.Arisen(new DutySource.OfOutage(Outage, Door, DeviceKind.Exit, Verdict.Blocked))[0]),
        (CaseSpecs.Id, CaseSpecs.Opened()),
        (Late, new NoticeEvent.Told(Late, Club, NoticeKind.DutyOverstayed, DutySpecs.Id, null, null, Noon)),
        (Charged, new NoticeEvent.Told(Charged, Club, NoticeKind.CaseOpened, CaseSpecs.Id, null, null, Noon)));

    static OutageReport Report(string formula) => OutageReport.Of(Club, Outage, Facts, Noon.AddHours(1), formula)!;

    [Fact]
    public void It_tells_nothing_of_a_case()
    {
        var report = Report(OutageReport.Formula);
        Assert.DoesNotContain(report.Facts, fact => fact.Stream.Category == "case");
        Assert.Equal([Late], report.Notices.Select(notice => notice.NoticeId));
        Assert.Equal([DutySpecs.Id], report.Duties.Select(duty => duty.DutyId));
        Assert.DoesNotContain("cases.count", Figures.Of(report).Keys);
    }

    [Fact]
    public void One_that_was_issued_when_it_did_stays_checkable()
    {
        var report = Report(OutageReport.WithCases);
        var again = Figures.Again(new(Club, OutageReport.WithCases, report.Facts) { VenueId = Club, About = Outage, Period = new(Noon, Noon.AddHours(1)) })!;
        Assert.Equal((1, 2), (again["cases.count"], again["notices.count"]));
        Assert.Equal(Figures.Of(report), again);
    }
}
