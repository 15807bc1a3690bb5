using Bunit;
using Compliance.Domain.Access;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Compliance.Web.Desks.Police;
using Compliance.Web.Parts.Alerts;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Web.Tests.Pages;

/// <summary>What a patrol has in hand, the officer's own screens, and what an incident shows beside itself.</summary>
public sealed class PatrolPageTests() : Desk(Roles.Operator, Clock)
{
    static readonly FakeTimeProvider Clock = new(DateTimeOffset.UtcNow);

    readonly City city = City.Of(Clock.GetUtcNow());

    IncidentLine At(int n, int venue, IncidentStage stage, Guid? by = null, Guid? there = null) =>
        Incidents.Line(city, n, venue, stage, by ?? Guid.NewGuid(), 60, Incidents.Fight(city, n, venue, 60, 0.9, false)) is var line ? line with { Card = line.Card with { There = there } } : null!;

    IRenderedComponent<PatrolPage> Patrol(params IncidentLine[] lines)
    {
        Api.On("GET /incidents", new Page<IncidentLine>(lines, null));
        foreach (var line in lines) foreach (var step in (string[])["arrived", "closed"]) Api.On($"POST /incidents/{line.Card.IncidentId}/{step}", new CommandAnswer(1, new(1, 1)));
        var page = Render<PatrolPage>();
        page.WaitForElement(".patrol-card, .plain");
        return page;
    }

    [Fact]
    public void Only_what_somebody_was_sent_to_is_listed_the_nearest_first_once_the_place_is_known()
    {
        var (far, near) = (At(1, 3, IncidentStage.Dispatched), At(2, 0, IncidentStage.Dispatched));
        JSInterop.Setup<object?>("whereIsThis").SetResult(null);
        var page = Patrol(far, near, At(3, 1, IncidentStage.Confirmed));
        Assert.Equal([$"{Incidents.Id(1)}", $"{Incidents.Id(2)}"], page.FindAll(".patrol-card").Select(c => c.GetAttribute("data-incident")!));
        Assert.Contains($"geo:{city.Venues[3].Details.Position.Latitude:0.###},", page.Find("a.key-button.main").GetAttribute("href"), StringComparison.Ordinal);
        page.Find(".locate").Click();
        page.WaitForElement(".note.unclear"); // no place told: the order stays as it was
        Assert.Equal($"{Incidents.Id(1)}", page.FindAll(".patrol-card")[0].GetAttribute("data-incident"));
    }

    [Fact]
    public void Whoever_is_there_closes_it_with_what_came_of_it()
    {
        var page = Patrol(At(1, 0, IncidentStage.Arrived, there: City.Person));
        page.Find(".close-incident").Click();
        page.Find("[data-key=Digit1]").Click();
        page.WaitForAssertion(() => Assert.Contains(Api.Asked, a => a.Door == $"POST /incidents/{Incidents.Id(1)}/closed"));
    }

    [Fact]
    public void Another_one_s_is_not_closed_from_here()
    {
        var page = Patrol(At(1, 0, IncidentStage.Arrived, there: Guid.NewGuid()), At(2, 1, IncidentStage.Dispatched));
        Assert.Empty(page.FindAll(".close-incident"));
        page.Find(".arrived").Click();
        page.WaitForAssertion(() => Assert.Contains(Api.Asked, a => a.Door == $"POST /incidents/{Incidents.Id(2)}/arrived"));
    }

