using System.Text.Json;
using Compliance.Domain.Alerts;
using Compliance.Web.Tests.Fakes;
using Microsoft.Playwright;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>A browser is told while no page is open: it subscribes by one press, says what was pushed in its reader's words, and leads to the incident.</summary>
[Collection(typeof(OneHouseAtATime))]
public sealed class PushTests
{
    /// <summary>No push service is reached from a test: the browser's own answer stands in, under the key that it was asked with.</summary>
    const string Subscribed = """
        let kept = null;
        const made = key => ({ endpoint: 'https://push.example.kz/1', options: { applicationServerKey: new Uint8Array(key).buffer }, toJSON: () => ({ endpoint: 'https://push.example.kz/1', keys: { p256dh: 'AAAA', auth: 'BBBB' } }), unsubscribe: async () => { kept = null; return true; } });
        PushManager.prototype.subscribe = async ({ applicationServerKey }) => kept = made(applicationServerKey);
        PushManager.prototype.getSubscription = async () => kept;
        """;

    [Fact]
    public async Task What_is_pushed_is_said_in_the_reader_s_words_by_a_browser_that_asked_for_it()
    {
        await using var portal = await PortalAlone.Start();
        portal.Api.Role = "operator";
        var browser = await portal.Open();
        await using var context = await browser.NewContextAsync(new() { BaseURL = portal.Url, ViewportSize = new() { Width = 1280, Height = 900 }, Permissions = ["notifications"] });
        context.SetDefaultTimeout(60_000);
        await context.AddInitScriptAsync(Subscribed);
        var page = await context.NewPageAsync();
        var devtools = await context.NewCDPSessionAsync(page);
        var registered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        devtools.Event("ServiceWorker.workerVersionUpdated").OnEvent += (_, said) =>
        {
            foreach (var version in said!.Value.GetProperty("versions").EnumerateArray())
                if (version.GetProperty("status").GetString() == "activated") registered.TrySetResult(version.GetProperty("registrationId").GetString()!);
        };
        await devtools.SendAsync("ServiceWorker.enable");
        await page.GotoAsync("/language/ru");
        await page.GotoAsync("/sign-in?back=/");
        await page.GotoAsync("/alerts");
        await page.Connected();
        await page.Locator(".push[aria-pressed=false]").ClickAsync();
        await page.Locator(".push[aria-pressed=true]").WaitForAsync();
        Assert.Equal(new PushDevice("https://push.example.kz/1", "AAAA", "BBBB", null), portal.Api.PushDevices.Last());
        await page.Locator("label.district select").SelectOptionAsync("Медеу"); // another desk
        await WaitFor(() => Task.FromResult(portal.Api.PushDevices.Last().District == "Медеу"));

        var incident = Guid.NewGuid();
        var data = JsonSerializer.Serialize(new { incident, kind = "Fire", urgency = "Critical", nameKk = "Жалын", nameRu = "Пламя" });
        await devtools.SendAsync("ServiceWorker.deliverPushMessage", new Dictionary<string, object> { ["origin"] = portal.Url, ["registrationId"] = await registered.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken), ["data"] = data });
        string? shown = null;
        await WaitFor(async () => (shown = await page.EvaluateAsync<string?>("""
            async () => { const [one] = await (await navigator.serviceWorker.ready).getNotifications(); return one ? [one.title, one.body, one.tag, one.requireInteraction, one.data.url].join('|') : null; }
            """)) is not null);
        Assert.Equal($"Пожар|Пламя|{incident}|true|./alerts/{incident}", shown);

        await page.Locator(".push[aria-pressed=true]").ClickAsync();
        await page.Locator(".push[aria-pressed=false]").WaitForAsync();
        Assert.Equal("https://push.example.kz/1", Assert.Single(portal.Api.PushDevicesGone).Endpoint);
    }

    static async Task WaitFor(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await holds()) await again.WaitForNextTickAsync(patience.Token);
    }
}
