using Bunit;
using Compliance.Domain.Contacts;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Panels;
using Compliance.Web.Desks;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Compliance.Web.Tests.Pages;

/// <summary>The owner sees whether the alarm works and makes its monthly test; the exit says how its door stands.</summary>
public sealed class AlarmPagesTests : Desk
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    readonly City city = City.Of(DateTimeOffset.UtcNow);

    [Fact]
    public void Zones_tick_themselves_off_and_the_one_that_was_asked_for_stands_first()
    {
        var page = Alarm(card => Alarms.Shown(card.DeviceId, card.VenueId, city.Now));
        var zones = page.FindAll(".walk [data-zone]");
        Assert.Equal(["7", "1", "2", "3"], zones.Select(z => z.GetAttribute("data-zone")!));
        Assert.Equal(["true", "false", "false", "false"], zones.Select(z => z.GetAttribute("data-done")!));
        Assert.Contains("alarmed: now restore it", zones[2].TextContent, StringComparison.Ordinal);
        Assert.Contains("0.8 s", zones[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Zone bypassed", page.Find(".conditions [data-signal=Bypass]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".open-test"));
    }

    [Fact]
    public void A_fire_stands_above_all_else_with_what_to_do()
    {
        var page = Alarm(card => Alarms.Shown(card.DeviceId, card.VenueId, city.Now, burning: true));
        Assert.Contains("Zone 2", page.Find(".fire").TextContent, StringComparison.Ordinal);
        Assert.Contains("call 101", page.Find(".fire").TextContent, StringComparison.Ordinal);
        Assert.Contains("Did not come: Zone 3", page.Find(".panel-test").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_is_opened_with_one_press()
    {
        var page = Alarm(card => Alarms.Shown(card.DeviceId, card.VenueId, city.Now, burning: true));
        var device = Of<FireAlarmSpec>().DeviceId;
        Api.On($"POST /devices/{device}/panel/tests", new CommandAnswer(1, new(1, 1)));
        page.Find(".open-test").Click();
        page.WaitForState(() => Api.Asked.Any(a => a.Door == $"POST /devices/{device}/panel/tests"), Soon);
    }

    [Fact]
    public void One_that_is_not_connected_says_what_that_means_and_how_to_change_it()
    {
        var page = Alarm(_ => null);
        Assert.Contains("does not report by itself", page.Find(".panel-state").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll(".connect-panel"));
        Assert.Equal((Verdict.Ready, true), (Of<FireAlarmSpec>().Verdict, page.Find(".panel-state").ClassList.Contains("unclear")));
    }

    [Fact]
    public void A_locked_door_says_what_it_is_and_what_to_do()
    {
        var exit = Of<ExitSpec>();
        Api.On($"GET /devices/{exit.DeviceId}", exit).On($"GET /devices/{exit.DeviceId}/contact", Alarms.Contact(exit.DeviceId, exit.VenueId, city.Now))
            .On($"GET /venues/{exit.VenueId}", city.Venues[0]).On($"GET /venues/{exit.VenueId}/devices", Array.Empty<DeviceCard>());
        var page = Render<ExitPage>(p => p.Add(v => v.Id, exit.DeviceId));
        page.WaitForElement(".exit-state", Soon);
        Assert.Contains("Unlock it now", page.Find(".exit-state").TextContent, StringComparison.Ordinal);
        Assert.Contains("locked", page.Find(".facts").TextContent, StringComparison.Ordinal);
    }

    DeviceCard Of<TSpec>() => city.Devices.First(d => d.VenueId == city.Venues[0].VenueId && d.Spec is TSpec);

    IRenderedComponent<AlarmPage> Alarm(Func<DeviceCard, PanelShown?> panel)
    {
        var card = Of<FireAlarmSpec>();
        Api.On($"GET /devices/{card.DeviceId}", card).On($"GET /venues/{card.VenueId}", city.Venues[0]);
        if (panel(card) is { } shown) Api.On($"GET /devices/{card.DeviceId}/panel", shown);
        Render<MudPopoverProvider>();
        var page = Render<AlarmPage>(p => p.Add(v => v.Id, card.DeviceId));
        page.WaitForElement(".panel-state", Soon);
        return page;
    }
}
