using Bunit;
using Compliance.Domain.Models;
using Compliance.Web.Desks.Authority;
using Compliance.Web.Parts.Models;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Compliance.Web.Tests.Pages;

public sealed class ModelPagesTests() : Desk(Roles.Authority)
{
    readonly City city = City.Of(DateTimeOffset.UtcNow);

    IRenderedComponent<ModelsPage> Shown()
    {
        Api.On("GET /models", Modelling.Of(city));
        var page = Render<ModelsPage>();
        page.WaitForElement("li[data-model]");
        return page;
    }

    [Fact]
    public void Each_version_says_what_it_is_worth_and_where_it_runs()
    {
        var page = Shown();
        var versions = page.FindAll("li[data-model]");
        Assert.Equal(5, versions.Count);
        Assert.Contains("25 % of the boxes", versions[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("finds 81.0 % of fights and takes 11.2 %", versions[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("14 alerts, 5 confirmed, 5 rejected", versions[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("fights found 4\u00a0/\u00a05 · 37–97\u00a0%; false alarms on others 0\u00a0/\u00a02 · 0–66\u00a0%", versions[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Not measured by known clips", versions[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("Runs on boxes: 1, cameras: 3; is to run on boxes: 2", versions[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Came with the program", versions[3].TextContent, StringComparison.Ordinal);
        Assert.Contains("finds 78.4 % of fights and takes 14.8 %", versions[3].TextContent, StringComparison.Ordinal);
        Assert.Contains("is to change to another version", versions[3].QuerySelector("[data-box]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Nobody registered this version", versions[4].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_steps_that_may_be_taken_have_a_button()
    {
        var page = Shown();
        string[] Buttons(int at) => [.. page.FindAll("li[data-model]")[at].QuerySelectorAll("button.quiet-button").Select(button => button.ClassList[1])];
        Assert.Equal(["roll-out", "roll-back", "withdraw"], Buttons(0));
        Assert.Equal(["approve", "withdraw"], Buttons(1));
        Assert.Empty(Buttons(2));
        Assert.Empty(Buttons(3));
    }

    [Fact]
    public void A_step_needs_grounds_and_goes_with_them()
    {
        var dialogs = Render<MudDialogProvider>();
        var page = Shown();
        page.Find("button.roll-back").Click();
        dialogs.WaitForElement("#reason").Input("Too many false alarms");
        dialogs.FindAll(".mud-dialog-actions button")[^1].Click();
        Assert.Contains("\"grounds\":\"Too many false alarms\"", Sent(dialogs, $"POST /models/{ModelVersion.IdOf(new('a', 64))}/rolled-back"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_share_is_proposed_and_sent()
    {
        var dialogs = await Opened<RollOutDialog>(new() { ["Row"] = Modelling.Of(city)[0].Row });
        Assert.Equal("50", dialogs.Find("#model-share").GetAttribute("value"));
        Assert.True(dialogs.Find("button.share-save").HasAttribute("disabled"));
        dialogs.Find("#model-share").Input("40");
        dialogs.Find("#model-grounds").Input("Better");
        dialogs.Find("button.share-save").Click();
        Assert.Contains("\"share\":40", Sent(dialogs, "POST", "/rolled-out"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_is_registered_with_its_file_and_its_card()
    {
        var dialogs = await Opened<RegisterModelDialog>();
        foreach (var (field, text) in new[] { ("name", "fights-2"), ("licence", "Apache-2.0"), ("found", "81"), ("false", "11.2"), ("clips", "254"), ("sources", "61") }) dialogs.Find($"#model-{field}").Input(text);
        Assert.True(IsShut());
        dialogs.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("{}", "fights.json"));
        dialogs.WaitForState(() => !IsShut());
        dialogs.Find("button.model-save").Click();
        var body = Sent(dialogs, "POST /models");
        Assert.Contains("\"file\":\"e30=\"", body, StringComparison.Ordinal);
        Assert.Contains("\"sha256\":\"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\"", body, StringComparison.Ordinal);
        Assert.Contains("\"figures\":{\"found\":0.81,\"falseAlarms\":0.112", body, StringComparison.Ordinal);

        bool IsShut() => dialogs.Find("button.model-save").HasAttribute("disabled");
    }
}
