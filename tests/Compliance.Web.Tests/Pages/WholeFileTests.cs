using Bunit;
using Compliance.Domain.Exports;
using Compliance.Domain.Kernel;
using Compliance.Domain.Subjects;
using Compliance.Web.Parts.Venues;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.Pages;

public sealed class WholeFileTests : Desk
{
    static readonly Guid Venue = Guid.NewGuid(), Inspector = Guid.NewGuid(), Export = Guid.NewGuid();

    IRenderedComponent<WholeFileCard> Card(bool mayTake, params VenueFileProgress[] running)
    {
        Api.On($"GET /venues/{Venue}/exports", new Page<VenueFileRow>(
        [
            new(Guid.NewGuid(), Venue, $"user:{Inspector}", FileReader.Inspector, DateTimeOffset.UtcNow, 1_284, 3_400_000, new('a', 64)),
            new(Guid.NewGuid(), Venue, $"user:{Guid.NewGuid()}", FileReader.Oversight, DateTimeOffset.UtcNow, null, null, null),
        ], null));
        Api.On($"GET /subjects/{Inspector}", new Subject(Inspector, "Марат", null));
        Api.On($"GET /venues/{Venue}/exports/running", running);
        Api.On($"POST /venues/{Venue}/exports/{Export}/stopped", new { });
        return Render<WholeFileCard>(p => p.Add(c => c.Venue, Venue).Add(c => c.CanTake, mayTake));
    }

    [Fact]
    public void The_venue_reads_who_took_its_file_and_whether_all_of_it_left()
    {
        var rows = Card(mayTake: false).FindAll(".row");
        Assert.Contains("inspector: Марат", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("1,284 facts, 3.2 MiB", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("not downloaded to the end", rows[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_may_not_take_it_sees_no_link()
    {
        Assert.Empty(Card(mayTake: false).FindAll("a.take"));
        Assert.Equal($"/venues/{Venue}/file.zip?language=en", Card(mayTake: true).Find("a.take").GetAttribute("href"));
    }

    [Fact]
    public void One_that_is_on_its_way_tells_how_far_it_is_and_can_be_stopped()
    {
        var card = Card(mayTake: true, new VenueFileProgress(Export, 900, 12, 12, 3, 8));
        card.WaitForAssertion(() => Assert.Contains("900 facts; pictures and documents: 3 of 8", card.Find("[role=status]").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(30));
        card.Find("button.stop").Click();
        card.WaitForAssertion(() => Assert.Contains(Api.Asked, a => a.Door == $"POST /venues/{Venue}/exports/{Export}/stopped"), TimeSpan.FromSeconds(30));
    }
}