    [Fact]
    public void What_one_said_a_moment_ago_is_taken_back_by_oneself_alone()
    {
        IncidentLine Just(IncidentLine line) => line with { Card = line.Card with { StageAt = Clock.GetUtcNow() } };
        var page = Patrol(Just(At(1, 0, IncidentStage.Arrived, there: City.Person)), Just(At(2, 1, IncidentStage.Arrived, there: Guid.NewGuid())), At(3, 2, IncidentStage.Arrived, there: City.Person));
        Assert.Equal($"{Incidents.Id(1)}", page.Find(".undo").Closest(".patrol-card")!.GetAttribute("data-incident")); // the second is another's, the third too long ago
        Assert.Single(page.FindAll(".undo"));
        Api.On($"POST /incidents/{Incidents.Id(1)}/undone", new CommandAnswer(1, new(1, 1)));
        page.Find(".undo").Click();
        page.WaitForAssertion(() => Assert.Contains("Arrived", Assert.Single(Api.Asked, a => a.Door == $"POST /incidents/{Incidents.Id(1)}/undone").Body, StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_closed_here_stays_until_it_cannot_be_taken_back()
    {
        var arrived = At(1, 0, IncidentStage.Arrived, there: City.Person);
        var page = Patrol(arrived);
        var over = arrived with { Card = arrived.Card with { Stage = IncidentStage.Closed, By = City.Person, StageAt = Clock.GetUtcNow() } };
        Api.On("GET /incidents", new Page<IncidentLine>([], null)).On($"GET /incidents/{Incidents.Id(1)}", over).On($"POST /incidents/{Incidents.Id(1)}/undone", new CommandAnswer(1, new(1, 1)));
        page.Find(".close-incident").Click();
        page.WaitForElement("[data-key=Digit1]").Click();
        page.WaitForElement(".patrol-card[data-stage=Closed] .undo").Click();
        page.WaitForAssertion(() => Assert.Contains("Closed", Assert.Single(Api.Asked, a => a.Door.EndsWith("/undone", StringComparison.Ordinal)).Body, StringComparison.Ordinal));
        Clock.Advance(Incident.UndoWithin + TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".patrol-card"))); // too late: it is over
    }

    AccessRow Session(int n, params Guid[] cameras) => Looking.Of(city)[0] with { SessionId = Looking.Id(n), Cameras = cameras };

    [Fact]
    public async Task The_wall_shows_my_sessions_that_run_and_a_camera_stands_in_one_cell()
    {
        var cameras = city.Devices.Where(d => d.VenueId == city.Venues[0].VenueId && d.Spec is Domain.Devices.CameraSpec).Select(d => d.DeviceId).ToArray();
        foreach (var device in city.Devices) Api.On($"GET /devices/{device.DeviceId}", device);
        foreach (var venue in city.Venues) Api.On($"GET /venues/{venue.VenueId}", venue);
        Api.On("GET /access", new Page<AccessRow>([Session(1, cameras[0], cameras[1]), Session(2, cameras[2]) with { OfficerId = Guid.NewGuid() }, Session(3, cameras[2]) with { ClosedAt = city.Now }], null));
        var page = Render<WallPage>();
        page.WaitForElement(".cell .screen");
        Assert.Equal([$"{cameras[0]}", $"{cameras[1]}"], page.FindAll(".screen").Select(s => s.GetAttribute("data-device")!));
        await page.InvokeAsync(() => page.FindAll(".cell select")[3].Change($"{cameras[0]}")); // screens draw themselves meanwhile
        page.WaitForAssertion(() => Assert.Equal("1 3", string.Join(' ', page.FindAll(".cell").Where(c => c.QuerySelector(".screen") is not null).Select(c => c.GetAttribute("data-cell")))));
        await page.InvokeAsync(() => page.FindAll("button.size")[1].Click());
        page.WaitForAssertion(() => Assert.Equal((9, 2), (page.FindAll(".cell").Count, page.FindAll(".screen").Count)));
    }

    [Fact]
    public void Looking_now_opens_a_session_for_the_incident_with_the_camera_that_saw_it_first()
    {
        var line = Incidents.Line(city, 2, 0, IncidentStage.Taken, City.Person, 60, Incidents.Fight(city, 2, 0, 60, 0.9, false));
        var devices = city.Devices.Where(d => d.VenueId == city.Venues[0].VenueId).ToList();
        Api.On("GET /access", new Page<AccessRow>([Looking.Of(city)[0]], null)).OnAll("PUT /access/", new CommandAnswer(1, new(1, 1)));
        var part = Render<IncidentLook>(p => p.Add(l => l.Line, line).Add(l => l.Venue, city.Venues[0]).Add(l => l.Inventory, devices).Add(l => l.Plan, Plans.Of(city, city.Venues[0].VenueId)).Add(l => l.Me, City.Person));
        part.WaitForElement("[data-key=KeyL]").Click();
        part.WaitForAssertion(() => Assert.Contains(Api.Asked, a => a.Door.StartsWith("PUT /access/", StringComparison.Ordinal)));
        var body = System.Text.Json.JsonSerializer.Deserialize<AccessCommand.Open>(Api.Asked.Single(a => a.Door.StartsWith("PUT", StringComparison.Ordinal)).Body, EventCatalog.Json)!;
        Assert.Equal((line.Card.IncidentId, AccessPurpose.AlertUnderWay, "ЦОУ-2", false), (body.IncidentId, body.Purpose, body.Unit, body.Urgent));
        Assert.Equal((line.Alerts[0].Row.DeviceId, 3), (body.Cameras[0], body.Cameras.Count));
    }

    [Fact]
    public void Where_no_basis_holds_nobody_is_asked_to_look()
    {
        var line = Incidents.Line(city, 2, 2, IncidentStage.Taken, City.Person, 60, Incidents.Fight(city, 2, 2, 60, 0.9, false));
        Api.On("GET /access", new Page<AccessRow>([], null));
        var part = Render<IncidentLook>(p => p.Add(l => l.Line, line).Add(l => l.Venue, city.Venues[2]).Add(l => l.Inventory, [.. city.Devices.Where(d => d.VenueId == city.Venues[2].VenueId)]).Add(l => l.Me, City.Person));
        part.WaitForAssertion(() => Assert.Contains(Api.Asked, a => a.Door == "GET /access"));
        Assert.Empty(part.FindAll("[data-key]"));
    }

    [Fact]
    public void A_system_that_is_degraded_says_in_what()
    {
        var part = Render<DeskBanners>(p => p.Add(b => b.Counts, Incidents.Counts(city.Now) with { ViewsBehind = true }).Add(b => b.Now, city.Now));
        Assert.Equal(4, part.FindAll(".desk-banner li").Count);
        Assert.Contains("No witness has signed the log for 41 min", part.Markup, StringComparison.Ordinal);
        part = Render<DeskBanners>(p => p.Add(b => b.Counts, new DeskCounts(0, 0, 0, 0, [])).Add(b => b.Now, city.Now));
        Assert.Empty(part.FindAll(".desk-banner"));
    }
}
