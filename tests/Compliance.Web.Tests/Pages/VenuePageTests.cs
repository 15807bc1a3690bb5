using System.IO.Pipelines;
using System.Text;
using Bunit;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Outages;
using Compliance.Web.Desks;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.Pages;

public sealed class VenuePageTests : Desk
{
    readonly City city = City.Of(DateTimeOffset.UtcNow);

    Guid Can(int venue)
    {
        var card = city.Venues[venue];
        Api.On($"GET /venues/{card.VenueId}", card)
            .On($"GET /venues/{card.VenueId}/devices", city.Devices.Where(d => d.VenueId == card.VenueId).ToList())
            .On($"GET /venues/{card.VenueId}/availability", city.AvailabilityOf(card.VenueId))
            .On("GET /maintenance", new Page<MaintenanceRow>([.. city.Maintenance.Where(m => m.VenueId == card.VenueId)], null))
            .On($"GET /venues/{card.VenueId}/outages", new Page<OutageRow>([.. city.Outages.Where(o => o.VenueId == card.VenueId)], null));
        return card.VenueId;
    }

    [Fact]
    public void A_device_that_fails_says_what_it_means_and_what_to_do()
    {
        var venue = Can(0);
        var page = Render<VenuePage>(p => p.Add(v => v.Id, venue));
        page.WaitForElement("[data-verdict=Blocked]", TimeSpan.FromSeconds(10));
        var tile = page.Find("[data-verdict=Blocked]").TextContent;
        Assert.Contains("Something blocks the way out.", tile, StringComparison.Ordinal);
        Assert.Contains("Clear the way now", tile, StringComparison.Ordinal);
    }

    [Fact]
    public void A_verdict_on_a_picture_shows_the_picture_blurred()
    {
        var (at, camera) = (city.Devices.FindIndex(d => d.VenueId == city.Venues[0].VenueId && d.Spec is CameraSpec), new Still(DateTimeOffset.UtcNow, "abc"));
        city.Devices[at] = city.Devices[at] with { Verdict = Verdict.Covered, Still = camera };
        var venue = Can(0);
        var page = Render<VenuePage>(p => p.Add(v => v.Id, venue));
        var picture = page.WaitForElement("[data-verdict=Covered] figure img", TimeSpan.FromSeconds(10));
        Assert.Equal($"/devices/{city.Devices[at].DeviceId}/stills/abc", picture.GetAttribute("src"));
        Assert.Contains("nobody can be recognised", page.Find("figure.still").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_state_is_an_icon_and_a_word()
    {
        var venue = Can(0);
        var page = Render<VenuePage>(p => p.Add(v => v.Id, venue));
        page.WaitForElement(".tile", TimeSpan.FromSeconds(10));
        Assert.All(page.FindAll(".state"), state =>
        {
            Assert.NotNull(state.QuerySelector("svg"));
            Assert.NotEmpty(state.TextContent.Trim());
        });
    }

    [Fact]
    public void Every_device_shows_ninety_days_with_today_at_the_right()
    {
        var venue = Can(1);
        var page = Render<VenuePage>(p => p.Add(v => v.Id, venue));
        page.WaitForElement(".tile", TimeSpan.FromSeconds(10));
        Assert.Equal(5 * 90, page.FindAll(".timeline .day").Count);
        Assert.Contains("worked without an outage", page.Find(".timeline .day:last-of-type title").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_this_venue_is_drawn_without_a_reload()
    {
        var venue = Can(1);
        var pipe = new Pipe();
        Api.OnStream("GET /changes", pipe.Reader.AsStream());
        var page = Render<VenuePage>(p => p.Add(v => v.Id, venue));
        page.WaitForElement("[data-verdict=Online]", TimeSpan.FromSeconds(10));

        var (at, camera) = (city.Devices.FindIndex(d => d.VenueId == venue), city.Devices.First(d => d.VenueId == venue));
        city.Devices[at] = camera with { Verdict = Verdict.Unreachable };
        Can(1);
        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(
            $"id: 2a\nevent: change\ndata: {{\"view\":\"device-card\",\"key\":\"{camera.DeviceId}\",\"group\":\"{venue}\"}}\n\n"), Xunit.TestContext.Current.CancellationToken);
        page.WaitForElement("[data-verdict=Unreachable]", TimeSpan.FromSeconds(10));
        await pipe.Writer.CompleteAsync();
    }
}
