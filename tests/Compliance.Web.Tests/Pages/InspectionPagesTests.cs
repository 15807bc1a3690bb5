using Bunit;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Web.Desks;
using Compliance.Web.Desks.Inspector;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.Pages;

/// <summary>The queue of visits and the walk of an inspector.</summary>
public sealed class InspectionPagesTests() : Desk(Roles.Inspector)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    static readonly string Items = $"POST /inspections/{Walks.Id}/items";

    readonly City city = City.Of(DateTimeOffset.UtcNow);

    IRenderedComponent<InspectionPage> Open(InspectionSheet sheet)
    {
        Api.On($"GET /inspections/{Walks.Id}", sheet).On($"GET /venues/{city.Venues[0].VenueId}", city.Venues[0])
            .OnAll($"POST /inspections/{Walks.Id}/", new CommandAnswer(2, new(1, 2)));
        var page = Render<InspectionPage>(p => p.Add(x => x.Id, Walks.Id));
        page.WaitForElement("#item-KZ\\.CAM\\.006", Patience);
        return page;
    }

    string Sent() => Api.Asked.Last(asked => asked.Door == Items).Body;

    [Fact]
    public void The_queue_tells_what_runs_where()
    {
        Api.On("GET /inspections", new Page<InspectionRow>([Walks.Row(city)], null)).On($"GET /venues/{city.Venues[0].VenueId}", city.Venues[0]);
        var row = Render<InspectionsPage>().WaitForElement(".inspections .row", Patience);
        Assert.Equal($"/inspections/{Walks.Id}", row.GetAttribute("href"));
        Assert.Contains(city.Venues[0].Details.NameRu, row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visit_that_names_nobody_can_be_taken()
    {
        var sheet = Walks.Running(city) with { Stage = InspectionStage.Planned, StartedAt = null, List = null, Walkers = [] };
        Api.On($"GET /inspections/{Walks.Id}", sheet).On($"GET /venues/{city.Venues[0].VenueId}", city.Venues[0]).OnAll($"POST /inspections/{Walks.Id}/", new CommandAnswer(2, new(1, 2)));
        var page = Render<InspectionPage>(p => p.Add(x => x.Id, Walks.Id));
        page.WaitForElement(".take", Patience);
        await page.InvokeAsync(() => page.Find(".take").Click());
        Assert.Contains(Api.Asked, asked => asked.Door == $"POST /inspections/{Walks.Id}/taken");
    }

    [Fact]
    public void What_is_measured_is_marked_with_the_facts_it_rests_on_and_is_not_asked()
    {
        var item = Open(Walks.Running(city)).Find("#item-KZ\\.CAM\\.006");
        Assert.Contains("measured", item.QuerySelector(".mark")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("0000000000f1", item.QuerySelector(".fact-ids")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(item.QuerySelectorAll(".question, input[type=file], textarea"));
    }

    [Fact]
    public void Only_law_that_was_read_is_called_a_violation()
    {
        var page = Open(Walks.Running(city));
        Assert.Contains("violation", page.Find("#item-KZ\\.CAM\\.006 header").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("violation", page.Find("#item-KZ\\.CAM\\.017 header").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tap_records_a_verdict()
    {
        var page = Open(Walks.Running(city));
        await page.InvokeAsync(() => page.Find("#item-KZ\\.CAM\\.001 .verdict.NotChecked").Click());
        page.WaitForAssertion(() => Assert.Contains("\"verdict\":\"NotChecked\"", Sent(), StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task What_fails_is_described_before_it_is_recorded_and_asks_for_a_photo()
    {
        var page = Open(Walks.Running(city));
        await page.InvokeAsync(() => page.Find("#item-KZ\\.CAM\\.001 .verdict.NotMet").Click());
        Assert.DoesNotContain(Api.Asked, asked => asked.Door == Items);
        var photo = page.Find("#item-KZ\\.CAM\\.001 input[type=file]");
        Assert.Equal(("environment", "KZ.CAM.001", $"/inspections/{Walks.Id}/photos"), (photo.GetAttribute("capture"), photo.GetAttribute("data-rule"), photo.GetAttribute("data-photos")));
        await page.InvokeAsync(() => page.Find("#item-KZ\\.CAM\\.001 textarea").Change("No camera at the back door."));
        await page.InvokeAsync(() => page.Find("#item-KZ\\.CAM\\.001 .record").Click());
        page.WaitForAssertion(() => Assert.Contains("No camera at the back door.", Sent(), StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task A_value_is_recorded_beside_what_was_said_before()
    {
        var page = Open(Walks.Running(city));
        await page.InvokeAsync(() => page.Find("#item-KZ\\.CAM\\.017 input[type=text]").Change("2"));
        await page.InvokeAsync(() => page.Find("#item-KZ\\.CAM\\.017 .record").Click());
        page.WaitForAssertion(() =>
        {
            Assert.Contains("recorderUsers", Sent(), StringComparison.Ordinal);
            Assert.Contains("recorderLocked", Sent(), StringComparison.Ordinal);
            Assert.Contains("The recorder stands open.", Sent(), StringComparison.Ordinal);
        }, Patience);
    }

    [Fact]
    public async Task Things_are_counted_on_the_spot()
    {
        var page = Open(Walks.Running(city));
        await page.InvokeAsync(() => page.Find("#item-KZ\\.CAM\\.001 .add input").Input("Main door"));
        await page.InvokeAsync(() => page.Find("#item-KZ\\.CAM\\.001 .add button").Click());
        await page.InvokeAsync(() => page.Find("#item-KZ\\.CAM\\.001 .all input").Change(true));
        await page.InvokeAsync(() => page.Find("#item-KZ\\.CAM\\.001 .record").Click());
        page.WaitForAssertion(() => Assert.Contains("\"label\":\"Main door\"}],\"all\":true", Sent(), StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task The_act_waits_for_both_sides()
    {
        var page = Open(Walks.Whole(city));
        Assert.True(page.Find(".issue").HasAttribute("disabled"));
        await page.InvokeAsync(() => page.Find(".refuse").Click());
        page.WaitForAssertion(() => Assert.Contains(Api.Asked, asked => asked.Door == $"POST /inspections/{Walks.Id}/signature-refused"), Patience);
        Assert.False(Open(Walks.Whole(city) with { Unsigned = WhyUnsigned.Disagrees }).Find(".issue").HasAttribute("disabled"));
    }

    [Fact]
    public void The_act_is_handed_out_in_three_languages_in_both_state_languages_and_for_the_screen_and_its_readers()
    {
        var page = Open(Walks.Over(city));
        Assert.Equal(["language=kk", "language=ru", "language=en", "language=kk-ru", "language=en&as=html", "language=en&as=pdf-ua"],
            page.FindAll(".downloads a").Select(link => link.GetAttribute("href")!.Split('?')[1]));
        Assert.Empty(page.FindAll(".verdicts"));
    }
}

/// <summary>The owner's own check: the same component, without an officer's words and without an act.</summary>
public sealed class SelfCheckPageTests() : Desk(Roles.Owner)
{
    readonly City city = City.Of(DateTimeOffset.UtcNow);

    [Fact]
    public void The_owner_walks_the_same_list()
    {
        Api.On($"GET /inspections/{Walks.Id}", Walks.Running(city, InspectionKind.SelfCheck)).On($"GET /venues/{city.Venues[0].VenueId}", city.Venues[0]);
        var page = Render<InspectionPage>(p => p.Add(x => x.Id, Walks.Id));
        page.WaitForElement("#item-KZ\\.CAM\\.017 .verdicts", TimeSpan.FromSeconds(10));
        Assert.Empty(page.FindAll("textarea"));
        Assert.NotEmpty(page.FindAll("#item-KZ\\.CAM\\.017 input[type=file]"));
        Assert.True(page.Find(".complete").HasAttribute("disabled"));
        Assert.Empty(page.FindAll(".issue"));
    }
}
