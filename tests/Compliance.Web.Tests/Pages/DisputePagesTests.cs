using Bunit;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Outages;
using Compliance.Web.Desks;
using Compliance.Web.Desks.Authority;
using Compliance.Web.Parts.Maintenance;
using Compliance.Web.Parts.Outages;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;
using MudBlazor;

namespace Compliance.Web.Tests.Pages;

/// <summary>An owner contests minutes and asks for maintenance.</summary>
public sealed class OwnerDisputeTests : Desk
{
    readonly City city = City.Of(DateTimeOffset.UtcNow);

    IRenderedComponent<VenuePage> Page(out OutageRow contested)
    {
        var card = city.Venues[0];
        Api.On($"GET /venues/{card.VenueId}", card)
            .On($"GET /venues/{card.VenueId}/devices", city.Devices.Where(d => d.VenueId == card.VenueId).ToList())
            .On($"GET /venues/{card.VenueId}/availability", city.AvailabilityOf(card.VenueId))
            .On("GET /maintenance", new Page<MaintenanceRow>([.. city.Maintenance.Where(m => m.VenueId == card.VenueId)], null))
            .On($"GET /venues/{card.VenueId}/outages", new Page<OutageRow>([.. city.Outages.Where(o => o.VenueId == card.VenueId)], null));
        contested = city.Outages.First(o => o.Contests.Count > 0);
        Render<MudPopoverProvider>();
        var page = Render<VenuePage>(p => p.Add(v => v.Id, card.VenueId));
        page.WaitForElement(".outages .row", TimeSpan.FromSeconds(10));
        return page;
    }

