using Compliance.Domain.Devices;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;
using Microsoft.Playwright;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>
/// Draws every page of every role in every language, theme and width for eyes to judge, when <c>SHOTS</c> names a folder.
/// <c>SHOTS_ONLY</c> narrows it to some of them (<c>kk-dark-390,ru-light-1280</c>), <c>SHOTS_PAGES</c> to some pages (<c>inbox,feeds</c>).
/// </summary>
[Collection(typeof(OneHouseAtATime))]
public sealed class LookTests
{
    /// <summary>One picture: who looks, at what, and what was done there first.</summary>
    sealed record Sight(string Role, string Path, string Name, Func<IPage, Task>? Act = null)
    {
        /// <summary>A page without a circuit and without script.</summary>
        public bool IsForEverybody => PublicLimits.IsPublic(Path.Split('?')[0]);
    }

    static readonly Sight[] Sights =
    [
        new("owner", "/mine", "mine"), new("owner", "/venues/{0}", "venue"), new("owner", "/inbox", "inbox"),
        new("owner", "/venues/{0}", "venue-day", page => page.Locator(".timeline .day").Nth(56).DispatchEventAsync("click")),
        new("owner", "/venues/{2}", "feed-dialog", ChangeFeed), new("owner", "/venues/{1}", "retire-dialog", page => Dialog(page, ".retire")),
        new("owner", "/venues/{1}", "report-dialog", page => Dialog(page, ".report")),
        new("owner", "/register", "register", page => page.Locator("form button[type=submit]").Last.ClickAsync()),
        new("owner", "/register", "register-elsewhere", page => page.Locator("#district").SelectOptionAsync("elsewhere")),
        new("owner", "/register/{2}", "register-consent"), new("owner", "/venues/{0}/correct", "correct"),
        new("owner", "/venues/{0}/add-device", "add-camera", TryCamera), new("owner", "/venues/{0}/add-device", "add-twin", Twin),
        new("owner", "/venues/{0}/add-device", "add-alarm", page => Kind(page, 1)),
        new("owner", "/venues/{0}/add-device", "add-exit", page => Kind(page, 2)),
        new("owner", "/venues/{1}", "appoint-dialog", Appoint),
        new("owner", "/duties", "duties"), new("owner", "/duties/{0}", "duty"), new("inspector", "/duties/{0}", "duty-inspector"),
        new("owner", "/cases/{0}", "case-owner"), new("authority", "/cases", "cases"), new("authority", "/waiting", "waiting"), new("authority", "/cases/{0}", "case"),
        new("owner", "/venues/{0}", "contest-dialog", page => Dialog(page, ".contest")), new("owner", "/venues/{0}", "maintenance-dialog", page => Dialog(page, ".ask-maintenance")),
        new("owner", "/venues/{0}/guards", "guards"), new("inspector", "/venues/{0}/guards", "guards-inspector"), new("owner", "/venues/{0}/guards/screen", "guard-screen"),
        new("owner", "/guard/{0}/abc", "check-in"), new("owner", "/venues/{0}/guards", "guard-dialog", page => Dialog(page, ".enter-guard")),
        new("owner", "/venues/{0}/guards", "entry-dialog", page => Dialog(page, ".open-entry")), new("owner", "/venues/{0}/guards", "shift-dialog", page => Dialog(page, ".plan-shift")),
        new("manager", "/venues/{0}/panic", "panic"), new("operator", "/venues/{0}/panic", "panic-police"), new("owner", "/guard/{0}/help", "guard-help-none"), new("owner", "/guard/{0}/abc", "guard-help", CalledFor),
        new("owner", "/looks", "looks"), new("owner", "/complain/{0}", "complain"), new("owner", "/complain/{0}?done=0196f000-0000-7000-8000-000000000777", "complain-done"),
        new("authority", "/contests", "contests"), new("authority", "/complaints", "complaints"), new("authority", "/venues/{0}", "venue-cause", page => Dialog(page, ".name-cause")),
        new("owner", "/venues/{0}", "alarm", page => Supervised(page, DeviceKind.FireAlarm)), new("owner", "/venues/{1}", "alarm-fire", page => Supervised(page, DeviceKind.FireAlarm)),
        new("owner", "/venues/{2}", "alarm-unconnected", page => Supervised(page, DeviceKind.FireAlarm)), new("owner", "/venues/{0}", "exit", page => Supervised(page, DeviceKind.Exit)),
        new("owner", "/venues/{0}", "panel-dialog", page => Supervised(page, DeviceKind.FireAlarm, ".connect-panel")), new("owner", "/venues/{0}", "zones-dialog", page => Supervised(page, DeviceKind.FireAlarm, ".map-zones")),
        new("owner", "/venues/{0}", "contact-dialog", page => Supervised(page, DeviceKind.Exit, ".connect-contact")), new("inspector", "/venues/{0}", "alarm-inspector", page => Supervised(page, DeviceKind.FireAlarm)),
        new("owner", "/venues/{0}", "camera-down", page => Camera(page, "bad")), new("owner", "/venues/{1}", "camera", page => Camera(page, "good")), new("owner", "/venues/{2}", "camera-refused", page => Camera(page, "bad")), new("operator", "/venues/{0}", "camera-police", page => Camera(page, "good")),
        new("owner", "/venues/{0}", "venue-printing", Print),
        new("owner", "/not-found", "not-found"), new("owner", "/probes", "not-yours"),
        new("manager", "/mine", "manager"), new("manager", "/venues/{0}", "venue-manager"),
        new("installer", "/venues", "installer"), new("installer", "/venues/{0}", "venue-installer"), new("installer", "/camera-test", "camera-test", TryCamera),
        new("inspector", "/venues", "venues"), new("inspector", "/outages", "outages"), new("inspector", "/inspections", "inspections"), new("inspector", "/inspections/00000000-0000-0000-0000-0000000000b1", "walk"),
        new("owner", "/inspections/00000000-0000-0000-0000-0000000000b1", "self-check"), new("inspector", "/venues/{2}", "venue-inspector"),
        new("operator", "/alerts", "alerts"), new("operator", "/alerts", "alerts-in-hand", InHand), new("operator", "/alerts", "alerts-reject", async page => { await InHand(page); await page.Locator("[data-key=KeyF]").ClickAsync(); await page.Locator(".choice-panel").WaitForAsync(); }), new("operator", "/alerts", "alerts-unblur", async page => { await InHand(page); await page.Locator("[data-key=KeyU]").ClickAsync(); await page.Locator(".choice-panel").WaitForAsync(); }),
        new("operator", $"/alerts/{Incidents.Id(8)}", "alerts-drill"), new("operator", "/alerts/held-back", "held-back"), new("supervisor", "/alerts/held-back", "held-back-lead"), new("supervisor", "/footage", "footage"), new("operator", "/footage/new?venue={0}", "ask-footage"), new("owner", "/venues/{0}/footage", "footage-owner"), new("supervisor", "/footage", "hold-footage-dialog", page => Dialog(page, ".hold-footage")),
        new("supervisor", "/webhooks", "webhooks"), new("supervisor", "/webhooks", "receiver-dialog", page => Dialog(page, ".add-receiver")),
        new("operator", "/alerts", "alerts-called", async page => { await InHand(page); await page.Locator(".call").ClickAsync(); await page.Locator(".contacts").WaitForAsync(); }),
        new("owner", "/venues/{0}/plan", "plan", async page => { await page.Locator(".plan-mark").First.FocusAsync(); await page.Keyboard.PressAsync("Enter"); await page.Locator(".plan-chosen").WaitForAsync(); }), new("owner", "/venues/{3}/plan", "plan-none"),
        new("owner", "/cameras/{4}/calibration", "calibration", Pictured), new("installer", "/cameras/{5}/calibration", "calibration-new"), new("operator", "/cameras/{4}", "camera-calibrated", async page => await page.Locator(".calibration summary").ClickAsync()),
        new("operator", "/watch-list", "watch-list"), new("supervisor", "/watch-list", "watch-list-lead", async page => { await page.Locator(".reveal").First.ClickAsync(); await page.Locator(".who").WaitForAsync(); }), new("operator", "/watch-list", "propose-dialog", page => Dialog(page, ".propose")),
        new("supervisor", "/watch-operations", "watch-operations", async page => { await page.Locator(".size").First.ClickAsync(); await page.Locator(".operation .note").First.WaitForAsync(); }), new("operator", "/watch-operations", "plan-dialog", page => Dialog(page, ".plan")), new("operator", "/face-candidates", "face-candidates", async page => { await page.Locator(".candidate .open").First.ClickAsync(); await page.Locator(".side-by-side img").First.WaitForAsync(); }),
        new("operator", "/patrol", "patrol"), new("operator", "/access/wall", "wall"),
        new("operator", "/access", "access-list"), new("operator", "/access/new?venue={0}", "access-open"), new("operator", $"/access/{Looking.Id(1)}", "access"), new("supervisor", $"/access/{Looking.Id(2)}", "access-review"),
        new("oversight", "/access", "access-sample", async page => { await page.Locator("button.draw").ClickAsync(); await page.Locator(".sample .row").First.WaitForAsync(); }), new("owner", "/venues/{0}/seen-by-police", "seen-by-police"),
        new("operator", "/feeds", "feeds"), new("supervisor", "/outages", "outages-police"), new("supervisor", "/venues/{0}", "venue-police"),
        new("administrator", "/probes", "probes"), new("administrator", "/probes", "probe-key-dialog", NewKey), new("administrator", "/probes/0196f000-0000-7000-8000-000000000400", "probe"),
        new("administrator", "/probes/0196f000-0000-7000-8000-000000000401", "probe-ill"), new("authority", "/fleet", "fleet"), new("authority", "/venues/{3}", "venue-watch"),
        new("owner", "/venues/{3}/licence", "licence-apply"), new("owner", "/venues/{2}/licence", "licence-owner"),
        new("authority", "/licences", "licences"), new("authority", "/venues/{0}/licence", "licence-authority"), new("authority", "/venues/{1}/licence", "licence-review"),
        new("authority", "/venues/{0}/licence", "suspend-dialog", page => Dialog(page, ".suspend-proposed")),
        new("owner", "/d/00000000-0000-0000-0000-0000000000d1", "document"), new("owner", "/v/{0}", "door"), new("owner", "/v/{2}", "door-suspended"), new("owner", "/v/{3}", "door-none"), new("owner", "/register-of-venues", "register-of-venues"),
        new("authority", "/legal-bases", "bases"), new("authority", "/venues/{1}", "venue-authority"), new("authority", "/venues/{1}", "grant-dialog", page => Dialog(page, ".grant")),
        new("authority", "/detectors", "detectors"), new("authority", "/models", "models"), new("authority", "/models", "register-model-dialog", page => Dialog(page, ".register-model")), new("oversight", "/models", "models-oversight"), new("authority", "/known-clips", "known-clips", page => page.Locator(".recall tbody tr").First.WaitForAsync()), new("authority", "/known-clips", "add-clip-dialog", page => Dialog(page, ".add-clip")), new("authority", "/known-clips", "assign-clip-dialog", page => Dialog(page, "button.assign")), new("authority", "/venues/{0}", "grant-detector-dialog", page => Dialog(page, ".grant-detector")),
        new("oversight", "/oversight", "oversight"), new("oversight", "/venues/{1}", "venue-oversight"),
        new("owner", "/venues/{0}/requirements", "requirements"), new("inspector", "/venues/{1}/requirements", "requirements-inspector"),
        new("authority", "/mci", "mci"), new("authority", "/mci", "mci-dialog", page => Dialog(page, ".enter")), new("authority", "/mci", "mci-correct", page => Dialog(page, ".correct")),
        new("authority", "/rulebooks", "rulebooks"), new("authority", "/rulebooks/kz-nightclub-2025-2026", "rulebook"), new("authority", "/statistics", "statistics"), new("authority", "/batches", "batches"),
    ];

