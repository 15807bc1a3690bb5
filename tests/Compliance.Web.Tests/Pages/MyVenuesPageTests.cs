using System.Net;
using Bunit;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Compliance.Web.Desks.Owner;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.Pages;

public sealed class MyVenuesPageTests : Desk
{
    static readonly City City = City.Of(DateTimeOffset.UtcNow);

    void Canned(params IEnumerable<VenueCard> venues) => Api.On("GET /venues", new Page<VenueCard>([.. venues], null));

    [Fact]
    public void An_owner_whose_devices_all_work_reads_so_in_one_sentence()
    {
        Canned(City.Venues[1]);
        var page = Render<MyVenuesPage>();
        page.WaitForAssertion(() => Assert.Equal("Everything works.", page.Find(".mood-sentence").TextContent));
    }

    [Fact]
    public void An_owner_with_two_outages_reads_that_two_things_need_him()
    {
        Canned(City.Venues[0]);
        var page = Render<MyVenuesPage>();
        page.WaitForAssertion(() => Assert.Equal("2 things need you.", page.Find(".mood-sentence").TextContent));
        Assert.Contains("Unreachable", page.Find(".venue-row").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_knows_is_not_held_to_be_working()
    {
        Canned(City.Venues[3]);
        var page = Render<MyVenuesPage>();
        page.WaitForAssertion(() => Assert.Contains("unclear", page.Find(".mood").ClassList));
    }

    [Fact]
    public void An_api_that_is_away_is_a_sentence_and_not_an_exception()
    {
        Api.Unreachable("GET /venues");
        var page = Render<MyVenuesPage>();
        page.WaitForAssertion(() => Assert.Contains("cannot be reached", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void A_session_that_ended_offers_to_sign_in_again()
    {
        Api.On("GET /venues", new { code = "http.401" }, HttpStatusCode.Unauthorized);
        var page = Render<MyVenuesPage>();
        page.WaitForAssertion(() => Assert.StartsWith("/sign-in?back=", page.Find("[role=alert] a").GetAttribute("href"), StringComparison.Ordinal));
    }
}
