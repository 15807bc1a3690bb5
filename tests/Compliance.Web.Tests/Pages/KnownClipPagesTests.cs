using Bunit;
using Compliance.Domain.Kernel;
using Compliance.Domain.KnownClips;
using Compliance.Domain.Probes;
using Compliance.Web.Desks.Authority;
using Compliance.Web.Parts.KnownClips;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Compliance.Web.Tests.Pages;

public sealed class KnownClipPagesTests() : Desk(Roles.Authority)
{
    readonly City city = City.Of(DateTimeOffset.UtcNow);

    IRenderedComponent<KnownClipsPage> Shown()
    {
        Api.On("GET /known-clips", new Page<KnownClipRow>(Modelling.Clips(city), null)).On("GET /known-clips/recall", Modelling.Recall(city));
        foreach (var venue in city.Venues) Api.On($"GET /venues/{venue.VenueId}", venue);
        var page = Render<KnownClipsPage>();
        page.WaitForElement("li[data-clip]");
        page.WaitForElement(".recall tbody tr");
        return page;
    }

    [Fact]
    public void What_was_found_stands_with_how_sure_that_is_and_who_measured_nothing_is_said()
    {
        var page = Shown();
        var months = page.FindAll(".recall tbody tr");
        Assert.Contains("4\u00a0/\u00a05 · 37–97\u00a0%", months[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("0\u00a0/\u00a02 · 0–66\u00a0%", months[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("6.1 s", months[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("no detector ran 2", months[1].TextContent, StringComparison.Ordinal);
        var boxes = page.FindAll(".measured li");
        Assert.Contains("not measured", boxes[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("last showing", boxes[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clip_says_what_it_shows_why_it_may_be_used_and_who_deleted_it()
    {
        var clips = Shown().FindAll("li[data-clip]");
        Assert.Contains("A fight", clips[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Staged", clips[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Every box", clips[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("No fight", clips[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("Assigned to no box", clips[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("The file is deleted", clips[2].TextContent, StringComparison.Ordinal);
        Assert.Empty(clips[2].QuerySelectorAll("button"));
    }

    [Fact]
    public void Deleting_needs_grounds()
    {
        var dialogs = Render<MudDialogProvider>();
        Shown().Find("button.delete").Click();
        dialogs.WaitForElement("#reason").Input("Consent taken back");
        dialogs.FindAll(".mud-dialog-actions button")[^1].Click();
        Assert.Contains("\"grounds\":\"Consent taken back\"", Sent(dialogs, "POST", "/deleted"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clip_is_added_with_its_file_and_what_it_shows()
    {
        var dialogs = await Opened<AddClipDialog>();
        dialogs.Find("#clip-paper").Input("Order 7");
        dialogs.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("clip", "a.mp4"));
        Assert.True(IsShut()); // nobody said what it shows
        dialogs.Find("input[value=no]").Change("no");
        dialogs.WaitForState(() => !IsShut());
        dialogs.Find("button.clip-save").Click();
        var body = Sent(dialogs, "PUT /known-clips/");
        Assert.Contains("\"shows\":false", body, StringComparison.Ordinal);
        Assert.Contains("\"file\":\"Y2xpcA==\"", body, StringComparison.Ordinal);

        bool IsShut() => dialogs.Find("button.clip-save").HasAttribute("disabled");
    }

    [Fact]
    public async Task It_is_assigned_to_every_box_or_to_some()
    {
        Api.On("GET /probes", new Page<ProbeCard>([new(Modelling.Box(1), "box 1", [], false, false, null), new(Modelling.Box(2), "box 2", [], false, false, null)], null));
        var dialogs = await Opened<AssignClipDialog>(new() { ["Row"] = Modelling.Clips(city)[0] });
        dialogs.Find("input[type=checkbox]").Change(false); // not every box
        dialogs.WaitForState(() => dialogs.FindAll("input[type=checkbox]").Count == 3);
        dialogs.FindAll("input[type=checkbox]")[2].Change(true);
        dialogs.Find("button.assign-save").Click();
        Assert.Contains($"\"boxes\":[\"{Modelling.Box(2)}\"]", Sent(dialogs, "POST", "/assigned"), StringComparison.Ordinal);
    }
}
