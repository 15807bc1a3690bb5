using Compliance.Domain.Complaints;
using Compliance.Domain.Venues;
using Microsoft.Playwright;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>An officer takes, confirms, dispatches and closes an incident without touching the mouse; nothing is sent before he confirmed.</summary>
[Collection(typeof(OneHouseAtATime))]
public sealed class AlertDeskTests
{
    const string Operator = "operator@demo", Owner = "owner@demo";

    [Fact]
    public async Task An_incident_is_taken_confirmed_dispatched_and_closed_by_keyboard()
    {
        var (playwright, browser) = await Browser.Launch();
        using var _ = playwright;
        await using var __ = browser;
        await using var house = await House.Open();
        try
        {
            var venue = Guid.CreateVersion7();
            await house.Send(HttpMethod.Put, $"/venues/{venue}", new VenueCommand.Register(venue, new("Жалын", "Пламя", "990040001230", "Абай, 1", "Алмалы", new(43.24, 76.9), false), 300, []), Owner);
            var page = await browser.SignIn(house, Operator);
            await page.GotoAsync("/alerts");
            await page.Connected();
            await page.Locator(".plain").WaitForAsync();
            var said = DateTimeOffset.UtcNow;
            await house.Send(HttpMethod.Put, $"/complaints/{Guid.CreateVersion7()}", new ComplaintForm(ComplaintChannel.Line102, ComplaintCategory.Violence, venue, null, said, "Драка у бара", null), Operator);
            await page.Locator(".queue-row").WaitForAsync();

            await page.Keyboard.PressAsync("KeyD"); // nobody confirmed: the key does nothing
            await Reaches(page, "Space", "Taken");
            await Reaches(page, "KeyZ", "New");
            await Reaches(page, "Space", "Taken");
            await Reaches(page, "KeyC", "Confirmed");
            await Reaches(page, "KeyD", "Dispatched");
            await Reaches(page, "KeyA", "Arrived");
            await page.Keyboard.PressAsync("KeyX");
            await page.Locator(".choices [data-key=Digit1]").WaitForAsync();
            await Reaches(page, "Digit1", "Closed");
            await page.Locator(".queue-row").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }
        catch (Exception failed) when (failed is PlaywrightException or TimeoutException)
        {
            Assert.Fail($"{failed.Message}\n{await browser.OnScreen()}\n{house.LastWords}");
        }
    }

    static async Task Reaches(IPage page, string key, string stage)
    {
        await page.Locator($"[data-key='{key}']:not([disabled])").First.WaitForAsync();
        await page.Keyboard.PressAsync(key);
        await page.Locator($".desk-incident[data-stage={stage}]").WaitForAsync();
    }
}
