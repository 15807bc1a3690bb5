using System.Net;
using Bunit;
using Compliance.Domain.Rulebooks;
using Compliance.Web.Desks.Authority;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;
using Microsoft.AspNetCore.Components.Forms;

namespace Compliance.Web.Tests.Pages;

/// <summary>The authority reads what a draft changes and whom it would hit before it is published.</summary>
public sealed class RulebookPageTests : Desk
{
    const string Id = "kz-nightclub-2025-2026", Door = $"/rulebooks/{Id}";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly City city = City.Of(DateTimeOffset.UtcNow);

    public RulebookPageTests() : base(Roles.Authority) => Api
        .On("GET /rulebooks", RulebookShelf.Ids.Select(id => RulebookCard.Of(RulebookShelf.All[id], RulebookShelf.Hash(id))).ToList())
        .On($"GET {Door}/versions", Law.Versions).On($"GET {Door}/diff", Law.Diff).On($"GET {Door}", System.Text.Json.Nodes.JsonNode.Parse(RulebookShelf.Text(Id))!).On($"GET {Door}/what-if", Law.Trial(city));

    IRenderedComponent<RulebookPage> Page()
    {
        var page = Render<RulebookPage>(p => p.Add(r => r.Id, Id));
        page.WaitForElement(".change", Patience);
        return page;
    }

    [Fact]
    public void A_draft_is_told_rule_by_rule_with_parameters_from_and_to()
    {
        var page = Page();
        Assert.Contains("new rule", page.Find(".change[data-rule='KZ.CAM.099']").TextContent, StringComparison.Ordinal);
        var changed = page.Find(".change[data-rule='KZ.CAM.002']").TextContent;
        Assert.Contains("Parameter «min»: 250 → 350", changed, StringComparison.Ordinal);
        Assert.Contains("Text of the requirement «en»", changed, StringComparison.Ordinal);
    }

    [Fact]
    public void The_trial_counts_who_would_newly_fail() =>
        Assert.Contains("newly fail: 2", Page().Find(".shifts [data-rule='KZ.CAM.002']").TextContent, StringComparison.Ordinal);

    [Fact]
    public void The_rules_in_force_can_be_read_one_by_one()
    {
        var page = Page();
        Assert.Equal(RulebookShelf.All[Id].Rules.Count, page.WaitForElements(".rules [data-rule]", Patience).Count);
        var faces = page.Find(".rules [data-rule='KZ.CAM.002']").TextContent;
        Assert.Contains("Recommended", faces, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith(Door, page.Find("a[href*='/rulebooks/kz-']").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_a_fault_shows_its_reasons()
    {
        Api.On($"PUT {Door}/draft", new { code = "rulebook.faulty", errors = new { text = new[] { "kz.json, KZ.CAM.001: There is no parameter 'x'." } } }, HttpStatusCode.BadRequest);
        var page = Page();
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("{}", "kz.json"));
        page.WaitForElement(".faults", Patience);
        Assert.Contains("KZ.CAM.001: There is no parameter 'x'.", page.Find(".faults").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_is_shown_beside_its_peers()
    {
        Api.On("GET /compliance/statistics", Law.Fleet(city));
        var page = Render<StatisticsPage>();
        page.WaitForElement(".tally .row", Patience);
        var district = city.Venues[0].Details.District;
        page.Find("#district").Change(district);
        var open = city.Venues.Count(v => v.Details.District == district && v.ClosedBecause is null);
        page.WaitForAssertion(() => Assert.Equal(open, int.Parse(page.Find(".filters > .dim").TextContent.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)), Patience);
        Assert.Contains(page.FindAll(".tally .row"), row => row.TextContent.Contains("KZ.", StringComparison.Ordinal));
    }

    [Fact]
    public void What_most_venues_fail_stands_first_and_of_how_many_anybody_knows()
    {
        var (many, one) = ("KZ.CAM.002", "KZ.EXIT.006");
        RuleHead Head(string id) => new(id, "camera", new(id, id, id), false);
        RuleTally Tally(string id, int pass, int fail, int unknown) => RuleTally.None(id) with { Pass = pass, Fail = fail, Unknown = unknown };
        Api.On("GET /compliance/statistics", new FleetCompliance("kz", "1", [Head(one), Head(many)], [new("Алмалы", 0, 12, [Tally(one, 0, 1, 11), Tally(many, 6, 4, 2)])]));
        var page = Render<StatisticsPage>();
        page.WaitForElement(".tally .row", Patience);
        Assert.Equal([many, one], page.FindAll(".tally .row").Select(row => row.GetAttribute("data-rule")));
        Assert.Equal(["known of 10 of 12", "known of 1 of 12"], page.FindAll(".tally .times > .dim").Select(said => said.TextContent));
    }

    [Fact]
    public void A_missing_index_is_told_and_entered_with_its_source()
    {
        Api.On("GET /mci", new MciShown([.. new MciLine([]).All().Reverse()], 2027)).On("POST /mci", new Compliance.Domain.Kernel.CommandAnswer(0, new(1, 1)));
        var page = Render<MciPage>();
        Assert.Contains("2027", page.WaitForElement(".missing", Patience).TextContent, StringComparison.Ordinal);
        Assert.Equal(["2026-01-01", "2025-01-01"], page.FindAll(".indices .row").Select(row => row.GetAttribute("data-from")));
        var dialogs = Render<MudBlazor.MudDialogProvider>();
        page.Find(".enter").Click();
        dialogs.WaitForElement("#mci-tenge", Patience).Input("4700");
        dialogs.Find("#mci-source").Input("Law on the budget");
        dialogs.FindAll("button")[^1].Click();
        page.WaitForAssertion(() => Assert.Contains("\"from\":\"2027-01-01\",\"tenge\":4700", Assert.Single(Api.Asked, a => a.Door == "POST /mci").Body, StringComparison.Ordinal), Patience);
    }
}
