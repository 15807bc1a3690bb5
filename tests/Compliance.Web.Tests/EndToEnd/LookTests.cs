using Compliance.Web.Tests.Fakes;
using Microsoft.Playwright;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>
/// Draws every page in every language, theme and width for eyes to judge, when <c>SHOTS</c> names a folder.
/// </summary>
[Collection(typeof(OneHouseAtATime))]
public sealed class LookTests
{
    static readonly (string Role, string Page, string Name)[] Pages =
    [
        ("owner", "/mine", "owner"), ("owner", "/venues/{0}", "venue"), ("owner", "/venues/{2}", "feed"), ("owner", "/venues/{1}", "retire"), ("owner", "/inbox", "inbox"), ("owner", "/register", "register"),
        ("owner", "/venues/{0}/add-device", "add-device"), ("owner", "/register/{2}", "register-consent"), ("owner", "/venues/{0}/correct", "correct"),
        ("owner", "/venues/{1}", "appoint"),
        ("inspector", "/venues", "venues"), ("inspector", "/outages", "outages"), ("inspector", "/venues/{2}", "venue-inspector"),
        ("operator", "/feeds", "feeds"), ("administrator", "/probes", "probes"), ("administrator", "/probes", "probe-key"),
        ("authority", "/legal-bases", "bases"), ("authority", "/venues/{1}", "venue-authority"), ("authority", "/venues/{1}", "grant"), ("oversight", "/oversight", "oversight"), ("installer", "/camera-test", "camera-test"),
    ];

    [Fact]
    public async Task Every_page_can_be_looked_at()
    {
        var folder = Environment.GetEnvironmentVariable("SHOTS");
        if (folder is null) Assert.Skip("Set SHOTS to a folder to have every page drawn into it.");
        var only = Environment.GetEnvironmentVariable("SHOTS_ONLY")?.Split(',');
        await using var api = await FakeApi.Start();
        var url = $"http://127.0.0.1:{HouseProcess.FreePort()}";
        await using var portal = HouseProcess.Start("Compliance.Web", new Dictionary<string, string> { ["Urls"] = url, ["Api__Url"] = api.Url });
        await portal.Answers(url + "/health/live");
        var (playwright, browser) = await Browser.Launch();
        var missing = new HashSet<string>();
        using var _ = playwright;
        await using var __ = browser;
        foreach (var (width, language, theme) in from w in new[] { 1280, 390, 360 } from l in new[] { "kk", "ru", "en" } from t in new[] { "light", "dark" } select (w, l, t))
        {
            if (only is not null && !only.Contains($"{language}-{theme}-{width}")) continue;
            var tag = $"{language}-{theme}-{width}";
            foreach (var group in Pages.GroupBy(p => p.Role))
            {
                api.Role = group.Key;
                await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = width > 600 ? 800 : 844 }, BaseURL = url });
                var page = await context.NewPageAsync();
                page.Response += (_, answer) => { if (answer.Status >= 400) missing.Add($"{answer.Status} {answer.Url}"); };
                await page.GotoAsync($"/language/{language}?back=/theme/{theme}");
                if (group.Key == "owner") await Shoot(page, folder, $"landing-{tag}");
                await page.GotoAsync("/sign-in?back=/");
                foreach (var (_, path, name) in group)
                {
                    await page.GotoAsync(string.Format(null, path, [.. api.City.Venues.Select(v => (object)v.VenueId)]));
                    await page.Connected();
                    await page.Locator(".shape").WaitForAsync(new() { State = WaitForSelectorState.Detached });
                    if (name is "add-device" or "camera-test")
                    {
                        await page.Locator("#camera-address").FillAsync("rtsp://10.0.0.9:554/stream1");
                        await page.Locator(".steps li").First.WaitForAsync();
                    }

                    if (name == "feed") await page.Locator(".advice .change-feed").First.ClickAsync();
                    if (name == "retire") await page.Locator(".retire").First.ClickAsync();
                    if (name is "appoint" or "grant") await page.Locator($".{name}").First.ClickAsync();
                    if (name == "probe-key") await page.Locator(".new-key").First.ClickAsync();
                    if (name is "feed" or "retire" or "appoint" or "grant" or "probe-key") await page.Locator(".mud-dialog").WaitForAsync();
                    if (name == "feed")
                    {
                        await page.Locator("#camera-user").FillAsync("police");
                        await page.Locator("#camera-password").FillAsync("new");
                        await page.Locator(".steps li").First.WaitForAsync();
                    }

                    if (name == "appoint")
                    {
                        await page.Locator("#person-name").FillAsync("Мадина Оспанова");
                        await page.Locator("#person-contact").FillAsync("+77015550101");
                    }

                    if (name is "appoint" or "probe-key") await page.Locator(".mud-dialog-actions button").Last.ClickAsync();
                    if (name is "appoint" or "probe-key") await page.Locator(".secret").First.WaitForAsync();
                    if (name == "register") await page.Locator("form button[type=submit]").Last.ClickAsync();
                    await Shoot(page, folder, $"{name}-{tag}");
                }
            }
        }

        Assert.Empty(missing);
    }

    static async Task Shoot(IPage page, string folder, string name)
    {
        await page.EvaluateAsync("window.scrollTo(0, 0)");
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true, Animations = ScreenshotAnimations.Disabled });
    }
}