    [Fact]
    public void An_outage_names_whose_hands_it_lay_in_and_what_is_contested()
    {
        var page = Page(out var contested);
        var row = page.Find($"[data-outage='{contested.OutageId}']").TextContent;
        Assert.Contains("Power supply", row, StringComparison.Ordinal);
        Assert.Contains("Contested: Provider", row, StringComparison.Ordinal);
        Assert.Contains("Contest accepted: Power supply", row, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_every_minute_is_contested_there_is_nothing_left_to_contest()
    {
        var row = city.Outages.First(o => o.Contests.Count == 0 && o.EndedAt is not null);
        ContestLine Line(DateTimeOffset from, DateTimeOffset until, bool? accepted) => new(Guid.NewGuid(), from, until, Cause.Provider, new("letter"), until, accepted, null);
        var (begin, end) = (row.StartedAt, row.EndedAt!.Value);
        var middle = begin + (end - begin) / 2;
        Assert.True(row.HasMinutesToContest(city.Now));
        Assert.False((row with { Contests = [Line(begin, end, true)] }).HasMinutesToContest(city.Now));
        Assert.False((row with { Contests = [Line(middle, end, null), Line(begin, middle, false)] }).HasMinutesToContest(city.Now));
        Assert.Equal(end - middle >= TimeSpan.FromMinutes(1), (row with { Contests = [Line(begin, middle, false)] }).HasMinutesToContest(city.Now));
    }

    [Fact]
    public void The_ninety_days_hatch_what_is_contested_and_say_it_in_words()
    {
        var page = Page(out var contested);
        var tile = page.Find($"#device-{contested.DeviceId:N}");
        Assert.StartsWith("url(#hatch-", tile.QuerySelector(".timeline rect.contested")!.GetAttribute("fill"), StringComparison.Ordinal);
        Assert.NotNull(tile.QuerySelector(".timeline rect.others"));
        Assert.Contains("contested, at least", tile.QuerySelector(".timeline .told")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_score_says_its_formula_and_that_something_is_contested()
    {
        var note = Page(out _).Find(".hands-note").TextContent;
        Assert.Contains(AvailabilityFormula.Current, note, StringComparison.Ordinal);
        Assert.Contains("contested: at least", note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contest_is_sent_for_the_whole_outage_with_its_document()
    {
        var outage = city.Outages.First(o => o.EndedAt is not null && o.Contests.Count == 0);
        Api.On($"POST /outages/{outage.OutageId}/contests", new CommandAnswer(2, new(3, 3)));
        var dialogs = Render<MudDialogProvider>();
        Render<MudPopoverProvider>();
        var service = Services.GetService<IDialogService>()!;
        await dialogs.InvokeAsync(() => service.ShowAsync<ContestDialog>(null, new DialogParameters { ["Row"] = outage, ["Now"] = city.Now }));
        Assert.True(dialogs.Find(".mud-dialog-actions button:last-child").HasAttribute("disabled"));
        dialogs.Find("#contest-proof").Input("ISP 17/2026");
        dialogs.Find("#contest-cause").Change(nameof(Cause.Power));
        dialogs.Find(".mud-dialog-actions button:last-child").Click();
        dialogs.WaitForState(() => Api.Asked.Any(a => a.Door.EndsWith("/contests", StringComparison.Ordinal)));
        var body = System.Text.Json.JsonSerializer.Deserialize<OutageCommand.Contest>(Api.Asked.Single(a => a.Door.EndsWith("/contests", StringComparison.Ordinal)).Body, EventCatalog.Json)!;
        Assert.Equal((outage.StartedAt, outage.EndedAt, Cause.Power, "ISP 17/2026"), (body.From, body.Until, body.Cause, body.Proof.Reference));
    }

    [Fact]
    public async Task Maintenance_is_asked_for_named_devices()
    {
        var card = city.Venues[0];
        Api.On($"POST /venues/{card.VenueId}/maintenance", new CommandAnswer(0, new(3, 3)));
        var dialogs = Render<MudDialogProvider>();
        var service = Services.GetService<IDialogService>()!;
        var devices = city.Devices.Where(d => d.VenueId == card.VenueId).ToList();
        await dialogs.InvokeAsync(() => service.ShowAsync<MaintenanceDialog>(null, new DialogParameters { ["Venue"] = card.VenueId, ["Devices"] = devices }));
        dialogs.Find("#maintenance-document").Input("WO-1");
        Assert.True(dialogs.Find(".mud-dialog-actions button:last-child").HasAttribute("disabled"));
        dialogs.Find("input[type=checkbox]").Change(true);
        dialogs.Find(".mud-dialog-actions button:last-child").Click();
        dialogs.WaitForState(() => Api.Asked.Any(a => a.Door.EndsWith("/maintenance", StringComparison.Ordinal) && a.Body.Length > 0));
        Assert.Contains($"{devices[0].DeviceId}", Api.Asked[^1].Body, StringComparison.Ordinal);
    }
}

/// <summary>The authority decides, the oldest first.</summary>
public sealed class AuthorityDisputeTests() : Desk(Roles.Authority)
{
    readonly City city = City.Of(DateTimeOffset.UtcNow);

    [Fact]
    public void What_waits_can_be_decided_and_what_is_decided_says_how()
    {
        Api.On("GET /contests", new Page<ContestRow>(city.Contests, null)).On("GET /maintenance", new Page<MaintenanceRow>(city.Maintenance, null));
        foreach (var venue in city.Venues) Api.On($"GET /venues/{venue.VenueId}", venue);
        foreach (var device in city.Devices) Api.On($"GET /devices/{device.DeviceId}", device);
        var waiting = city.Maintenance.First(m => m.State == MaintenanceState.Waiting);
        Api.On($"POST /maintenance/{waiting.MaintenanceId}/approved", new CommandAnswer(1, new(3, 3)));

        var page = Render<ContestsPage>();
        page.WaitForElement(".contest-row", TimeSpan.FromSeconds(10));
        Assert.Equal([true, false], page.FindAll(".contest-row").Select(row => row.QuerySelector(".accept") is not null));
        Assert.Contains($"formula {AvailabilityFormula.Current}", page.FindAll(".contest-row")[1].TextContent, StringComparison.Ordinal);
        page.Find($"[data-window='{waiting.MaintenanceId}'] .approve").Click();
        page.WaitForState(() => Api.Asked.Any(a => a.Door.EndsWith("/approved", StringComparison.Ordinal)));
    }
}
