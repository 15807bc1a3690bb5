using Bunit;
using Compliance.Domain.Cases;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Venues;
using Compliance.Web.Desks;
using Compliance.Web.Desks.Owner;
using Compliance.Web.Parts.Venues;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.Pages;

/// <summary>What must I do now, until when, and what happens if I don't.</summary>
public sealed class ToDoTests : Desk
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly City city = City.Of(DateTimeOffset.UtcNow);

    DateTimeOffset Now => city.Now;
    CaseShown Open => city.Case(city, CaseState.Open, City.Person);
    CaseRow Mute => Open.Case with { Pleadings = [] };

    [Fact]
    public void What_endangers_people_or_runs_out_in_hours_stands_first_then_a_certificate_that_does_not_hold()
    {
        var (week, hours, exit, late) = (OfCamera(TimeSpan.FromDays(5)), OfCamera(TimeSpan.FromHours(20)), city.Exit(city, TimeSpan.FromDays(3)), city.Exit(city, TimeSpan.FromHours(-1)));
        var all = ToDo.Of([week, hours, exit, late], [Mute], [Certificates.Of(city, 2).Card!], Now);
        Assert.Equal([typeof(ToDo.Mend), typeof(ToDo.Mend), typeof(ToDo.Mend), typeof(ToDo.Suspended), typeof(ToDo.Explain), typeof(ToDo.Mend)], all.Select(one => one.GetType()));
        Assert.Equal([late, hours, exit, week], all.OfType<ToDo.Mend>().Select(one => one.Shown));
        Assert.All(all.Take(4), one => Assert.True(one.IsPressing(Now)));
    }

    DutyShown OfCamera(TimeSpan left) => city.Exit(city, left) is var shown
        ? shown with { Duty = shown.Duty with { Source = new DutySource.OfOutage(Guid.NewGuid(), Guid.NewGuid(), DeviceKind.Camera, Verdict.Covered) } } : null!;

    [Fact]
    public void What_waits_for_somebody_else_is_not_asked_of_the_owner() => Assert.Empty(ToDo.Of(
        [city.Exit(city, TimeSpan.FromHours(-9), DutyState.Mended), Stayed(city.Exit(city, TimeSpan.FromHours(2)))],
        [Open.Case, Mute with { ExcusedAt = Now }, city.Case(city, CaseState.TimeBarred, City.Person).Case],
        [Certificates.Of(city, 1).Card!], Now));

    [Fact]
    public void A_certificate_asks_to_be_renewed_in_its_last_thirty_days_and_not_before()
    {
        var card = Certificates.Of(city, 2, new LicenceCommand.Reinstate(Certificates.Why)).Card!;
        DateTimeOffset On(int daysBefore) => VenueZone.At(card.State.Held!.Until.AddDays(-daysBefore), new(12, 0));
        Assert.Empty(ToDo.Of([], [], [card], On(31)));
        Assert.Equal(30, Assert.IsType<ToDo.Ends>(Assert.Single(ToDo.Of([], [], [card], On(30)))).Days);
        Assert.Equal(0, Assert.IsType<ToDo.Ends>(Assert.Single(ToDo.Of([], [], [card], On(0)))).Days);
    }

    [Fact]
    public void A_proposal_to_suspend_and_a_returned_application_wait_for_him()
    {
        var returned = Certificates.Of(city, 1, new LicenceCommand.Return(Certificates.Why)).Card!;
        Assert.Equal([typeof(ToDo.Proposed), typeof(ToDo.Correct)], ToDo.Of([], [], [returned, Certificates.Of(city, 0).Card!], Now).Select(one => one.GetType()));
    }

    [Fact]
    public void The_list_of_venues_says_what_until_when_what_else_and_leads_to_where_it_is_done()
    {
        var duty = city.Exit(city, TimeSpan.FromHours(1.5));
        Can([duty], [Mute]);
        var page = Render<MyVenuesPage>();
        page.WaitForAssertion(() => Assert.Contains("Запасной выход · Blocked. Put it right by ", page.Find(".mood-sentence").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("or a liability case will be opened and a suspension of the certificate proposed.", page.Find(".mood-sentence").TextContent, StringComparison.Ordinal);
        Assert.Equal($"/duties/{duty.Duty.DutyId}", page.Find(".go-do").GetAttribute("href"));
        Assert.StartsWith("/cases/", page.Find(".then a").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("A case waits for your explanation: warning", page.Find(".then").TextContent, StringComparison.Ordinal);
        Assert.Contains("Works:\u00A08", page.Find(".to-do").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_venue_says_the_same_of_itself_and_a_missed_term_is_said_to_be_missed()
    {
        Can([city.Exit(city, TimeSpan.FromHours(-3))], []);
        var page = Render<VenuePage>(p => p.Add(v => v.Id, city.Venues[0].VenueId));
        page.WaitForAssertion(() => Assert.Contains("Its term passed 3 h 0 min ago: put it right at once", page.Find(".to-do .mood-sentence").TextContent, StringComparison.Ordinal), Patience);
    }

    void Can(IReadOnlyList<DutyShown> duties, IReadOnlyList<CaseRow> cases)
    {
        var venue = city.Venues[0];
        Api.On("GET /venues", new Page<VenueCard>([venue, city.Venues[1]], null)).On($"GET /venues/{venue.VenueId}", venue)
            .On($"GET /venues/{venue.VenueId}/devices", city.Devices.Where(d => d.VenueId == venue.VenueId).ToList())
            .On("GET /duties", new Page<DutyShown>(duties, null)).On("GET /cases", new Page<CaseRow>(cases, null));
        foreach (var device in city.Devices) Api.On($"GET /devices/{device.DeviceId}", device);
    }

    DutyShown Stayed(DutyShown shown) => shown with { Duty = shown.Duty with { StayedUntil = Now.AddHours(1) } };
}
