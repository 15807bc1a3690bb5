using Bunit;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Web.Desks.Administrator;
using Compliance.Web.Parts.Probes;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Web.Tests.Pages;

public sealed class FleetPageTests() : Desk(Roles.Authority)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly City city = City.Of(DateTimeOffset.UtcNow);

    [Fact]
    public async Task What_is_chosen_is_asked_of_the_api_and_a_dot_chooses_its_venue()
    {
        Api.On("GET /fleet", new Page<FleetRow>(Fleets.Rows(city), null)).On("GET /fleet/map", Fleets.Places(city)).On("GET /probes", new Page<ProbeCard>(city.Probes, null));
        var page = Render<FleetPage>();
        page.WaitForElement(".fleet .row", Patience);
        Assert.Equal(Fleets.Rows(city).Count, page.FindAll(".fleet .row").Count);
        Assert.Equal(city.Venues.Count, page.FindAll("svg .dot").Count);
        await page.InvokeAsync(() => page.Find(".filter.bad").Click());
        Assert.EndsWith("?state=Down", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("svg .dot").Click());
        Assert.Contains("venue=", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_with_a_box_is_said_with_what_to_do()
    {
        Api.On($"GET /probes/{city.Probes[1].ProbeId}", Fleets.Ill(city));
        var page = Render<ProbePage>(p => p.Add(x => x.Id, city.Probes[1].ProbeId));
        page.WaitForElement(".warning", Patience);
        Assert.Equal(Fleets.Ill(city).Warnings.Select(warning => $"{warning}"), page.FindAll(".warning").Select(warning => warning.GetAttribute("data-warning")));
        Assert.Contains("device.unknown", page.Find(".box-health").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_box_could_not_do_on_a_day_is_said_and_a_whole_day_too()
    {
        var (day, probe) = (new DateOnly(2026, 11, 28), city.Probes[0].ProbeId);
        Api.On($"GET /probes/{probe}", new ProbeStatus(city.Probes[0], city.Now, null, [], []) { Days = [new(probe, day, 1_440, Taken: 5), new(probe, day.AddDays(-1), 1_380, 7, 0, 2, 9, 40, 50, 3, 1)] });
        var page = Render<ProbePage>(p => p.Add(x => x.Id, probe));
        page.WaitForElement(".days .row", Patience);
        Assert.Equal(["nothing amiss"], page.FindAll(".days .row")[0].QuerySelectorAll(".state").Select(state => state.TextContent));
        Assert.Equal(["did not run: 1 h 0 min", "was blind: 7 min", "another probe had taken the venue, not taken: 1", "refused: 2", "starts: 2"], page.FindAll(".days .row")[1].QuerySelectorAll(".state").Select(state => state.TextContent));
    }

    [Fact]
    public void On_the_map_north_is_above_and_what_fails_is_drawn_last()
    {
        FleetPlace[] places = [new(Guid.NewGuid(), "", "", "", new(43.30, 76.90), 0, 1, 0), new(Guid.NewGuid(), "", "", "", new(43.20, 76.95), 3, 0, 0), new(Guid.NewGuid(), "", "", "", new(43.25, 76.80), 0, 0, 0)];
        var sheet = FleetSheet.Of(places, 600);
        Assert.Equal([Availability.Up, Availability.Unknown, Availability.Down], sheet.Dots.Select(dot => FleetSheet.StateOf(dot.Place)));
        Assert.True(sheet.Dots[2].Y < sheet.Dots[0].Y);
        Assert.All(sheet.Dots, dot => Assert.True(dot.X is > 0 and < 600 && dot.Y > 0 && dot.Y < sheet.Height));
        Assert.InRange(sheet.BarLength / sheet.BarKm, 20, 60); // units a kilometre: 12 of them lie between the outermost
    }
}
