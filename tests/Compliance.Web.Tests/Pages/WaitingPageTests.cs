using Bunit;
using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Web.Desks;
using Compliance.Web.Shell;

namespace Compliance.Web.Tests.Pages;

/// <summary>What waits for an officer, and what of it is late.</summary>
public sealed class WaitingPageTests() : DutyDesk(Roles.Inspector)
{
    IRenderedComponent<WaitingPage> List(params WaitingDuty[] rows) => List(rows, null);

    IRenderedComponent<WaitingPage> List(WaitingDuty[] rows, int? missing, string? next = null)
    {
        Answering("GET /waiting", new Page<WaitingDuty>(rows, next)).On("GET /waiting/figures", new WaitingFigures(rows.Count(row => row.Waits.Any(wait => wait.Due <= DateTimeOffset.UtcNow)), missing))
            .On("GET /waiting/cases", new Page<CaseRow>([], null));
        var page = Render<WaitingPage>();
        page.WaitForElement("h1", Patience);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".mood-sentence, .plain")), Patience);
        return page;
    }

    WaitingDuty Waits(double hours, WaitStage? stage = null) => new(Owed(TimeSpan.FromHours(6)), [new(DutyWait.Repair, DateTimeOffset.UtcNow.AddDays(-3), DateTimeOffset.UtcNow.AddHours(hours)) { Stage = stage }]);

    WaitingDuty Another(int hours) => Waits(hours) is var one ? one with { Shown = one.Shown with { Duty = one.Shown.Duty with { DutyId = Guid.NewGuid() } } } : null!;

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
    public void A_year_without_an_index_leads_to_the_page_where_it_is_entered()
    {
        var note = List([], 2027).Find(".mci-missing");
        Assert.Equal("/mci", note.GetAttribute("href"));
        Assert.Contains("2027", note.TextContent, StringComparison.Ordinal);
        Assert.Empty(List(Waits(30)).FindAll(".mci-missing"));
    }

    [Fact]
    public void What_is_behind_the_first_stretch_is_asked_for()
    {
        var page = List([.. Enumerable.Range(1, 50).Select(n => Another(n))], null, next: "behind");
        Answering("GET /waiting", new Page<WaitingDuty>([Another(51)], null));
        page.WaitForElement(".more-duties", Patience).Click();
        page.WaitForAssertion(() => Assert.Equal(51, page.FindAll(".waits .row").Count), Patience);
        Assert.Empty(page.FindAll(".more-duties"));
    }

    [Fact]
    public void While_all_is_in_time_it_says_so() => Assert.Equal("Everything is still in time.", List(Waits(30)).Find(".mood-sentence").TextContent);
}
