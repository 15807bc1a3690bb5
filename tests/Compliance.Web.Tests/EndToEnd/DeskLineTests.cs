using System.Text.RegularExpressions;
using Compliance.Domain.Alerts;
using Compliance.Web.Tests.Fakes;
using Microsoft.Playwright;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>The desk rings by a line of its own when the page's circuit is gone, once for each incident, and says what it does not show.</summary>
[Collection(typeof(OneHouseAtATime))]
public sealed partial class DeskLineTests
{
    [GeneratedRegex("_blazor")]
    private static partial Regex Circuit();

    [GeneratedRegex("/desk/(changes|untaken)")]
    private static partial Regex Line();

    [Fact]
    public async Task An_alarm_sounds_and_is_said_though_the_circuit_is_cut()
    {
        await using var portal = await PortalAlone.Start();
        portal.Api.Role = "operator";
        var browser = await portal.Open();
        await using var context = await browser.NewContextAsync(new() { BaseURL = portal.Url, ViewportSize = new() { Width = 1280, Height = 900 } });
        context.SetDefaultTimeout(60_000);
        Assert.Equal(401, (await context.APIRequest.GetAsync("/desk/untaken")).Status);
        Assert.Equal(401, (await context.APIRequest.GetAsync("/desk/changes")).Status);
        var (isCut, isAway, circuits) = (false, false, new List<IWebSocketRoute>());
        await context.RouteWebSocketAsync(Circuit(), circuit =>
        {
            if (isCut) _ = circuit.CloseAsync();
            else circuit.ConnectToServer();
            lock (circuits) circuits.Add(circuit);
        });
        await context.RouteAsync(Circuit(), way => isCut ? way.AbortAsync() : way.ContinueAsync());
        await context.RouteAsync(Line(), way => isAway ? way.AbortAsync() : way.ContinueAsync());
        IPage loud = await Open(context, "/sign-in?back=/"), muted = await Open(context, "/");
        await muted.Locator(".sound").ClickAsync();
        await muted.Locator(".sound[aria-pressed=false]").WaitForAsync();
        Assert.Equal(403, (await context.APIRequest.GetAsync("/desk/untaken", new() { Headers = new Dictionary<string, string> { ["Sec-Fetch-Site"] = "cross-site" } })).Status);

        Raise(portal.Api, 50); // the circuit lives and rings
        await loud.Locator($".queue-row[data-incident='{Incidents.Id(50)}']").WaitForAsync();
        await Rung(loud, 1);

        isCut = true;
        IWebSocketRoute[] all;
        lock (circuits) all = [.. circuits];
        foreach (var circuit in all) await circuit.CloseAsync();
        await Said(loud, "alone", 0);
        await Said(muted, "alone", 0);
        if (Environment.GetEnvironmentVariable("SHOTS") is { } folder) await loud.ScreenshotAsync(new() { Path = Path.Combine(folder, "alone.png") });
        Raise(portal.Api, 51);
        await Said(loud, "alone", 1);
        await Rung(loud, 2);
        Raise(portal.Api, 52);
        await Said(loud, "alone", 2);
        await Rung(loud, 3); // and each of them once
        await Said(muted, "alone", 2);
        Assert.Null(await muted.Locator("html").GetAttributeAsync("data-rung"));

        // What waits is taken without the circuit: with the page's own token alone, once, and both pages say what became of it.
        Assert.Equal(400, (await context.APIRequest.PostAsync($"/desk/taken/{Incidents.Id(52)}")).Status);
        if (Environment.GetEnvironmentVariable("SHOTS") is { } shots) await loud.ScreenshotAsync(new() { Path = Path.Combine(shots, "alone-take.png") });
        await loud.GetByRole(AriaRole.Button, new() { Name = $"Take: A fight, possibly · {portal.Api.City.Venues[0].Details.NameRu}" }).First.ClickAsync();
        await loud.Locator("#desk-alarm .taken").WaitForAsync();
        await Said(loud, "alone", 2);

        isAway = true;
        portal.Api.HangUp();
        await loud.Locator("#desk-alarm[data-state=gone]").WaitForAsync();
        isAway = false; // the line comes back by itself
        await Said(loud, "alone", 2);
        await loud.EvaluateAsync("known => window.ringDesk(true, known)", new[] { Incidents.Id(51), Incidents.Id(52) }); // as the page does when its circuit is back
        Assert.Equal("3", await loud.Locator("html").GetAttributeAsync("data-rung"));
        await loud.EvaluateAsync("known => window.ringDesk(true, known)", new[] { Incidents.Id(53) });
        Assert.Equal("4", await loud.Locator("html").GetAttributeAsync("data-rung"));

        // A page that broke takes the line along: it is gone from the page, and what the layout shows instead has a place for it.
        await loud.EvaluateAsync("() => { document.getElementById('desk-alarm').remove(); document.getElementById('content').innerHTML = '<div data-broken></div>'; }");
        Raise(portal.Api, 54);
        await loud.Locator("[data-broken] #desk-alarm[data-state=alone]").WaitForAsync();
        await Rung(loud, 5);
    }

    static async Task<IPage> Open(IBrowserContext context, string first)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/language/en");
        await page.GotoAsync(first);
        await page.GotoAsync("/alerts");
        await page.Connected();
        await page.Locator(".queue-row").First.WaitForAsync();
        await page.Locator(".desk-head h1").ClickAsync(); // browsers sound once somebody has touched the page
        return page;
    }

    static void Raise(FakeApi api, int n)
    {
        var line = Incidents.Line(api.City, n, 0, IncidentStage.New, null, 1, Incidents.Fight(api.City, n, 0, 1, 0.9, false));
        api.Raised.Enqueue(line);
        api.Announce(IncidentCard.View.Name, line.Card.IncidentId, line.Card.VenueId);
    }

    static Task Rung(IPage page, int times) => page.Locator($"html[data-rung='{times}']").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    static Task Said(IPage page, string state, int news) => page.Locator($"#desk-alarm[data-state={state}]").GetByText($"New since then: {news}.").WaitForAsync();
}
