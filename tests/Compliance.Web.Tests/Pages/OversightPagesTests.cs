using System.IO.Pipelines;
using System.Text;
using Bunit;
using Compliance.Domain.Access;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Subjects;
using Compliance.Domain.Venues;
using Compliance.Web.Desks;
using Compliance.Web.Desks.Oversight;
using Compliance.Web.Parts.Alerts;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.Pages;

/// <summary>What oversight reads of those who look, and what the watched read of all looks together.</summary>
public sealed class OversightPagesTests() : Desk(Roles.Oversight)
{
    readonly City city = City.Of(DateTimeOffset.UtcNow);

    IRenderedComponent<OversightPage> Open(params AccessRow[] rows)
    {
        Api.On("GET /probes", new Page<ProbeCard>([], null)).On("GET /legal-bases", new Page<LegalBasisRow>([], null)).On("GET /subjects/forgotten", new Page<ForgottenPerson>([], null))
            .On("GET /venues", new Page<VenueCard>(city.Venues, null)).On($"GET /venues/{city.Venues[0].VenueId}", city.Venues[0]).On("GET /access", new Page<AccessRow>(rows, null))
            .On("GET /incidents/answers", Array.Empty<AnswerDay>()).On("GET /incidents/desk-outages", Array.Empty<DeskOutage>()).On("GET /access/feeds-looked-at", new FeedsLooked(412, 97));
        return Render<OversightPage>();
    }

    [Fact]
    public void What_nobody_reviewed_in_time_stands_first()
    {
        var late = Looking.Of(city).First(row => row.ReviewOverdue);
        var page = Open(late, late with { SessionId = Guid.NewGuid(), ReviewOverdue = false }); // the other may still be reviewed
        Assert.Equal($"{late.SessionId}", page.WaitForElement("section.overdue .row").GetAttribute("data-session"));
        Assert.Single(page.FindAll("section.overdue .row"));
        Assert.Equal("overdue", page.Find("section").ClassName);
        page.WaitForAssertion(() => Assert.Equal("Demanded and never looked at this year: 315 of 412 cameras on the register.", page.Find(".feeds-looked").TextContent));
    }

    [Fact]
    public async Task A_look_without_an_incident_turns_how_many_nobody_looked_at()
    {
        var pipe = new Pipe();
        Api.OnStream("GET /changes", pipe.Reader.AsStream()).On("GET /access/feeds-looked-at", new FeedsLooked(412, 97));
        var line = Render<FeedsLookedLine>();
        line.WaitForAssertion(() => Assert.Contains("315 of 412", line.Find(".feeds-looked").TextContent, StringComparison.Ordinal));
        Api.On("GET /access/feeds-looked-at", new FeedsLooked(412, 98));
        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes($"id: 2a\nevent: change\ndata: {{\"view\":\"access-list\",\"key\":\"{Guid.NewGuid()}\",\"group\":null}}\n\n"), Xunit.TestContext.Current.CancellationToken);
        line.WaitForAssertion(() => Assert.Contains("314 of 412", line.Find(".feeds-looked").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        await pipe.Writer.CompleteAsync();
    }

    [Fact]
    public void Where_all_was_reviewed_that_is_said() => Assert.Contains("every urgent look was reviewed", Open().WaitForElement("section.overdue").TextContent, StringComparison.Ordinal);

    [Fact]
    public void The_watched_read_all_looks_together_however_few_a_page_shows()
    {
        var (venue, row) = (city.Venues[0], Looking.Of(city)[0]);
        Api.On($"GET /venues/{venue.VenueId}/seen-by-police", new Page<SeenByPolice>([SeenByPolice.Of(row, city.Now)], null))
            .On($"GET /venues/{venue.VenueId}/seen-by-police/totals", new SeenTotals(71, 104, 7200, 3, [new(row.Cameras[0], 90, 7080), new(Guid.NewGuid(), 14, 120)]))
            .On($"GET /venues/{venue.VenueId}", venue).On($"GET /venues/{venue.VenueId}/devices", city.Devices.Where(d => d.VenueId == venue.VenueId).ToArray());
        var page = Render<SeenByPolicePage>(p => p.Add(s => s.Id, venue.VenueId));
        Assert.StartsWith("Looks: 104; ", page.WaitForElement(".seen-times").TextContent, StringComparison.Ordinal);
        Assert.EndsWith("sessions: 71", page.Find(".seen-times").TextContent, StringComparison.Ordinal);
        var cameras = page.FindAll(".seen-cameras li");
        Assert.Contains("looks 90", cameras[0].TextContent, StringComparison.Ordinal);
        Assert.StartsWith("A camera that is no longer here: looks 14", cameras[1].TextContent, StringComparison.Ordinal);
    }
}
