using Microsoft.Playwright;
using VenueSimulator.Load;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>The whole thread, as people live it: registered, seen, cut, known to everyone, written down.</summary>
public sealed class FirstVenueTests
{
    [Fact]
    public async Task A_venue_is_registered_its_camera_is_cut_and_everybody_knows()
    {
        var (playwright, browser) = await Browser.Launch();
        using var _ = playwright;
        await using var __ = browser;
        await using var house = await House.Open();
        try
        {
            var owner = await browser.SignIn(house, "owner@demo");
            var venue = await Register(owner, house);
            await Cut(owner, house, venue);
            await Everybody_knows(browser, house);
            await Download(owner);
        }
        catch (Exception failed) when (failed is PlaywrightException or TimeoutException)
        {
            Assert.Fail($"{failed.Message}\n{await browser.OnScreen()}\n{house.LastWords}");
        }
    }

    static async Task<Guid> Register(IPage page, House house)
    {
        await page.GotoAsync("/register");
        await page.Connected();
        await page.Locator("#name-kk").FillAsync("Түнгі қала");
        await page.Locator("#name-ru").FillAsync("Ночной город");
        await page.Locator("#bin").FillAsync("990140001233");
        await page.Locator("#capacity").FillAsync("350");
        await page.Locator("#address").FillAsync("пр. Аль-Фараби, 77");
        await page.Locator("#district").FillAsync("Бостандыкский район");
        await page.Locator("#latitude").FillAsync("43.238");
        await page.Locator("#longitude").FillAsync("76.945");
        await page.GetByLabel("Friday").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Register and go on" }).ClickAsync();
        await page.GetByLabel("I have read the text").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Give consent" }).ClickAsync();

        await page.Locator("#camera-address").FillAsync(house.Cameras.Url(House.Camera).AbsoluteUri);
        await page.Locator("#camera-user").FillAsync(House.Login.User);
        await page.Locator("#camera-password").FillAsync("wrong");
        await Assertions.Expect(page.Locator(".test-verdict")).ToHaveTextAsync("Password refused");
        await page.Locator("#camera-password").FillAsync(House.Login.Password);
        await page.Locator("img.still").WaitForAsync();
        Assert.True(await page.Locator("img.still").EvaluateAsync<int>("picture => picture.naturalWidth") > 100);
        await page.Locator("#place-kk").FillAsync("Бар");
        await page.Locator("#place-ru").FillAsync("Бар");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register the camera" }).ClickAsync();
        await page.Locator(".plain-list li").First.WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "To the venue page" }).ClickAsync();
        await page.WaitForURLAsync("**/venues/*");
        return Guid.Parse(page.Url.Split('/')[^1]);
    }

    static async Task Cut(IPage page, House house, Guid venue)
    {
        await page.Locator("[data-verdict=Online]").WaitForAsync();
        await page.EvaluateAsync("window.neverReloaded = true");
        await house.Cameras.Inject(House.Camera, new Faults { Cut = true });
        await page.Locator("[data-verdict=Unreachable]").WaitForAsync();
        await page.Locator(".outages .row.running").WaitForAsync();
        Assert.True(await page.EvaluateAsync<bool>("window.neverReloaded === true"));
        Assert.Contains(venue.ToString(), page.Url, StringComparison.Ordinal);
    }

    static async Task Everybody_knows(IBrowser browser, House house)
    {
        var inspector = await browser.SignIn(house, "inspector@demo");
        await inspector.GotoAsync("/outages");
        await inspector.Locator(".outages .row.running").WaitForAsync();

        var police = await browser.SignIn(house, "operator@demo");
        await police.Locator(".feed[data-device] .state.bad").WaitForAsync();
    }

    static async Task Download(IPage page)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download the PDF" }).ClickAsync());
        var file = await download.PathAsync();
        Assert.Equal("%PDF-", System.Text.Encoding.ASCII.GetString((await File.ReadAllBytesAsync(file)).AsSpan(0, 5)));
    }
}
