using Bunit;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;
using Compliance.Web.Desks.Inspector;
using Compliance.Web.Parts.Outages;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;
using MudBlazor;

namespace Compliance.Web.Tests.Pages;

/// <summary>What fails together is shown as one; who names a cause is offered the hint, and asked how the outage was confirmed.</summary>
public sealed class OutageGroupPagesTests() : Desk(Roles.Authority)
{
    readonly City city = City.Of(DateTimeOffset.UtcNow);

    [Fact]
    public void Outages_of_one_recorder_stand_under_one_head_with_its_evidence()
    {
        Api.On("GET /outages", new Page<OutageRow>([.. city.Outages.Where(o => o.EndedAt is null)], null)).On("GET /outage-groups", new Page<OutageGroupRow>(city.OutageGroups, null));
        foreach (var venue in city.Venues) Api.On($"GET /venues/{venue.VenueId}", venue);
        foreach (var device in city.Devices) Api.On($"GET /devices/{device.DeviceId}", device);
        var page = Render<OutagesPage>();
        page.WaitForElement("[data-group]", TimeSpan.FromSeconds(10));
        var head = page.Find("[data-group]").TextContent;
        Assert.Contains("Recorder: 2 devices", head, StringComparison.Ordinal);
        Assert.Contains("2 of 2 cameras behind one recorder fell silent within 2 s", head, StringComparison.Ordinal);
        Assert.Contains("A hint, not a decision", head, StringComparison.Ordinal);
        Assert.Equal(2, page.FindAll(".outages .in-group").Count);
        Assert.Contains("for another reason: The camera did not answer.", Assert.Single(page.FindAll(".outages .reason")).TextContent, StringComparison.Ordinal);
        Assert.Contains("Seen from one place only", page.FindAll(".outages .in-group")[1].TextContent, StringComparison.Ordinal);
    }

    async Task<IRenderedComponent<MudDialogProvider>> Dialog(OutageRow row, OutageGroupRow? group)
    {
        Api.On($"POST /outages/{row.OutageId}/causes", new CommandAnswer(2, new(3, 3)));
        var dialogs = Render<MudDialogProvider>();
        Render<MudPopoverProvider>();
        var service = Services.GetService<IDialogService>()!;
        await dialogs.InvokeAsync(() => service.ShowAsync<CauseDialog>(null, new DialogParameters { ["Row"] = row, ["Now"] = city.Now, ["Group"] = group }));
        return dialogs;
    }

    OutageCommand.AttributeCause Sent(IRenderedComponent<MudDialogProvider> dialogs)
    {
        dialogs.Find(".mud-dialog-actions button:last-child").Click();
        dialogs.WaitForState(() => Api.Asked.Any(a => a.Door.EndsWith("/causes", StringComparison.Ordinal)));
        return System.Text.Json.JsonSerializer.Deserialize<OutageCommand.AttributeCause>(Api.Asked.Single(a => a.Door.EndsWith("/causes", StringComparison.Ordinal)).Body, EventCatalog.Json)!;
    }

    [Fact]
    public async Task The_hint_is_offered_with_its_evidence()
    {
        var dialogs = await Dialog(city.Outages.First(o => o.OutageId == city.OutageGroups[0].Members[0].OutageId), city.OutageGroups[0] with { Cause = CommonCause.VenueUplink });
        var sent = Sent(dialogs);
        Assert.Equal((Cause.Provider, null), (sent.Cause, sent.Confirmed));
        Assert.Contains("2 of 2 cameras", sent.Grounds, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owner_is_named_only_with_how_a_person_confirmed_it()
    {
        var dialogs = await Dialog(city.Outages.First(o => o.OutageId == city.OutageGroups[0].Members[1].OutageId), null);
        dialogs.Find("#cause-grounds").Input("protocol 4");
        Assert.Empty(dialogs.FindAll("#cause-confirmed"));
        dialogs.Find("#cause").Change(nameof(Cause.Owner));
        Assert.True(dialogs.Find(".mud-dialog-actions button:last-child").HasAttribute("disabled"));
        dialogs.Find("#cause-confirmed").Change(nameof(PersonConfirmation.OnTheSpot));
        Assert.Equal(PersonConfirmation.OnTheSpot, Sent(dialogs).Confirmed);
    }

    [Fact]
    public async Task What_a_second_place_confirmed_asks_for_no_person()
    {
        var dialogs = await Dialog(city.Outages.First(o => o.OutageId == city.OutageGroups[0].Members[0].OutageId), null);
        dialogs.Find("#cause").Change(nameof(Cause.Owner));
        Assert.Empty(dialogs.FindAll("#cause-confirmed"));
        Assert.Contains("Confirmed from a second place", dialogs.Markup, StringComparison.Ordinal);
    }
}
