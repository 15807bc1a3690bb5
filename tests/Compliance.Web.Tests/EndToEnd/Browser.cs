using Microsoft.Playwright;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>Debian's Chromium, driven by Playwright; a machine without one skips, visibly.</summary>
static class Browser
{
    static readonly string? Path = Array.Find(["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"], File.Exists);

    public static async Task<(IPlaywright Playwright, IBrowser Browser)> Launch()
    {
        if (Path is null) Assert.Skip("There is no Chromium on this machine (apt: chromium).");
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = ["--no-sandbox"] }));
    }

    /// <summary>What every open page says now, for a test that failed.</summary>
    public static async Task<string> OnScreen(this IBrowser browser) =>
        string.Join("\n---\n", await Task.WhenAll(browser.Contexts.SelectMany(c => c.Pages).Select(async page => $"{page.Url}\n{await page.InnerTextAsync("body")}")));

    /// <summary>A page drawn by the server answers clicks only once its circuit stands: the live mark says so.</summary>
    public static Task Connected(this IPage page) => page.Locator(".live.live").WaitForAsync();
}
