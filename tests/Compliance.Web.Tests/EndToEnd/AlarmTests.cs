using System.Net;
using System.Security.Cryptography;
using Compliance.Domain.Devices;
using Compliance.Domain.Panels;
using Compliance.Domain.Venues;
using Microsoft.Playwright;
using VenueSimulator.Panels;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>A panel walks its first test through the whole house while the owner looks on: each zone ticks itself off, and then it burns.</summary>
[Collection(typeof(OneHouseAtATime))]
public sealed class AlarmTests
{
    const string Owner = "owner@demo", Account = "AB12";
    static readonly PanelZone[] Zones = [new(1, ZoneUse.Detector, "Фойе", "Фойе"), new(2, ZoneUse.CallPoint, "Бар", "Бар")];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Zones_tick_off_live_the_alarm_becomes_ready_and_a_fire_is_on_the_screen()
    {
        var (playwright, browser) = await Browser.Launch();
        using var _ = playwright;
        await using var __ = browser;
        await using var house = await House.Open();
        try
        {
            var (alarm, key) = (Guid.CreateVersion7(), RandomNumberGenerator.GetBytes(16));
            await Connect(house, alarm, Convert.ToHexString(key));
            using var panel = new SimulatedPanel(Account, key);
            await panel.Connect(new(IPAddress.Loopback, house.PanelPort), Ct);
            await UntilKnown(panel);

            var page = await browser.SignIn(house, Owner);
            await page.GotoAsync($"/alarms/{alarm}");
            await page.Connected();
            await page.Locator(".open-test").ClickAsync();
            var asked = int.Parse((await page.Locator(".walk [data-zone]").First.GetAttributeAsync("data-zone"))!, System.Globalization.CultureInfo.InvariantCulture);
            await Say(panel, "FI");
            await page.Locator("[data-step=begin].good").WaitForAsync();
            foreach (var zone in (int[])[asked, 3 - asked])
            {
                await Say(panel, $"FA0{zone}");
                await Say(panel, $"FH0{zone}");
                await page.Locator($"[data-zone='{zone}'][data-done=true]").WaitForAsync();
            }

            await Say(panel, "FK");
            await page.Locator(".panel-state[data-verdict=Ready]").WaitForAsync();
            await page.Locator(".open-test").WaitForAsync();
            Assert.Equal(0, await page.Locator(".fire").CountAsync());

            await Say(panel, "FA02");
            await page.Locator(".fire").WaitForAsync();
            await page.GotoAsync("/inbox");
            await page.GetByText("Fire alarm", new() { Exact = true }).First.WaitForAsync();
        }
        catch (Exception failed) when (failed is PlaywrightException or TimeoutException)
        {
            Assert.Fail($"{failed.Message}\n{await browser.OnScreen()}\n{house.LastWords}");
        }
    }

    static async Task Connect(House house, Guid alarm, string key)
    {
        var venue = Guid.CreateVersion7();
        await house.Send(HttpMethod.Put, $"/venues/{venue}", new VenueCommand.Register(
            venue, new("Жалын", "Пламя", "990040001230", "Абай, 1", "Алмалы", new(43.24, 76.9), false), 300, []), Owner);
        await house.Send(HttpMethod.Put, $"/devices/{alarm}", new DeviceCommand.Register(alarm, venue, new FireAlarmSpec("Күзет", "Охрана", "Simulator", ["1", "2"], null, null)), Owner);
        await house.Send(HttpMethod.Put, $"/devices/{alarm}/panel", new PanelEnrolment(Account, key, null, 60), Owner);
        await house.Send(HttpMethod.Put, $"/devices/{alarm}/panel/zones", new PanelZones(Zones), Owner);
    }

    /// <summary>The probe asks for its assignments every second; until then nobody knows the panel.</summary>
    static async Task UntilKnown(SimulatedPanel panel)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while ((await panel.Ask(panel.Poll(), Ct))?.Contains("ACK", StringComparison.Ordinal) != true) await again.WaitForNextTickAsync(Ct);
    }

    static async Task Say(SimulatedPanel panel, string codes) => Assert.Contains("ACK", await panel.Ask(panel.Sia(codes), Ct), StringComparison.Ordinal);
}
