using Bunit;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;
using Compliance.Web.Desks.Administrator;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.Pages;

public sealed class ProbesPageTests() : Desk(Roles.Administrator)
{
    readonly City city = City.Of(DateTimeOffset.UtcNow);

    [Fact]
    public async Task A_venue_no_probe_watches_is_named_and_given_to_one()
    {
        var (venue, probe) = (city.Venues[^1], city.Probes[0]);
        Api.On("GET /probes", new Page<ProbeCard>(city.Probes, null)).On("GET /venues", new Page<VenueCard>(city.Venues, null))
            .On($"POST /probes/{probe.ProbeId}/assigned", new CommandAnswer(2, new(1, 2)));
        var page = Render<ProbesPage>();
        var row = page.WaitForElement(".unwatched .row", TimeSpan.FromSeconds(10));
        Assert.Single(page.FindAll(".unwatched .row"));
        Assert.Contains(venue.Details.NameRu, row.TextContent, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.Find(".unwatched button").Click());
        page.WaitForAssertion(() => Assert.Contains(Api.Asked, asked =>
            asked.Door == $"POST /probes/{probe.ProbeId}/assigned" && asked.Body.Contains(venue.VenueId.ToString(), StringComparison.Ordinal)));
    }
}
