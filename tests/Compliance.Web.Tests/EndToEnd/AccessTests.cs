using Compliance.Web.Tests.Fakes;
using Microsoft.Playwright;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>
/// Whether people can read and reach what a page shows: WCAG 2.1 A and AA as axe-core judges it (contrast of every text among
/// it), and no page wider than its screen, down to a small telephone. In every language and theme.
/// </summary>
[Collection(typeof(OneHouseAtATime))]
public sealed class AccessTests
{
    /// <summary>CSS pixels: the narrowest telephone still in hands, a telephone, a tablet either way, a desk.</summary>
    static readonly int[] Widths = [360, 390, 768, 1024, 1280];

    static readonly string Axe = Path.Combine(Repo.Root, "tests/Compliance.Web.Tests/EndToEnd/Axe/node_modules/axe-core/axe.min.js");

    static readonly (string Role, string[] Pages)[] Desks =
    [
        ("owner", ["/", "/mine", "/venues/{0}", "/venues/{1}", "/venues/{1}/correct", "/venues/{1}/add-device", "/venues/{0}/plan", "/cameras/{4}/calibration", "/cameras/{5}/calibration", "/inbox", "/register", "/register/{2}", "/venues/{2}/licence", "/venues/{3}/licence",
            "/v/{0}", "/v/{2}", "/register-of-venues", "/complain/{0}", "/venues/{0}/seen-by-police", "/venues/{0}/footage", "/d/00000000-0000-0000-0000-0000000000d1", "/duties", "/venues/{0}/guards", "/venues/{0}/requirements"]),
        ("inspector", ["/venues", "/outages", "/venues/{2}", "/inspections"]), ("operator", ["/alerts", "/alerts/held-back", "/patrol", "/access/wall", "/feeds", "/access", "/access/new?venue={0}", "/footage", "/footage/new?venue={0}", "/watch-list", "/watch-operations", "/face-candidates", $"/access/{Looking.Id(1)}"]), ("administrator", ["/probes", "/fleet", "/webhooks"]),
        ("installer", ["/venues", "/camera-test"]), ("oversight", ["/oversight", "/venues/{1}", "/access", $"/access/{Looking.Id(3)}"]),
        ("authority", ["/legal-bases", "/detectors", "/venues/{1}", "/licences", "/venues/{0}/licence", "/waiting", "/cases", "/contests", "/complaints", "/mci", "/rulebooks", "/statistics", "/batches"]),
    ];

    const string Judge = """
        async () => (await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })).violations
          .flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')} ${n.any.map(c => c.message).join('; ')}`))
        """;

    const string Wider = """
        () => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
          .filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(-3).map(e => `${e.tagName}.${e.className} ends at ${Math.round(e.getBoundingClientRect().right)}`)
        """;

    [Fact]
    public async Task Every_page_is_readable_in_either_theme_and_fits_a_small_telephone_in_every_language()
    {
        if (!File.Exists(Axe)) Assert.Skip("axe-core is not restored (npm ci in tests/Compliance.Web.Tests/EndToEnd/Axe).");
        await using var portal = await PortalAlone.Start();
        var browser = await portal.Open();
        List<string> faults = [];
        foreach (var (role, pages) in Desks)
        {
            portal.Api.Role = role;
            await using var context = await browser.NewContextAsync(new() { BaseURL = portal.Url, ViewportSize = new() { Width = 1280, Height = 900 }, BypassCSP = true, ReducedMotion = ReducedMotion.Reduce });
            var page = await context.NewPageAsync();
            if (role == "owner") faults.AddRange(await Judged(page, "/", "dark"));
            await page.GotoAsync("/sign-in?back=/");
            foreach (var path in pages)
            {
                var filled = portal.Api.City.Path(path);
                foreach (var theme in (string[])["light", "dark"]) faults.AddRange(await Judged(page, filled, theme));
                foreach (var language in (string[])["kk", "ru", "en"]) faults.AddRange(await Fitted(page, filled, language));
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }

    static async Task<IEnumerable<string>> Judged(IPage page, string path, string theme)
    {
        await page.SetViewportSizeAsync(1280, 900);
        await Open(page, $"/theme/{theme}?back={Uri.EscapeDataString(path)}");
        await page.AddScriptTagAsync(new() { Path = Axe });
        return (await page.EvaluateAsync<string[]>(Judge)).Select(fault => $"{path} {theme}: {fault}");
    }

    static async Task<IEnumerable<string>> Fitted(IPage page, string path, string language)
    {
        await Open(page, $"/language/{language}?back={Uri.EscapeDataString(path)}");
        List<string> faults = [];
        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, 740);
            faults.AddRange((await page.EvaluateAsync<string[]>(Wider)).Select(fault => $"{path} {language} at {width} px: {fault}"));
        }

        return faults;
    }

    static async Task Open(IPage page, string address)
    {
        await page.GotoAsync(address);
        if (await page.Locator(".live-mark").CountAsync() > 0) await page.Connected();
        await page.Locator(".shape").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }
}
