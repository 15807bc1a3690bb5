using Bunit;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Compliance.Web.Desks.Owner;
using Compliance.Web.Parts.Venues;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.Pages;

/// <summary>The plan as it is drawn, and as it is read; the finger's own part is tested in a browser.</summary>
public sealed class PlanPageTests() : Desk(Roles.Installer)
{
    readonly City city = City.Of(DateTimeOffset.UtcNow);

    Guid Venue => city.Venues[0].VenueId;

    IReadOnlyList<DeviceCard> Devices => [.. city.Devices.Where(d => d.VenueId == Venue)];

    IRenderedComponent<PlanPage> Open(PlanCard plan)
    {
        Api.On($"GET /venues/{Venue}", city.Venues[0]).On($"GET /venues/{Venue}/devices", Devices).On($"GET /venues/{Venue}/plan", plan).On($"PUT /venues/{Venue}/plan", new CommandAnswer(1, new(1, 1)));
        var page = Render<PlanPage>(p => p.Add(x => x.Id, Venue));
        page.WaitForElement(".form-end");
        return page;
    }

    string? Sent() => Api.Asked.Where(a => a.Door.StartsWith("PUT", StringComparison.Ordinal)).Select(a => a.Body).SingleOrDefault();

    [Fact]
    public void A_first_floor_is_added_a_camera_put_on_it_turned_and_saved()
    {
        var page = Open(new(Venue, [], null));
        Assert.True(page.Find(".save-plan").HasAttribute("disabled"));
        page.Find(".add-floor").Click();
        page.FindAll(".place")[0].Click();
        page.Find("#mark-x").Change("25");
        page.Find("#mark-direction").Change("90");
        page.InvokeAsync(() => page.Instance.Turned(Devices[0].DeviceId, 15));
        page.WaitForAssertion(() => Assert.Equal("105", page.Find("#mark-direction").GetAttribute("value")));
        page.Find(".save-plan").Click();
        page.WaitForAssertion(() => Assert.Contains($$"""{"deviceId":"{{Devices[0].DeviceId}}","x":0.25,"y":0.5,"direction":105,"angle":70}""", Sent(), StringComparison.Ordinal));
        Assert.Equal($"\"{city.Venues[0].Revision}\"", Api.Asked.Single(a => a.Door.StartsWith("PUT", StringComparison.Ordinal)).IfMatch); // whoever was quicker is not overwritten
    }

    [Fact]
    public void A_device_stands_on_one_floor_only()
    {
        var page = Open(Plans.Of(city, Venue));
        page.FindAll(".plan-tools .filter")[1].Click(); // the cellar
        page.WaitForElements(".place")[0].Click();
        page.Find(".save-plan").Click();
        page.WaitForAssertion(() => Assert.Equal(1, System.Text.RegularExpressions.Regex.Count(Sent() ?? "", $"{Devices[0].DeviceId}")));
    }

    [Fact]
    public void A_wall_keeps_three_corners()
    {
        var page = Open(new(Venue, [new(1, 1, [new(0, 0), new(1, 0), new(1, 1)], null, [])], DateTimeOffset.UtcNow));
        page.InvokeAsync(() => page.Instance.Removed("corner:1"));
        Assert.Equal(3, page.FindAll(".plan-corner").Count);
        page.InvokeAsync(() => page.Instance.Moved("corner:1", 7, -1)); // off the sheet
        page.WaitForAssertion(() => Assert.Equal("translate(1000 0)", page.FindAll(".plan-corner")[1].GetAttribute("transform")));
        page.Find(".add-corner").Click();
        Assert.Equal(4, page.FindAll(".plan-corner").Count);
    }

    [Fact]
    public void What_is_refused_is_said_and_nothing_is_lost()
    {
        var page = Open(new(Venue, [], null));
        Api.On($"PUT /venues/{Venue}/plan", new { code = "venue.plan-malformed" }, System.Net.HttpStatusCode.BadRequest);
        page.Find(".add-floor").Click();
        page.Find(".save-plan").Click();
        page.WaitForAssertion(() => Assert.Contains("A plan has at most 10 floors", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Single(page.FindAll(".plan-editor"));
    }

    [Fact]
    public void The_floor_of_what_an_alert_is_about_is_shown_and_what_fails_is_ringed()
    {
        var plan = Plans.Of(city, Venue);
        var cellar = plan.Floors[1] with { Marks = [plan.Floors[0].Marks[2]] };
        plan = plan with { Floors = [plan.Floors[0] with { Marks = [.. plan.Floors[0].Marks.Where((_, i) => i != 2)] }, cellar] };
        var about = cellar.Marks[0].DeviceId;
        Assert.Equal("-1", Render<PlanSheet>(p => p.Add(s => s.Plan, plan).Add(s => s.Devices, Devices).Add(s => s.About, [about])).Find(".plan-sheet").GetAttribute("data-level"));
        var sheet = Render<PlanSheet>(p => p.Add(s => s.Plan, plan).Add(s => s.Devices, Devices));
        var ringed = sheet.FindAll(".plan-mark").Where(m => m.QuerySelector(".fails") is not null).Select(m => Guid.Parse(m.GetAttribute("data-device")!)).ToHashSet();
        Assert.Equal(plan.Floors[0].Marks.Select(m => m.DeviceId).Where(id => Devices.Single(d => d.DeviceId == id).Verdict.Availability() == Availability.Down).ToHashSet(), ringed);
        Assert.NotEmpty(ringed);
    }

    [Fact]
    public void Neighbours_are_those_that_hang_nearest()
    {
        Guid a = Guid.NewGuid(), near = Guid.NewGuid(), far = Guid.NewGuid(), unplaced = Guid.NewGuid();
        var plan = new PlanCard(Venue, [new(1, 2, [], null, [new(a, .5, .5), new(far, .5, .95), new(near, .65, .5)])], null); // twice as wide as high
        Assert.Equal([a, near, far, unplaced], plan.NearestTo(a, [unplaced, far, near, a]));
        Assert.Equal([a, unplaced, far], ((PlanCard?)null).NearestTo(a, [unplaced, far, a]));
    }

    [Theory]
    [InlineData(0, 180, "M 0 0 L -150 0 A 150 150 0 0 1 150 0 Z")]
    [InlineData(90, 90, "M 0 0 L 106.07 -106.07 A 150 150 0 0 1 106.07 106.07 Z")]
    public void A_view_is_drawn_clockwise_from_the_top(double direction, double angle, string path) => Assert.Equal(path, PlanShapes.Sector(direction, angle).Replace("-0 ", "0 ", StringComparison.Ordinal));
}
