using Compliance.Domain.Alerts;
using Compliance.Domain.Reports;
using Compliance.Domain.Evidence;
using Compliance.Domain.Access;
using Compliance.Domain.Devices;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Alerts.DeskWatch;
using static Compliance.Domain.Tests.Alerts.Sights;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Alerts;

/// <summary>That nobody listened at any desk is a fact as an outage of a venue is, and the year tells it.</summary>
public sealed class DeskWatchSpecs
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    static readonly DeskEvent.Manned Came = new(All, Noon, null);
    static readonly DeskEvent.Left Gone = new(All, Noon.AddMinutes(10), Noon.AddMinutes(15));

    static AssessDesk Asked(bool manned, double seen, double at) => new(All, manned, Noon.AddMinutes(seen), Noon.AddMinutes(at), Patience);

    [Fact] public void Before_anybody_ever_listened_nothing_is_missed() => Decider.Given().When(Asked(false, 0, 600)).ThenNothing();
    [Fact] public void The_first_who_listens_begins_it() => Decider.Given().When(Asked(true, 0, 0)).Then(Came);
    [Fact] public void A_page_that_is_opened_anew_is_no_outage() => Decider.Given(Came).When(Asked(false, 10, 14.9)).ThenNothing();
    [Fact] public void Minutes_without_anybody_are_one_since_the_last_was_there() => Decider.Given(Came).When(Asked(false, 10, 15)).Then(Gone);
    [Fact] public void It_is_said_once() => Decider.Given(Came, Gone).When(Asked(false, 10, 60)).ThenNothing();
    [Fact] public void And_is_over_when_somebody_listens_again() => Decider.Given(Came, Gone).When(Asked(true, 45, 45)).Then(new DeskEvent.Manned(All, Noon.AddMinutes(45), Gone.Since));

    [Fact]
    public void Oversight_reads_each_with_its_beginning_and_end()
    {
        object[] facts = [Came, Gone, new DeskEvent.Manned(All, Noon.AddMinutes(45), Gone.Since), new DeskEvent.Left(All, Noon.AddHours(3), Noon.AddHours(4))];
        var rows = DeskOutage.View.Build(Of([.. facts.Select(f => (All, f))])).Values.OrderBy(r => r.Since).ToArray();
        Assert.Equal([new DeskOutage(Gone.Since, Noon.AddMinutes(45)), new DeskOutage(Noon.AddHours(3), null)], rows);
    }

    [Fact]
    public void The_year_tells_how_police_answered_looked_and_were_not_there()
    {
        var counts = new YearCounts(Period.Days(new(2026, 1, 1), new(2026, 12, 31)));
        List<(Guid, object)> facts = [(All, Came), (All, Gone), (All, new DeskEvent.Manned(All, Noon.AddMinutes(45), Gone.Since))];
        for (var i = 0; i < 6; i++)
        {
            var (incident, session) = (Guid.NewGuid(), Guid.NewGuid());
            facts.Add((incident, new IncidentEvent.Opened(incident, Venue, "Медеу", Fight, Noon)));
            facts.Add((incident, i == 5 ? (object)new IncidentEvent.Lapsed(incident, Venue, Noon.AddHours(12)) : new IncidentEvent.Taken(incident, Venue, Camera, Noon.AddSeconds(10 * (i + 1)))));
            if (i < 5) facts.Add((incident, new IncidentEvent.Dispatched(incident, Venue, Camera, Noon.AddMinutes(1))));
            if (i == 0) facts.AddRange([(incident, new IncidentEvent.Arrived(incident, Venue, Other, Noon.AddSeconds(70))), (incident, new IncidentEvent.Undone(incident, Venue, Other, IncidentStep.Arrived, [], Noon.AddSeconds(75)))]);
            if (i < 5) facts.Add((incident, new IncidentEvent.Arrived(incident, Venue, Camera, Noon.AddMinutes(2 + i))));
            facts.Add((session, new AccessEvent.Opened(session, Venue, Camera, "ЦОУ-2", AccessPurpose.CallTo102, "1", null, i == 0, [Camera], [Id], Noon, Noon.AddMinutes(15), Noon.AddDays(30))));
            facts.Add((session, new AccessEvent.Closed(session, Venue, Noon.AddMinutes(15), AccessEnd.TimeEnded)));
            if (i > 0) facts.Add((session, new AccessEvent.CameraViewed(session, Venue, Guid.NewGuid(), Camera, Noon, Noon.AddMinutes(1)))); // the last seconds are told after the end
        }

        foreach (var device in (Guid[])[Camera, Other]) facts.Insert(0, (device, new DeviceEvent.Registered(device, Venue, new CameraSpec("қ", "р", CameraPurpose.Hall, [], [], new(new("rtsp://camera.example.kz/main"))))));
        foreach (var fact in Of([.. facts])) counts.Take(fact);
        Assert.Equal((6, 5, 1, 5), (counts.Table("calls")["incidents"], counts.Table("calls")["taken"], counts.Table("calls")["never-taken"], counts.Table("calls")["arrived"]));
        Assert.Equal((6, 6, 1), (counts.Table("looks")["opened"], counts.Table("looks")["callto102"], counts.Table("looks")["never-viewed"]));
        Assert.Equal((2, 1, 1), (counts.Table("feeds")["demanded"], counts.Table("feeds")["viewed"], counts.Table("feeds")["never-viewed"]));
        Assert.Equal(new PoliceYear(30, 180, 1, TimeSpan.FromMinutes(35)), counts.Police);
    }
}
