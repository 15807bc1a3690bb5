using Bunit;
using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Web.Desks;
using Compliance.Web.Shell;

namespace Compliance.Web.Tests.Pages;

/// <summary>What waits for an officer, and what of it is late.</summary>
public sealed class WaitingPageTests() : DutyDesk(Roles.Inspector)
{
    IRenderedComponent<WaitingPage> List(params WaitingDuty[] rows)
    {
        Answering("GET /waiting", new Waiting(rows, []));
        var page = Render<WaitingPage>();
        page.WaitForElement("h1", Patience);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".mood-sentence, .plain")), Patience);
        return page;
    }

    WaitingDuty Waits(double hours, WaitStage? stage = null) => new(Owed(TimeSpan.FromHours(6)), [new(DutyWait.Repair, DateTimeOffset.UtcNow.AddDays(-3), DateTimeOffset.UtcNow.AddHours(hours)) { Stage = stage }]);

    [Fact]
    public void What_is_late_is_counted_and_says_that_the_authority_knows()
    {
        var page = List(Waits(-30, WaitStage.Term), Waits(30));
        Assert.Equal("To be decided without delay: 1", page.Find(".mood-sentence").TextContent);
        Assert.Equal(2, page.FindAll(".waits .row").Count);
        Assert.Contains("put before the authority", page.FindAll(".waits .row")[0].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("put before the authority", page.FindAll(".waits .row")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void While_all_is_in_time_it_says_so() => Assert.Equal("Everything is still in time.", List(Waits(30)).Find(".mood-sentence").TextContent);
}