    [Fact]
    public async Task Every_page_can_be_looked_at()
    {
        var folder = Environment.GetEnvironmentVariable("SHOTS");
        if (folder is null) Assert.Skip("Set SHOTS to a folder to have every page drawn into it.");
        var (tags, pages) = (Listed("SHOTS_ONLY"), Listed("SHOTS_PAGES"));
        await using var portal = await PortalAlone.Start();
        var browser = await portal.Open();
        var missing = new HashSet<string>();
        foreach (var (width, language, theme) in from w in new[] { 2560, 1920, 1280, 820, 390, 360 } from l in new[] { "kk", "ru", "en" } from t in new[] { "light", "dark" } select (w, l, t))
        {
            var tag = $"{language}-{theme}-{width}";
            if (tags is not null && !tags.Contains(tag)) continue;
            foreach (var desk in Sights.Where(sight => pages is null || pages.Contains(sight.Name)).GroupBy(sight => sight.Role))
            {
                portal.Api.Role = desk.Key;
                await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = width > 600 ? 800 : 844 }, BaseURL = portal.Url });
                var page = await context.NewPageAsync();
                page.Response += (_, answer) => { if (answer.Status >= 400) missing.Add($"{answer.Status} {answer.Url}"); };
                await page.GotoAsync($"/language/{language}?back=/theme/{theme}");
                if (desk.Key == "owner" && pages is null) await Shoot(page, folder, $"landing-{tag}");
                await page.GotoAsync("/sign-in?back=/");
                foreach (var sight in desk)
                {
                    await page.GotoAsync(portal.Api.City.Path(sight.Path));
                    if (sight.IsForEverybody) Assert.Equal(0, await page.Locator("script").CountAsync());
                    else await page.Connected();
                    await page.Locator(".shape").WaitForAsync(new() { State = WaitForSelectorState.Detached });
                    if (sight.Act is { } act) await act(page);
                    await Shoot(page, folder, $"{sight.Name}-{tag}");
                }
            }
        }

        Assert.Empty(missing);
    }

    /// <summary>Over the blurred picture, with a corner taken up.</summary>
    static async Task Pictured(IPage page)
    {
        await page.Locator(".take-picture").ClickAsync();
        await page.Locator(".cal-sheet image").WaitForAsync();
        await page.Locator("[data-move='person:1:head']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".cal-handle.chosen").WaitForAsync();
    }

    static string[]? Listed(string setting) => Environment.GetEnvironmentVariable(setting)?.Split(',');

    /// <summary>From the venue to the page of its alarm, or of its exit.</summary>
    static async Task Supervised(IPage page, DeviceKind kind, string? opener = null)
    {
        await page.Locator(kind == DeviceKind.FireAlarm ? "a.supervise[href^='/alarms/']" : "a.supervise[href^='/exits/']").First.ClickAsync();
        await page.Locator(kind == DeviceKind.FireAlarm ? ".panel-state" : ".exit-state").WaitForAsync();
        if (opener is not null) await Dialog(page, opener);
    }

    /// <summary>A guard comes on duty, opens the page for help and is asked once more.</summary>
    static async Task CalledFor(IPage page)
    {
        await page.Locator("input[name='Form.Number']").FillAsync("2");
        await page.Locator("input[name='Form.Pin']").FillAsync("2580");
        await page.Locator("button[name='Form.Leaving']").First.ClickAsync();
        await page.Locator("a.help").ClickAsync();
        await page.Locator(".panic-ask summary").ClickAsync();
    }

    /// <summary>The incident that the officer at this desk has in hand.</summary>
    static async Task InHand(IPage page)
    {
        await page.Locator(".queue-row[data-stage=Taken]").ClickAsync();
        await page.Locator(".desk-incident[data-stage=Taken]").WaitForAsync();
    }

    /// <summary>From the venue to the page of one of its cameras.</summary>
    static async Task Camera(IPage page, string tone)
    {
        await page.Locator($".tile.{tone} a.camera-page").First.ClickAsync();
        await page.Locator(".day-chart").WaitForAsync();
    }

    /// <summary>Presses for a document that takes its time.</summary>
    static async Task Print(IPage page)
    {
        await page.Locator("form[action$='/audit.pdf'] button[type=submit]").ClickAsync();
        await page.Locator("#preparing:not(:empty)").WaitForAsync();
        await page.BringToFrontAsync();
    }

    static async Task Dialog(IPage page, string opener)
    {
        await page.Locator(opener).First.ClickAsync();
        await page.Locator(".mud-dialog").WaitForAsync();
    }

    static async Task Kind(IPage page, int nth)
    {
        await page.Locator(".kinds .filter").Nth(nth).ClickAsync();
        await page.Locator("#camera-address").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    static async Task TryCamera(IPage page)
    {
        await page.Locator("#camera-address").FillAsync("rtsp://10.0.0.9:554/stream1");
        await page.Locator(".steps li").First.WaitForAsync();
    }

    static async Task Twin(IPage page)
    {
        await page.Locator("#camera-address").FillAsync("rtsp://10.0.0.10:554/1");
        await page.Locator("#camera-user").FillAsync("police");
        await page.Locator(".twin").WaitForAsync();
    }

    static async Task ChangeFeed(IPage page)
    {
        await Dialog(page, ".advice .change-feed");
        await page.Locator("#camera-user").FillAsync("police");
        await page.Locator("#camera-password").FillAsync("new");
        await page.Locator(".steps li").First.WaitForAsync();
    }

    static async Task Appoint(IPage page)
    {
        await Dialog(page, ".appoint");
        await page.Locator("#person-name").FillAsync("Мадина Оспанова");
        await page.Locator("#person-contact").FillAsync("+77015550101");
        await page.Locator(".mud-dialog-actions button").Last.ClickAsync();
        await page.Locator(".secret").First.WaitForAsync();
    }

    static async Task NewKey(IPage page)
    {
        await Dialog(page, ".new-key");
        await page.Locator(".mud-dialog-actions button").Last.ClickAsync();
        await page.Locator(".secret").First.WaitForAsync();
    }

    static async Task Shoot(IPage page, string folder, string name)
    {
        await page.EvaluateAsync("window.scrollTo(0, 0)");
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true, Animations = ScreenshotAnimations.Disabled });
    }
}
