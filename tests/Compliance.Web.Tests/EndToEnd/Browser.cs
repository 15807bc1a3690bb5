using Microsoft.Playwright;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>Debian's Chromium, driven by Playwright; a machine without one skips, visibly.</summary>
static class Browser
{
    /// <summary>Two cores may be shared by a whole build.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    static readonly string? Path = Array.Find(["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"], File.Exists);

    public static async Task<(IPlaywright Playwright, IBrowser Browser)> Launch()
    {
        if (Path is null) Assert.Skip("There is no Chromium on this machine (apt: chromium).");
        var playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout((float)Patience.TotalMilliseconds);
        return (playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = ["--no-sandbox"] }));
    }

    /// <summary>What every open page says now, for a test that failed.</summary>
    public static async Task<string> OnScreen(this IBrowser browser) =>
        string.Join("\n---\n", await Task.WhenAll(browser.Contexts.SelectMany(c => c.Pages).Select(async page => $"{page.Url}\n{await page.InnerTextAsync("body")}")));

    /// <summary>A page drawn by the server answers clicks only once its circuit stands: the live mark says so.</summary>
    public static Task Connected(this IPage page) => page.Locator(".live-mark.live").WaitForAsync();

    /// <summary>The first page after signing in with password and, where it is asked for, the code that the demo shows.</summary>
    public static async Task<IPage> SignIn(this IBrowser browser, House house, string account)
    {
        var context = await browser.NewContextAsync(new() { BaseURL = house.Portal, ViewportSize = new() { Width = 1280, Height = 900 }, AcceptDownloads = true });
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/language/en");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await page.Locator("[name=UserName]").FillAsync(account);
        await page.Locator("[name=Password]").FillAsync(House.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("[name=Code], .live-mark").First.WaitForAsync();
        if (await page.Locator("[name=Code]").IsVisibleAsync())
        {
            await page.Locator("[name=Code]").FillAsync(await page.Locator(".demo code").First.InnerTextAsync());
            await page.Keyboard.PressAsync("Enter");
        }

        await page.Connected();
        return page;
    }
}
